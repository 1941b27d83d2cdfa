#pragma once

#include <array>
#include <cstdint>

namespace lunette::terminal {

enum class Charset : std::uint8_t { ascii, dec_graphics, british };

// The designated sets G0..G3 and which one is in use (ISO 2022, GL side only). A value.
struct Charsets {
    std::array<Charset, 4> designated{};
    std::uint8_t active = 0;
    std::uint8_t single_shift = 0; // 2 or 3 for the next character only

    bool plain() const noexcept { return single_shift == 0 && designated[active] == Charset::ascii; }
    // Translates an ASCII character and uses up a single shift.
    char32_t translate(char character) noexcept;
};

} // namespace lunette::terminal
