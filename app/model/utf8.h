#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lunette::model {

inline constexpr char32_t replacement_character = 0xFFFD;

// What decode_utf8 found at the start of a text.
struct Decoded {
    char32_t code_point = replacement_character;
    std::uint8_t length = 0; // bytes consumed; 0 when the text ends inside a possible sequence
    bool valid = false;
};

// Decodes the first code point. A malformed sequence gives U+FFFD for its longest prefix that
// could have begun a sequence (the "maximal subpart" practice of Unicode 3.9, as browsers do).
// REQUIRES: !text.empty().
Decoded decode_utf8(std::string_view text) noexcept;

// Where a character begins, at `at` or before it; the end when that is beyond. REQUIRES: valid UTF-8.
constexpr std::size_t character_begin(std::string_view text, std::size_t at) noexcept {
    if (at >= text.size()) return text.size();
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return at;
}

// Appends the encoding; surrogates and values beyond U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

// Writes at most 4 bytes and returns how many.
std::size_t encode_utf8(char32_t code_point, char* out) noexcept;

} // namespace lunette::model
