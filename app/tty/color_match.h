#pragma once

#include <cstdint>

// The nearest colour of a smaller set, by distance in RGB. Pure.
namespace lunette::tty {

// Among the 6x6x6 cube and the grey ramp of xterm's 256 colours (16 to 255): the lower ones are the user's
// own.
std::uint8_t nearest_of_256(std::uint8_t red, std::uint8_t green, std::uint8_t blue) noexcept;
// Among the 16 as xterm has them by default.
std::uint8_t nearest_of_16(std::uint8_t red, std::uint8_t green, std::uint8_t blue) noexcept;
// The same for one of the 256; the lower 16 are themselves.
std::uint8_t nearest_of_16(std::uint8_t index) noexcept;

} // namespace lunette::tty
