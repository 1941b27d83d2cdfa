#include "terminal/modes.h"

namespace lunette::terminal {

namespace {

bool Modes::*ansi_flag(int number) noexcept {
    switch (number) {
    case 4: return &Modes::insert;
    case 20: return &Modes::newline;
    default: return nullptr;
    }
}

// ECMA-48 and DEC modes that exist and are never set here.
bool never_set(int number) noexcept {
    return number == 1 || number == 2 || number == 3 || (number >= 5 && number <= 7) ||
           (number >= 10 && number <= 11) || (number >= 13 && number <= 19);
}

bool Modes::*private_flag(int number) noexcept {
    switch (number) {
    case 1: return &Modes::application_cursor;
    case 3: return &Modes::columns_132;
    case 5: return &Modes::reverse_screen;
    case 6: return &Modes::origin;
    case 7: return &Modes::autowrap;
    case 12: return &Modes::cursor_blink;
    case 25: return &Modes::cursor_visible;
    case 40: return &Modes::columns_may_change;
    case 41: return &Modes::tab_wraps;
    case 42: return &Modes::national_charsets;
    case 45: return &Modes::reverse_wrap;
    case 66: return &Modes::application_keypad;
    case 67: return &Modes::backarrow_sends_bs;
    case 69: return &Modes::horizontal_margins;
    case 1004: return &Modes::focus_events;
    case 1007: return &Modes::alternate_scroll;
    case 1045: return &Modes::extended_reverse_wrap;
    case 2004: return &Modes::bracketed_paste;
    case 2026: return &Modes::synchronized_output;
    case 2031: return &Modes::color_scheme_reports;
    case 2048: return &Modes::size_reports;
    default: return nullptr;
    }
}

MouseTracking tracking_of(int number) noexcept {
    switch (number) {
    case 9: return MouseTracking::x10;
    case 1000: return MouseTracking::press_release;
    case 1002: return MouseTracking::button_motion;
    case 1003: return MouseTracking::any_motion;
    default: return MouseTracking::off;
    }
}

MouseEncoding encoding_of(int number) noexcept {
    switch (number) {
    case 1005: return MouseEncoding::utf8;
    case 1006: return MouseEncoding::sgr;
    case 1015: return MouseEncoding::urxvt;
    case 1016: return MouseEncoding::sgr_pixels;
    default: return MouseEncoding::legacy;
    }
}

ModeState state(bool on) noexcept { return on ? ModeState::set : ModeState::reset; }

} // namespace

ModeState ansi_mode_state(const Modes& modes, int number) noexcept {
    if (bool Modes::*const flag = ansi_flag(number)) return state(modes.*flag);
    if (number == 12) return ModeState::always_set; // SRM: no local echo
    return never_set(number) ? ModeState::always_reset : ModeState::unknown;
}

ModeState private_mode_state(const Modes& modes, bool alternate_screen, int number) noexcept {
    if (bool Modes::*const flag = private_flag(number)) return state(modes.*flag);
    if (tracking_of(number) != MouseTracking::off) return state(modes.mouse_tracking == tracking_of(number));
    if (encoding_of(number) != MouseEncoding::legacy)
        return state(modes.mouse_encoding == encoding_of(number));
    switch (number) {
    case 47:
    case 1047:
    case 1049: return state(alternate_screen);
    case 8:    // DECARM: keys repeat
    case 1036: // ALT sends ESC
    case 1039:
    case 2027: return ModeState::always_set; // grapheme clusters
    case 2:                                  // DECANM: no VT52
    case 4:                                  // DECSCLM: smooth scrolling
    case 18:                                 // printing
    case 19:
    case 60:   // DECHCCM: horizontal coupling
    case 1001: // highlight tracking
    case 1034: // 8-bit input
        return ModeState::always_reset;
    default: return ModeState::unknown;
    }
}

bool set_ansi_flag(Modes& modes, int number, bool on) noexcept {
    bool Modes::*const flag = ansi_flag(number);
    if (flag != nullptr) modes.*flag = on;
    return flag != nullptr;
}

bool set_private_flag(Modes& modes, int number, bool on) noexcept {
    if (bool Modes::*const flag = private_flag(number)) {
        modes.*flag = on;
        return true;
    }
    if (const MouseTracking tracking = tracking_of(number); tracking != MouseTracking::off) {
        modes.mouse_tracking = on ? tracking : MouseTracking::off;
        return true;
    }
    if (const MouseEncoding encoding = encoding_of(number); encoding != MouseEncoding::legacy) {
        if (on)
            modes.mouse_encoding = encoding;
        else if (modes.mouse_encoding == encoding)
            modes.mouse_encoding = MouseEncoding::legacy;
        return true;
    }
    return false;
}

} // namespace lunette::terminal
