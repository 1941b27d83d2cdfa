#pragma once

#include "model/key.h"
#include "terminal/modes.h"

#include <cstdint>
#include <string>

// From mouse events to the bytes a program in a pane expects, as xterm sends them.
namespace lunette::terminal {

enum class MouseButton : std::uint8_t {
    none,
    left,
    middle,
    right,
    wheel_up,
    wheel_down,
    wheel_left,
    wheel_right,
    back,
    forward
};
enum class MouseAction : std::uint8_t { press, release, motion };

struct MouseInput {
    MouseButton button = MouseButton::none; // held one, for motion
    MouseAction action = MouseAction::press;
    model::Modifiers modifiers = model::Modifiers::none;
    // Cells of the pane, from 0.
    int x = 0;
    int y = 0;
    // Pixels of the pane, from 0; negative while unknown.
    int pixel_x = -1;
    int pixel_y = -1;
    int wheel_lines = 3; // cursor keys for one step on the alternate screen, as xterm sends them
};

// Empty for what the program did not ask for, or what its encoding cannot say. Wheel events on the
// alternate screen become cursor keys when the program wants no mouse (mode 1007).
std::string encode_mouse(const MouseInput& input, const Modes& modes, bool alternate_screen);

} // namespace lunette::terminal
