#pragma once

#include "model/config_view.h"

#include <span>

namespace lunette::model {

// What a mouse did, as `mouse_bindings` has it.
struct MouseTrigger {
    MouseBinding::On on = MouseBinding::On::down;
    MouseBinding::Button button = MouseBinding::Button::left;
    int streak = 1;
    Modifiers modifiers = Modifiers::none;
    bool mouse_reporting = false; // the program wants the mouse
    bool alt_screen = false;
};

// As the `event` of a binding: {Down={streak=1, button="Left"}}, {Down={streak=1, button={WheelUp=1}}}.
Value to_value(const MouseTrigger& trigger);

// The user's come before the defaults, then those for just this screen before those for either; null: there
// is none. The steps of a wheel make no difference.
const MouseBinding* find_mouse_binding(std::span<const MouseBinding> bindings,
                                       const MouseTrigger& trigger) noexcept;

} // namespace lunette::model
