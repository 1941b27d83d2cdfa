#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <lunette/record.h>

namespace lunette {

namespace {

constexpr int most_depth = 32;
constexpr std::string_view ellipsis = "…";

/// The length of the well-formed UTF-8 character that `text` begins with (Unicode 15, table 3-7), or 0.
std::size_t character_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool second = follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
        return second && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool second = follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
        return second && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

bool is_name(std::string_view text) noexcept {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto part = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
    return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), part);
}

/// Writes until the limit is passed; what it wrote is cut afterwards.
class Description {
public:
    explicit Description(std::size_t limit) : limit_{limit} {}

    void add(const Value& value, int depth) {
        if (full()) return;
        switch (value.kind()) {
        case Kind::nil: text_ += "nil"; break;
        case Kind::boolean: text_ += value.boolean_or(false) ? "true" : "false"; break;
        case Kind::integer: text_ += std::to_string(value.integer_or(0)); break;
        case Kind::number: add_number(value.number_or(0)); break;
        case Kind::string: add_string(value.text()); break;
        case Kind::record: add_record(*value.record()); break;
        case Kind::list:
        case Kind::map: add_table(value, depth); break;
        }
    }

    std::string finish() && {
        if (text_.size() <= limit_) return std::move(text_);
        const std::size_t room = limit_ >= ellipsis.size() ? limit_ - ellipsis.size() : limit_;
        std::size_t end = 0;
        while (end < room) {
            const std::size_t length = character_length(std::string_view{text_}.substr(end));
            if (end + length > room) break;
            end += length;
        }
        text_.resize(end);
        if (room != limit_) text_ += ellipsis;
        return std::move(text_);
    }

private:
    bool full() const noexcept { return text_.size() > limit_; }

    // Lua 5.4 writes numbers as "%.14g" and adds ".0" to what would read as an integer. The C library's
    // printf would use the host's locale.
    void add_number(double number) {
        if (std::isnan(number)) {
            text_ += "nan";
            return;
        }
        std::array<char, 32> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                       std::chars_format::general, 14);
        const std::string_view written{digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
        text_ += written;
        if (written.find_first_not_of("-0123456789") == std::string_view::npos) text_ += ".0";
    }

    void add_string(std::string_view string) {
        text_ += '"';
        while (!string.empty() && !full()) {
            const std::size_t length = std::max<std::size_t>(character_length(string), 1);
            add_character(string.substr(0, length));
            string.remove_prefix(length);
        }
        text_ += '"';
    }

    void add_character(std::string_view character) {
        const unsigned byte = static_cast<unsigned char>(character.front());
        const bool printable = byte >= 0x20 && byte < 0x7F;
        if (byte == '"' || byte == '\\') {
            text_ += '\\';
            text_ += character;
        } else if (byte == '\n') {
            text_ += "\\n";
        } else if (byte == '\t') {
            text_ += "\\t";
        } else if (printable || character.size() > 1) {
            text_ += character;
        } else {
            constexpr std::string_view hex = "0123456789ABCDEF";
            text_ += "\\x";
            text_ += hex[byte >> 4];
            text_ += hex[byte & 15];
        }
    }

    // What has a `text` (a title, a URL) is for people what that says: its id means nothing to them.
    void add_record(const RecordNode& record) {
        const Schema& schema = record.schema();
        if (const int index = schema.find("text"); index >= 0) {
            const Field& field = schema.field(static_cast<std::size_t>(index));
            const FieldView view = field.get(field, record.payload());
            if (view.kind == Kind::string) return add_string(view.string);
        }
        text_ += record.schema().name();
        text_ += ' ';
        text_ += std::to_string(record.id());
    }

    void add_table(const Value& value, int depth) {
        if (depth >= most_depth) {
            text_ += "{…}";
            return;
        }
        text_ += '{';
        bool first = true;
        const auto separate = [&] {
            if (!first) text_ += ", ";
            first = false;
        };
        for (const Value& item : value.items()) {
            if (full()) return;
            separate();
            add(item, depth + 1);
        }
        for (const MapEntry& entry : value.entries()) {
            if (full()) return;
            separate();
            add_key(entry.key, depth);
            text_ += " = ";
            add(entry.value, depth + 1);
        }
        text_ += '}';
    }

    void add_key(const Value& key, int depth) {
        if (is_name(key.text())) {
            text_ += key.text();
            return;
        }
        text_ += '[';
        add(key, depth + 1);
        text_ += ']';
    }

    std::size_t limit_;
    std::string text_;
};

} // namespace

std::string describe(const Value& value, std::size_t limit) {
    Description description{limit};
    description.add(value, 0);
    return std::move(description).finish();
}

} // namespace lunette
