#pragma once

#include "wezterm/schemes.h"

#include <optional>
#include <string_view>

namespace lunette::wezterm {

// The tab bar of a built-in scheme that has one of its own; the collections that the palettes come from know
// no tab bars. By WezTerm's spelling of the name. Pure.
std::optional<TabBarColors> scheme_tab_bar(std::string_view scheme);

} // namespace lunette::wezterm
