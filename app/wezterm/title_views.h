#pragma once

#include <lunette/bind.h>

// The views of a window. Their argument is the window: its record, or the record's id as an integer. Script
// thread.
namespace lunette::wezterm {

// "tab-bar": a record of model::TabBarContent. Both passes of format-tab-title for all tabs, and the titles
// under the mouse: for all tabs, so that moving the mouse runs nothing, or with `only_hovered` for that tab
// alone, as terminals do it that call the handler inside the frame. Nil when the window is gone.
ViewFunction tab_bar_view(bool only_hovered);

// "window-title": a string.
ViewFunction window_title_view();

} // namespace lunette::wezterm
