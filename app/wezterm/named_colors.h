#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lunette::wezterm {

// 0xRRGGBB of a CSS level 4 or X11 name ("rebeccapurple", "DarkSlateGray4", "light goldenrod
// yellow"), in any case. Where the two disagree (gray, green, maroon, purple) CSS wins; "x11gray"
// and "web gray" name one or the other.
std::optional<std::uint32_t> named_color(std::string_view name);

} // namespace lunette::wezterm
