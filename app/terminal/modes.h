#pragma once

#include <cstdint>

namespace lunette::terminal {

enum class MouseTracking : std::uint8_t { off, x10, press_release, button_motion, any_motion };
enum class MouseEncoding : std::uint8_t { legacy, utf8, sgr, urxvt, sgr_pixels };

// The modes a program can set (ANSI and DEC private), with their reset values.
struct Modes {
    // ANSI
    bool insert = false;  // 4
    bool newline = false; // 20
    // DEC private
    bool application_cursor = false;  // 1
    bool reverse_screen = false;      // 5
    bool origin = false;              // 6
    bool autowrap = true;             // 7
    bool cursor_blink = false;        // 12
    bool cursor_visible = true;       // 25
    bool reverse_wrap = false;        // 45
    bool application_keypad = false;  // 66, ESC = and ESC >
    bool focus_events = false;        // 1004
    bool alternate_scroll = true;     // 1007
    bool bracketed_paste = false;     // 2004
    bool synchronized_output = false; // 2026
    bool backarrow_sends_bs = false;  // 67
    MouseTracking mouse_tracking = MouseTracking::off;
    MouseEncoding mouse_encoding = MouseEncoding::legacy;
};

enum class ModeState : std::uint8_t { unknown = 0, set = 1, reset = 2, always_set = 3, always_reset = 4 };

// What DECRQM answers for a mode number.
ModeState ansi_mode_state(const Modes& modes, int number) noexcept;
ModeState private_mode_state(const Modes& modes, bool alternate_screen, int number) noexcept;

// Sets a mode that is nothing but a flag; false when the number is none of those.
bool set_ansi_flag(Modes& modes, int number, bool on) noexcept;
bool set_private_flag(Modes& modes, int number, bool on) noexcept;

} // namespace lunette::terminal
