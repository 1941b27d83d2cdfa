#include "terminal/sanitize.h"

#include "model/utf8.h"

#include <array>
#include <cstdint>

namespace lunette::terminal {

namespace {

constexpr std::array<std::int8_t, 256> base64_values = [] {
    std::array<std::int8_t, 256> values{};
    for (std::int8_t& value : values) value = -1;
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::int8_t i = 0; i < 64; ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
    return values;
}();

} // namespace

std::string clean_text(std::string_view text, std::size_t max_bytes) {
    std::string clean;
    clean.reserve(text.size() < max_bytes ? text.size() : max_bytes);
    while (!text.empty()) {
        const model::Decoded decoded = model::decode_utf8(text);
        text.remove_prefix(decoded.length > 0 ? decoded.length : text.size());
        const char32_t c = decoded.code_point;
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) continue;
        char bytes[4];
        const std::size_t size = model::encode_utf8(c, bytes);
        if (clean.size() + size > max_bytes) break;
        clean.append(bytes, size);
    }
    return clean;
}

std::optional<std::string> decode_base64(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string decoded;
    decoded.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::int8_t value = base64_values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (++count % 4 != 1) decoded += static_cast<char>(bits >> (4 - count % 4) * 2 % 8 & 0xFF);
    }
    return decoded;
}

} // namespace lunette::terminal
