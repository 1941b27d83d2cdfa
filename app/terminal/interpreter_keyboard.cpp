#include "terminal/interpreter.h"
#include "terminal/kitty_keys.h"

#include <fmt/format.h>

namespace lunette::terminal {

// The kitty keyboard protocol (final u) and xterm's XTMODKEYS (m, n), XTFMTKEYS (f) and their
// queries. False when the sequence is none of them.
bool Interpreter::csi_keyboard(char prefix, char final, const Params& params) {
    const bool alternate = screen_.alternate();
    if (final == 'u' && kitty_keyboard_) {
        switch (prefix) {
        case '>': keyboard_.push(alternate, params.at(0)); break;
        case '<': keyboard_.pop(alternate, params.count(0)); break;
        case '=':
            if (const int how = params.count(1); how <= 3)
                keyboard_.change(alternate, params.at(0), static_cast<KeyboardStack::Change>(how));
            break;
        case '?': {
            // Truthfully: a program that hears of no releases must not wait for them.
            const unsigned hidden = key_releases_ ? 0U : kitty::event_types;
            reply(fmt::format("\x1B[?{}u", keyboard_.flags(alternate) & ~hidden));
            break;
        }
        default: return false;
        }
        apply_keyboard_stack();
        return true;
    }
    if (prefix == '>' && (final == 'm' || final == 'f')) {
        set_key_format(params, final == 'm');
        return true;
    }
    if (prefix == '>' && final == 'n') {
        if (params.at(0) == 4) screen_.modes().modify_other_keys = 0;
        return true;
    }
    if (prefix == '?' && (final == 'm' || final == 'g')) {
        report_key_format(params.at(0), final == 'm');
        return true;
    }
    return false;
}

void Interpreter::apply_keyboard_stack() noexcept {
    screen_.modes().kitty_flags = keyboard_.flags(screen_.alternate());
}

// Of xterm's key resources only 4, other keys, can be changed. Without a value: back to the start.
void Interpreter::set_key_format(const Params& params, bool modify) noexcept {
    Modes& modes = screen_.modes();
    const int value = params.at(1);
    if (params.size() == 0 || params.at(0) == 4) {
        if (modify && value <= 2)
            modes.modify_other_keys = static_cast<std::uint8_t>(value);
        else if (!modify && value <= 1)
            modes.format_other_keys = value == 1;
    }
}

void Interpreter::report_key_format(int resource, bool modify) {
    const Modes& modes = screen_.modes();
    // Cursor, function and keypad keys always carry their modifiers as second parameter (2).
    int value = 0;
    if (resource == 4)
        value = modify ? modes.modify_other_keys : modes.format_other_keys ? 1 : 0;
    else if (resource == 1 || resource == 2)
        value = modify ? 2 : 0;
    else
        return;
    reply(fmt::format("\x1B[>{};{}{}", resource, value, modify ? 'm' : 'f'));
}

} // namespace lunette::terminal
