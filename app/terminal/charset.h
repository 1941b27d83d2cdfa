#pragma once

#include <array>
#include <cstdint>

namespace lunette::terminal {

// Sets of 94 or 96 characters that can stand for ASCII. From british on: national replacement sets.
enum class Charset : std::uint8_t {
    ascii,
    dec_graphics,
    latin1, // the upper half of ISO 8859-1
    british,
    dutch,
    finnish,
    french,
    french_canadian,
    german,
    italian,
    norwegian,
    portuguese,
    spanish,
    swedish,
    swiss,
};

// The set that the final bytes of a designation mean; those nobody knows are ASCII. `wide` tells
// designations of 96 characters, `national` whether mode 42 allows the national sets.
Charset charset_of(char intermediate, char final, bool wide, bool national) noexcept;

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
