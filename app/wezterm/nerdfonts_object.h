#pragma once

#include <lunette/record.h>

namespace lunette::wezterm {

// wezterm.nerdfonts.
Value nerdfonts_value();

} // namespace lunette::wezterm
