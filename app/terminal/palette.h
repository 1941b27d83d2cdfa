#pragma once

#include "terminal/style.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace lunette::terminal {

// The colours that queries are answered from. A value.
struct Palette {
    std::array<Rgb, 256> colors;
    Rgb foreground;
    Rgb background;
    Rgb cursor;
    Rgb selection_background;
    Rgb selection_foreground;

    // xterm's 256 colours, light grey on black.
    static Palette standard() noexcept;
    friend bool operator==(const Palette&, const Palette&) = default;
};

// XParseColor's "rgb:r/g/b" (1 to 4 digits each) and "#rgb" forms; names are not known.
std::optional<Rgb> parse_color(std::string_view text) noexcept;
// "rgb:rrrr/gggg/bbbb", as xterm answers.
std::string format_color(Rgb rgb);

} // namespace lunette::terminal
