#include "wezterm/data_formats.h"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>
#include <exception>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace lunette::wezterm::data_format {

namespace {

std::optional<Value> integer_scalar(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    int base = 10;
    if (text.starts_with("0x"))
        base = 16;
    else if (text.starts_with("0o"))
        base = 8;
    else if (text.starts_with("0b"))
        base = 2;
    if (base != 10) text.remove_prefix(2);
    if (base == 10 && text.size() > 1 && text.front() == '0') return std::nullopt; // "007" is a string
    std::uint64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
    const auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value <= limit)
        return Value{negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value)};
    if (negative && value == limit + 1) return Value{std::numeric_limits<std::int64_t>::min()};
    return Value{negative ? -static_cast<double>(value) : static_cast<double>(value)};
}

std::optional<Value> number_scalar(std::string_view text) {
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (digits == ".inf" || digits == ".Inf" || digits == ".INF")
        return Value{negative ? -infinity : infinity};
    if (text == ".nan" || text == ".NaN" || text == ".NAN")
        return Value{std::numeric_limits<double>::quiet_NaN()};
    if (digits.empty() || digits.find_first_not_of("0123456789.eE+-") != std::string_view::npos)
        return std::nullopt;
    if (digits.front() < '0' || digits.front() > '9') {
        if (digits.size() < 2 || digits.front() != '.' || digits[1] < '0' || digits[1] > '9')
            return std::nullopt;
    }
    if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') return std::nullopt;
    double value = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (end.ptr != digits.data() + digits.size() || end.ec == std::errc::invalid_argument)
        return std::nullopt;
    if (end.ec != std::errc{}) return std::nullopt; // out of range: kept as text
    return Value{negative ? -value : value};
}

// YAML 1.2, core schema (10.3): "yes" and "on" are strings.
Value plain_scalar(std::string_view text) {
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
    if (std::optional<Value> value = integer_scalar(text)) return std::move(*value);
    if (std::optional<Value> value = number_scalar(text)) return std::move(*value);
    return Value{text};
}

class Reader {
public:
    tl::expected<Value, std::string> read(const YAML::Node& node, int depth) {
        if (depth > max_data_depth) return tl::make_unexpected(too_deep());
        if (++values_ > max_data_values) return tl::make_unexpected(too_many());
        switch (node.Type()) {
        case YAML::NodeType::Scalar:
            // "!" marks a quoted scalar, "?" a plain one.
            if (node.Tag() == "?" || node.Tag().empty()) return plain_scalar(node.Scalar());
            return Value{node.Scalar()};
        case YAML::NodeType::Sequence: {
            std::vector<Value> items;
            for (const YAML::Node& child : node) {
                auto item = read(child, depth + 1);
                if (!item) return item;
                items.push_back(std::move(*item));
            }
            return Value::list(std::move(items));
        }
        case YAML::NodeType::Map: {
            std::vector<MapEntry> entries;
            for (const auto& pair : node) {
                if (!pair.first.IsScalar() && !pair.first.IsNull()) {
                    return tl::make_unexpected("a key is not a scalar" + place(pair.first.Mark()));
                }
                auto value = read(pair.second, depth + 1);
                if (!value) return value;
                entries.push_back({Value{pair.first.IsNull() ? std::string{"null"} : pair.first.Scalar()},
                                   std::move(*value)});
            }
            return Value::map(std::move(entries));
        }
        default: return Value{};
        }
    }

    static std::string place(const YAML::Mark& mark) {
        if (mark.is_null()) return "";
        return " at line " + std::to_string(mark.line + 1) + ", column " + std::to_string(mark.column + 1);
    }

private:
    std::size_t values_ = 0;
};

bool needs_quotes(std::string_view text) {
    if (plain_scalar(text).kind() != Kind::string) return true;
    constexpr std::string_view indicators = "-?:,[]{}#&*!|>'\"%@`";
    if (indicators.find(text.front()) != std::string_view::npos) return true;
    if (text.front() == ' ' || text.back() == ' ' || text.back() == ':') return true;
    if (text == "yes" || text == "no" || text == "on" || text == "off" || text == "y" || text == "n")
        return true;
    if (text.starts_with("...") || text.starts_with("=") || text.starts_with("<<")) return true;
    return text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos;
}

bool has_controls(std::string_view text) noexcept {
    for (char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
    }
    // C1 controls, line separators and the byte-order mark are not printable in YAML.
    return text.find("\xC2\x80") != std::string_view::npos ||
           text.find("\xC2\x85") != std::string_view::npos ||
           text.find("\xE2\x80\xA8") != std::string_view::npos ||
           text.find("\xE2\x80\xA9") != std::string_view::npos ||
           text.find("\xEF\xBB\xBF") != std::string_view::npos;
}

std::string text_scalar(std::string_view text) {
    if (has_controls(text)) return quoted(text);
    if (!needs_quotes(text)) return std::string{text};
    std::string out = "'";
    for (char c : text) out.append(c == '\'' ? 2 : 1, c);
    return out + "'";
}

// Block style as serde_yaml writes it: two spaces a level, a list not deeper than its key.
class Writer {
public:
    bool document(const Value& value) {
        if (is_block(value)) return block(value, 0, false);
        return scalar(value);
    }

    tl::expected<std::string, std::string> take(bool good) {
        if (!good) return tl::make_unexpected(std::move(error_));
        return std::move(out_);
    }

private:
    static bool is_block(const Value& value) noexcept {
        return (value.kind() == Kind::list || value.kind() == Kind::map) && value.size() > 0;
    }

    // One line for each item; the first continues the present line if asked to.
    bool block(const Value& value, std::size_t indent, bool continues) {
        const auto begin_line = [&] {
            if (!continues) out_.append(indent, ' ');
            continues = false;
        };
        for (const Value& item : value.items()) {
            begin_line();
            out_ += '-';
            if (is_block(item)) {
                out_ += ' ';
                if (!block(item, indent + 2, true)) return false;
            } else if (out_ += ' '; !scalar(item)) {
                return false;
            }
        }
        for (const MapEntry& entry : value.entries()) {
            begin_line();
            if (!key(entry.key)) return false;
            if (is_block(entry.value)) {
                out_ += '\n';
                const std::size_t deeper = entry.value.kind() == Kind::list ? indent : indent + 2;
                if (!block(entry.value, deeper, false)) return false;
            } else if (out_ += ' '; !scalar(entry.value)) {
                return false;
            }
        }
        return true;
    }

    bool key(const Value& value) {
        if (value.kind() == Kind::string)
            out_ += text_scalar(value.text());
        else if (value.kind() == Kind::integer)
            out_ += "'" + std::to_string(value.integer_or(0)) + "'";
        else
            return fail("yaml keys must be strings");
        out_ += ':';
        return true;
    }

    bool scalar(const Value& value) {
        switch (value.kind()) {
        case Kind::nil: out_ += "null"; break;
        case Kind::boolean: out_ += value.boolean_or(false) ? "true" : "false"; break;
        case Kind::integer: out_ += std::to_string(value.integer_or(0)); break;
        case Kind::number: out_ += number(value.number_or(0)); break;
        case Kind::string: out_ += text_scalar(value.text()); break;
        case Kind::list: out_ += "[]"; break;
        case Kind::map: out_ += "{}"; break;
        case Kind::record: return fail("cannot write an object of the program");
        }
        out_ += '\n';
        return true;
    }

    static std::string number(double value) {
        if (std::isnan(value)) return ".nan";
        if (std::isinf(value)) return value < 0 ? "-.inf" : ".inf";
        return number_text(value);
    }

    bool fail(std::string_view why) {
        error_ = why;
        return false;
    }

    std::string out_;
    std::string error_;
};

} // namespace

tl::expected<Value, std::string> decode_yaml(std::string_view text) {
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(std::string{text});
        if (documents.empty()) return Value{};
        if (documents.size() > 1) return tl::make_unexpected(std::string{"more than one YAML document"});
        return Reader{}.read(documents.front(), 0);
    } catch (const YAML::Exception& error) {
        return tl::make_unexpected(error.msg + Reader::place(error.mark));
    } catch (const std::exception& error) {
        return tl::make_unexpected(std::string{error.what()});
    }
}

tl::expected<std::string, std::string> encode_yaml(const Value& value) {
    Writer writer;
    const bool good = writer.document(value);
    return writer.take(good);
}

} // namespace lunette::wezterm::data_format
