#include "terminal/kitty_keys.h"

#include "model/utf8.h"

#include <fmt/format.h>

namespace lunette::terminal {

namespace {

using model::Key;
using model::KeyAction;
using model::KeyEvent;
using model::Modifiers;

// How the protocol names a key: CSI number u, CSI number ~ or CSI 1 letter.
struct Name {
    unsigned number = 0;
    char final = 0;
};

// "Functional key definitions" of the protocol.
constexpr Name name_of(Key key) noexcept {
    switch (key) {
    case Key::escape: return {27, 'u'};
    case Key::enter: return {13, 'u'};
    case Key::tab: return {9, 'u'};
    case Key::backspace: return {127, 'u'};
    case Key::insert: return {2, '~'};
    case Key::delete_: return {3, '~'};
    case Key::left: return {1, 'D'};
    case Key::right: return {1, 'C'};
    case Key::up: return {1, 'A'};
    case Key::down: return {1, 'B'};
    case Key::page_up: return {5, '~'};
    case Key::page_down: return {6, '~'};
    case Key::home: return {1, 'H'};
    case Key::end: return {1, 'F'};
    case Key::caps_lock: return {57358, 'u'};
    case Key::scroll_lock: return {57359, 'u'};
    case Key::num_lock: return {57360, 'u'};
    case Key::print_screen: return {57361, 'u'};
    case Key::pause: return {57362, 'u'};
    case Key::menu: return {57363, 'u'};
    case Key::f1: return {1, 'P'};
    case Key::f2: return {1, 'Q'};
    case Key::f3: return {13, '~'};
    case Key::f4: return {1, 'S'};
    case Key::keypad_decimal: return {57409, 'u'};
    case Key::keypad_divide: return {57410, 'u'};
    case Key::keypad_multiply: return {57411, 'u'};
    case Key::keypad_subtract: return {57412, 'u'};
    case Key::keypad_add: return {57413, 'u'};
    case Key::keypad_enter: return {57414, 'u'};
    case Key::keypad_equal: return {57415, 'u'};
    case Key::keypad_separator: return {57416, 'u'};
    case Key::keypad_begin: return {1, 'E'};
    default: break;
    }
    const auto offset = [key](Key first) {
        return static_cast<unsigned>(static_cast<int>(key) - static_cast<int>(first));
    };
    if (key >= Key::keypad_0 && key <= Key::keypad_9) return {57399 + offset(Key::keypad_0), 'u'};
    if (key >= Key::media_play && key <= Key::iso_level5_shift) return {57428 + offset(Key::media_play), 'u'};
    if (key >= Key::f13 && key <= Key::f35) return {57376 + offset(Key::f13), 'u'};
    constexpr unsigned f5_to_f12[] = {15, 17, 18, 19, 20, 21, 23, 24};
    if (key >= Key::f5 && key <= Key::f12) return {f5_to_f12[offset(Key::f5)], '~'};
    return {};
}

// The keypad's own, where the outer terminal tells them apart.
constexpr Name keypad_name_of(Key key) noexcept {
    switch (key) {
    case Key::left: return {57417, 'u'};
    case Key::right: return {57418, 'u'};
    case Key::up: return {57419, 'u'};
    case Key::down: return {57420, 'u'};
    case Key::page_up: return {57421, 'u'};
    case Key::page_down: return {57422, 'u'};
    case Key::home: return {57423, 'u'};
    case Key::end: return {57424, 'u'};
    case Key::insert: return {57425, 'u'};
    case Key::delete_: return {57426, 'u'};
    default: return name_of(key);
    }
}

// What a keypad key types where the protocol wants text.
char32_t keypad_text(Key key) noexcept {
    if (key >= Key::keypad_0 && key <= Key::keypad_9)
        return U'0' + static_cast<char32_t>(static_cast<int>(key) - static_cast<int>(Key::keypad_0));
    switch (key) {
    case Key::keypad_decimal: return U'.';
    case Key::keypad_divide: return U'/';
    case Key::keypad_multiply: return U'*';
    case Key::keypad_subtract: return U'-';
    case Key::keypad_add: return U'+';
    case Key::keypad_equal: return U'=';
    case Key::keypad_separator: return U',';
    default: return 0;
    }
}

// The text that the key types on its own; 0 when modifiers make it a command.
char32_t text_of(const KeyEvent& event) noexcept {
    constexpr Modifiers commands =
        Modifiers::ctrl | Modifiers::alt | Modifiers::super | Modifiers::hyper | Modifiers::meta;
    if (model::any(event.modifiers & commands)) return 0;
    return event.key == Key::character ? event.code_point : keypad_text(event.key);
}

// The key's own code point: unshifted, for letters lower case.
char32_t unshifted(const KeyEvent& event) noexcept {
    if (event.unshifted != 0) return event.unshifted;
    const char32_t c = event.code_point;
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

// CSI number : shifted : base ; modifiers : event ; text final, each part as far as needed.
std::string sequence(const KeyEvent& event, Name name, unsigned flags) {
    std::string codes = fmt::format("{}", name.number);
    if (event.key == Key::character && (flags & kitty::alternate_keys) != 0) {
        const bool shift = model::contains(event.modifiers, Modifiers::shift);
        const char32_t shifted = shift && event.code_point != unshifted(event) ? event.code_point : 0;
        const char32_t base = event.base_layout != unshifted(event) ? event.base_layout : 0;
        if (shifted != 0 || base != 0) codes += ':';
        if (shifted != 0) codes += fmt::format("{}", static_cast<unsigned>(shifted));
        if (base != 0) codes += fmt::format(":{}", static_cast<unsigned>(base));
    }
    std::string modifiers;
    if (const int bits = static_cast<int>(event.modifiers); bits != 0)
        modifiers = fmt::format("{}", bits + 1);
    if ((flags & kitty::event_types) != 0 && event.action != KeyAction::press)
        modifiers = fmt::format("{}:{}", modifiers.empty() ? "1" : modifiers,
                                event.action == KeyAction::repeat ? 2 : 3);
    std::string text;
    const bool wants_text = (flags & kitty::associated_text) != 0 && (flags & kitty::all_as_escapes) != 0;
    if (wants_text && event.action != KeyAction::release && text_of(event) != 0)
        text = fmt::format("{}", static_cast<unsigned>(text_of(event)));
    if (name.final != 'u' && name.final != '~' && modifiers.empty()) codes.clear();
    std::string bytes = "\x1B[" + codes;
    if (!modifiers.empty() || !text.empty()) bytes += ';' + modifiers;
    if (!text.empty()) bytes += ';' + text;
    return bytes + name.final;
}

} // namespace

std::string encode_kitty_key(const KeyEvent& event, const Modes& modes) {
    const unsigned flags = modes.kitty_flags;
    const bool all = (flags & kitty::all_as_escapes) != 0;
    if (event.action == KeyAction::release && (flags & kitty::event_types) == 0) return {};
    const bool plain = !model::any(event.modifiers & ~(Modifiers::caps_lock | Modifiers::num_lock));
    if (event.key == Key::enter || event.key == Key::tab || event.key == Key::backspace) {
        // So that a shell is usable after a program that crashed with the flags set.
        if (!all && event.action == KeyAction::release) return {};
        if (!all && plain) return event.key == Key::enter ? "\r" : event.key == Key::tab ? "\t" : "\x7F";
    }
    if (model::is_modifier(event.key) && !all) return {};
    // Text stays text; only its release needs the escape code.
    if (const char32_t text = text_of(event); text != 0 && !all && event.action != KeyAction::release) {
        std::string bytes;
        model::append_utf8(bytes, text);
        return bytes;
    }
    const Name name = event.key == Key::character ? Name{static_cast<unsigned>(unshifted(event)), 'u'}
                      : event.keypad              ? keypad_name_of(event.key)
                                                  : name_of(event.key);
    return name.final != 0 ? sequence(event, name, flags) : std::string{};
}

} // namespace lunette::terminal
