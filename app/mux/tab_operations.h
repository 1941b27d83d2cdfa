#pragma once

#include "model/spawn_options.h"
#include "mux/objects.h"

// What happens inside a tab. Each marks what it changed. UI thread only.
namespace lunette::mux {

// Gives every pane the size of its place.
void fit_panes(Objects& objects, const Tab& tab);
void resize_tab(Objects& objects, Tab& tab, int columns, int rows);

// REQUIRES: the pane is in the tab.
void focus_pane(Objects& objects, Tab& tab, Id pane);
// The pane that ActivatePaneDirection goes to; 0 when there is none. Of several beside it: the one used last.
Id pane_in_direction(const Tab& tab, Id from, model::Direction direction);
// False when nothing changed.
bool set_zoomed(Objects& objects, Tab& tab, Id pane);
bool adjust_size(Objects& objects, Tab& tab, Id pane, model::Direction direction, int cells);
// Each pane goes to the next place (clockwise) or the one before; the focus stays where it is on the screen.
void rotate(Objects& objects, Tab& tab, bool clockwise);
// The two change places; what is zoomed is not any more. REQUIRES: both are in the tab.
void swap_panes(Objects& objects, Tab& tab, Id pane, Id other);
// Takes the pane out of the tab without closing it. False when the tab is empty then.
bool take_out(Objects& objects, Tab& tab, Id pane);

} // namespace lunette::mux
