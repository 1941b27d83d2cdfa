#include "wezterm/data_formats.h"

#include "model/utf8.h"

#include <charconv>
#include <cmath>

namespace lunette::wezterm {

namespace {

bool valid_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const model::Decoded decoded = model::decode_utf8(text);
        if (!decoded.valid) return false;
        text.remove_prefix(decoded.length);
    }
    return true;
}

std::string check(const Value& value, int depth, std::size_t& values) {
    if (depth > max_data_depth) return data_format::too_deep();
    if (++values > max_data_values) return data_format::too_many();
    switch (value.kind()) {
    case Kind::record: return "cannot write an object of the program";
    case Kind::string: return valid_utf8(value.text()) ? "" : "a string is not valid UTF-8";
    case Kind::list:
        for (const Value& item : value.items()) {
            if (std::string problem = check(item, depth + 1, values); !problem.empty()) return problem;
        }
        return "";
    case Kind::map:
        for (const MapEntry& entry : value.entries()) {
            if (std::string problem = check(entry.key, depth + 1, values); !problem.empty()) return problem;
            if (std::string problem = check(entry.value, depth + 1, values); !problem.empty()) return problem;
        }
        return "";
    default: return "";
    }
}

} // namespace

namespace data_format {

std::string number_text(double number) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
    std::string text{buffer, end.ptr};
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
}

std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
                out += c;
            } else {
                out += "\\u00";
                out += digits[static_cast<unsigned char>(c) >> 4];
                out += digits[c & 15];
            }
        }
    }
    return out + '"';
}

std::string too_deep() { return "nested more than " + std::to_string(max_data_depth) + " levels deep"; }

std::string too_many() { return "more than " + std::to_string(max_data_values) + " values"; }

std::string unwritable(const Value& value) {
    std::size_t values = 0;
    return check(value, 0, values);
}

} // namespace data_format

tl::expected<Value, std::string> decode_data(DataFormat format, std::string_view text) {
    if (text.size() > max_data_bytes(format)) {
        return tl::make_unexpected("more than " + std::to_string(max_data_bytes(format) >> 20) +
                                   " MiB of text");
    }
    switch (format) {
    case DataFormat::json: return data_format::decode_json(text);
    case DataFormat::toml: return data_format::decode_toml(text);
    case DataFormat::yaml: return data_format::decode_yaml(text);
    }
    return Value{};
}

tl::expected<std::string, std::string> encode_data(DataFormat format, const Value& value, DataStyle style) {
    if (std::string problem = data_format::unwritable(value); !problem.empty()) {
        return tl::make_unexpected(std::move(problem));
    }
    switch (format) {
    case DataFormat::json: return data_format::encode_json(value, style);
    case DataFormat::toml: return data_format::encode_toml(value, style);
    case DataFormat::yaml: return data_format::encode_yaml(value);
    }
    return std::string{};
}

} // namespace lunette::wezterm
