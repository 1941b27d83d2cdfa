#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lunette::wezterm {

// 0xRRGGBB of a CSS level 4 name. Any case.
std::optional<std::uint32_t> css_color(std::string_view name);

// 0xRRGGBB of an X11 name ("DarkSlateGray4", "light goldenrod yellow"). Any case. Where X11 and CSS
// disagree (gray, green, maroon, purple) this is X11's.
std::optional<std::uint32_t> x11_color(std::string_view name);

} // namespace lunette::wezterm
