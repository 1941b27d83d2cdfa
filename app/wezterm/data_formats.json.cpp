#include "wezterm/data_formats.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace lunette::wezterm::data_format {

namespace {

// Receives nlohmann's events and builds the value without a tree of its own in between.
class Builder {
public:
    bool null() { return add({}); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(std::int64_t value) { return add(value); }
    bool number_unsigned(std::uint64_t value) {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return add(static_cast<double>(value));
        }
        return add(static_cast<std::int64_t>(value));
    }
    bool number_float(double value, const std::string&) { return add(value); }
    bool string(std::string& value) { return add(Value{std::move(value)}); }
    bool binary(nlohmann::json::binary_t&) { return false; }

    bool start_object(std::size_t) { return open(true); }
    bool key(std::string& name) {
        open_.back().key = Value{std::move(name)};
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(false); }
    bool end_array() { return close(); }

    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) {
        error_ = error.what();
        // "[json.exception.parse_error.101] parse error at line 1, column 2: …"
        if (const std::size_t end = error_.find("] "); end != std::string::npos) error_.erase(0, end + 2);
        return false;
    }

    tl::expected<Value, std::string> take(bool good) {
        if (!good) return tl::make_unexpected(error_.empty() ? std::string{"not valid JSON"} : error_);
        return std::move(root_);
    }

private:
    struct Container {
        bool is_map = false;
        Value key;
        std::vector<Value> items;
        std::vector<MapEntry> entries;
    };

    bool open(bool is_map) {
        if (open_.size() >= static_cast<std::size_t>(max_data_depth)) {
            error_ = too_deep();
            return false;
        }
        open_.push_back({});
        open_.back().is_map = is_map;
        return true;
    }

    bool close() {
        Container done = std::move(open_.back());
        open_.pop_back();
        return add(done.is_map ? Value::map(std::move(done.entries)) : Value::list(std::move(done.items)));
    }

    bool add(Value value) {
        if (++values_ > max_data_values) {
            error_ = too_many();
            return false;
        }
        if (open_.empty())
            root_ = std::move(value);
        else if (open_.back().is_map)
            open_.back().entries.push_back({open_.back().key, std::move(value)});
        else
            open_.back().items.push_back(std::move(value));
        return true;
    }

    std::vector<Container> open_;
    std::size_t values_ = 0;
    Value root_;
    std::string error_;
};

class Writer {
public:
    explicit Writer(DataStyle style) : pretty_{style == DataStyle::pretty} {}

    bool write(const Value& value) {
        switch (value.kind()) {
        case Kind::nil: out_ += "null"; return true;
        case Kind::boolean: out_ += value.boolean_or(false) ? "true" : "false"; return true;
        case Kind::integer: out_ += std::to_string(value.integer_or(0)); return true;
        case Kind::number: return number(value.number_or(0));
        case Kind::string: out_ += json_quoted(value.text()); return true;
        case Kind::list: return list(value);
        case Kind::map: return map(value);
        case Kind::record: break;
        }
        return fail("cannot write an object of the program");
    }

    tl::expected<std::string, std::string> take(bool good) {
        if (!good) return tl::make_unexpected(std::move(error_));
        return std::move(out_);
    }

private:
    // JSON has no need to escape DEL.
    static std::string json_quoted(std::string_view text) {
        std::string result = quoted(text);
        for (std::size_t at = 0; (at = result.find("\\u007f", at)) != std::string::npos; ++at) {
            std::size_t backslashes = 1; // an odd run of backslashes: the last one begins the escape
            while (at >= backslashes && result[at - backslashes] == '\\') ++backslashes;
            if (backslashes % 2 == 1) result.replace(at, 6, "\x7f");
        }
        return result;
    }

    bool number(double value) {
        if (!std::isfinite(value)) return fail("JSON has no infinity and no NaN");
        out_ += number_text(value);
        return true;
    }

    bool list(const Value& value) {
        bool first = true;
        out_ += '[';
        ++depth_;
        for (const Value& item : value.items()) {
            separate(first);
            if (!write(item)) return false;
        }
        close(first, ']');
        return true;
    }

    bool map(const Value& value) {
        bool first = true;
        out_ += '{';
        ++depth_;
        for (const MapEntry& entry : value.entries()) {
            if (entry.key.kind() != Kind::string) return fail("json object keys must be strings");
            separate(first);
            out_ += json_quoted(entry.key.text());
            out_ += pretty_ ? ": " : ":";
            if (!write(entry.value)) return false;
        }
        close(first, '}');
        return true;
    }

    void separate(bool& first) {
        if (!first) out_ += ',';
        first = false;
        indent();
    }
    void close(bool empty, char bracket) {
        --depth_;
        if (!empty) indent();
        out_ += bracket;
    }
    void indent() {
        if (!pretty_) return;
        out_ += '\n';
        out_.append(2 * depth_, ' ');
    }
    bool fail(std::string_view why) {
        error_ = why;
        return false;
    }

    bool pretty_;
    std::size_t depth_ = 0;
    std::string out_;
    std::string error_;
};

} // namespace

tl::expected<Value, std::string> decode_json(std::string_view text) {
    Builder builder;
    const bool good = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take(good);
}

tl::expected<std::string, std::string> encode_json(const Value& value, DataStyle style) {
    Writer writer{style};
    const bool good = writer.write(value);
    return writer.take(good);
}

} // namespace lunette::wezterm::data_format
