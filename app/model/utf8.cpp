#include "model/utf8.h"

namespace lunette::model {

namespace {

struct Lead {
    std::uint8_t length;     // of the whole sequence; 0 for bytes that begin none
    std::uint8_t second_low; // bounds of the second byte (Unicode 15, table 3-7)
    std::uint8_t second_high;
};

constexpr Lead classify(unsigned char byte) noexcept {
    if (byte < 0xC2 || byte > 0xF4) return {0, 0, 0};
    if (byte < 0xE0) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF};
    if (byte == 0xED) return {3, 0x80, 0x9F};
    if (byte < 0xF0) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F};
    return {4, 0x80, 0xBF};
}

} // namespace

Decoded decode_utf8(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80) return {first, 1, true};
    const Lead lead = classify(first);
    if (lead.length == 0) return {replacement_character, 1, false};
    char32_t code_point = first & (0x7FU >> lead.length);
    for (std::uint8_t i = 1; i < lead.length; ++i) {
        if (i == text.size()) return {replacement_character, 0, false};
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool fits =
            i == 1 ? byte >= lead.second_low && byte <= lead.second_high : (byte & 0xC0) == 0x80;
        if (!fits) return {replacement_character, i, false};
        code_point = code_point << 6 | (byte & 0x3FU);
    }
    return {code_point, lead.length, true};
}

std::size_t encode_utf8(char32_t code_point, char* out) noexcept {
    const auto tail = [code_point](unsigned shift) {
        return static_cast<char>(0x80 | (code_point >> shift & 0x3F));
    };
    if (code_point < 0x80) {
        out[0] = static_cast<char>(code_point);
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = static_cast<char>(0xC0 | code_point >> 6);
        out[1] = tail(0);
        return 2;
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        return encode_utf8(replacement_character, out);
    if (code_point < 0x10000) {
        out[0] = static_cast<char>(0xE0 | code_point >> 12);
        out[1] = tail(6);
        out[2] = tail(0);
        return 3;
    }
    out[0] = static_cast<char>(0xF0 | code_point >> 18);
    out[1] = tail(12);
    out[2] = tail(6);
    out[3] = tail(0);
    return 4;
}

void append_utf8(std::string& out, char32_t code_point) {
    char bytes[4];
    out.append(bytes, encode_utf8(code_point, bytes));
}

} // namespace lunette::model
