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

bool Modes::*private_flag(int number) noexcept {
    switch (number) {
    case 1: return &Modes::application_cursor;
    case 5: return &Modes::reverse_screen;
    case 6: return &Modes::origin;
    case 7: return &Modes::autowrap;
    case 12: return &Modes::cursor_blink;
    case 25: return &Modes::cursor_visible;
    case 45: return &Modes::reverse_wrap;
    case 66: return &Modes::application_keypad;
    case 67: return &Modes::backarrow_sends_bs;
    case 1004: return &Modes::focus_events;
    case 1007: return &Modes::alternate_scroll;
    case 2004: return &Modes::bracketed_paste;
    case 2026: return &Modes::synchronized_output;
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
    bool Modes::*const flag = ansi_flag(number);
    return flag != nullptr ? state(modes.*flag) : ModeState::unknown;
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
    case 2027: return ModeState::always_set; // grapheme clusters
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
