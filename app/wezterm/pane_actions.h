#pragma once

#include <lunette/bind.h>

namespace lunette::wezterm {

// The methods of Pane that change something: typing, splitting, moving, activating.
void add_pane_actions(Object& pane);

} // namespace lunette::wezterm
