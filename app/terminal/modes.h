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
    bool application_cursor = false;    // 1
    bool columns_132 = false;           // 3, remembered only: the pane keeps its width
    bool reverse_screen = false;        // 5
    bool origin = false;                // 6
    bool autowrap = true;               // 7
    bool cursor_blink = false;          // 12
    bool cursor_visible = true;         // 25
    bool columns_may_change = false;    // 40
    bool tab_wraps = false;             // 41, when the last column was just written
    bool national_charsets = false;     // 42
    bool reverse_wrap = false;          // 45, into lines that were wrapped
    bool application_keypad = false;    // 66, ESC = and ESC >
    bool backarrow_sends_bs = false;    // 67
    bool horizontal_margins = false;    // 69
    bool focus_events = false;          // 1004
    bool alternate_scroll = true;       // 1007
    bool extended_reverse_wrap = false; // 1045, into any line
    bool bracketed_paste = false;       // 2004
    bool synchronized_output = false;   // 2026
    bool color_scheme_reports = false;  // 2031
    bool size_reports = false;          // 2048
    // Keyboard: kitty's progressive enhancement flags in force, xterm's modifyOtherKeys (0 to 2) and
    // formatOtherKeys (true: CSI code;modifiers u).
    std::uint8_t kitty_flags = 0;
    std::uint8_t modify_other_keys = 0;
    bool format_other_keys = false;
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
