#include "tty/key_codes.h"

#include "model/utf8.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace lunette::tty {

namespace {

using model::Key;
using model::KeyAction;
using model::KeyEvent;
using model::Modifiers;

constexpr Key offset(Key first, int by) noexcept { return static_cast<Key>(static_cast<int>(first) + by); }

// Letters that both CSI and SS3 use.
constexpr Key letter_key(char letter) noexcept {
    switch (letter) {
    case 'A': return Key::up;
    case 'B': return Key::down;
    case 'C': return Key::right;
    case 'D': return Key::left;
    case 'E': return Key::keypad_begin;
    case 'F': return Key::end;
    case 'H': return Key::home;
    case 'P': return Key::f1;
    case 'Q': return Key::f2;
    case 'R': return Key::f3;
    case 'S': return Key::f4;
    default: return Key::none;
    }
}

constexpr Key numbered_key(int number) noexcept {
    constexpr std::array<std::pair<int, Key>, 33> keys{{
        {1, Key::home}, {2, Key::insert},  {3, Key::delete_},
        {4, Key::end},  {5, Key::page_up}, {6, Key::page_down},
        {7, Key::home}, {8, Key::end},     {11, Key::f1},
        {12, Key::f2},  {13, Key::f3},     {14, Key::f4},
        {15, Key::f5},  {17, Key::f6},     {18, Key::f7},
        {19, Key::f8},  {20, Key::f9},     {21, Key::f10},
        {23, Key::f11}, {24, Key::f12},    {25, Key::f13},
        {26, Key::f14}, {28, Key::f15},    {29, Key::f16},
        {31, Key::f17}, {32, Key::f18},    {33, Key::f19},
        {34, Key::f20}, {42, Key::f21},    {43, Key::f22},
        {44, Key::f23}, {45, Key::f24},    {57427, Key::keypad_begin},
    }};
    for (const auto& [code, key] : keys)
        if (code == number) return key;
    return Key::none;
}

// The keypad's arrows, Home, Insert and so on, without NumLock.
constexpr int first_keypad_arrow = 57417;
constexpr int last_keypad_arrow = 57426;

// Keys that the kitty protocol numbers in a private range.
constexpr Key private_key(int code) noexcept {
    if (code >= 57376 && code <= 57398) return offset(Key::f13, code - 57376);
    if (code >= 57399 && code <= 57408) return offset(Key::keypad_0, code - 57399);
    if (code >= 57428 && code <= 57454) return offset(Key::media_play, code - 57428);
    constexpr std::array<std::pair<int, Key>, 25> keys{{
        {57358, Key::caps_lock},
        {57359, Key::scroll_lock},
        {57360, Key::num_lock},
        {57361, Key::print_screen},
        {57362, Key::pause},
        {57363, Key::menu},
        {57409, Key::keypad_decimal},
        {57410, Key::keypad_divide},
        {57411, Key::keypad_multiply},
        {57412, Key::keypad_subtract},
        {57413, Key::keypad_add},
        {57414, Key::keypad_enter},
        {57415, Key::keypad_equal},
        {57416, Key::keypad_separator}, // a comma on some layouts
        {57417, Key::left},
        {57418, Key::right},
        {57419, Key::up},
        {57420, Key::down},
        {57421, Key::page_up},
        {57422, Key::page_down},
        {57423, Key::home},
        {57424, Key::end},
        {57425, Key::insert},
        {57426, Key::delete_},
        {57427, Key::keypad_begin},
    }};
    for (const auto& [number, key] : keys)
        if (number == code) return key;
    return Key::none;
}

// "1 + bits"; 0 and nonsense are no modifiers.
constexpr Modifiers modifiers_of(int parameter) noexcept {
    return parameter >= 1 && parameter <= 256 ? static_cast<Modifiers>(parameter - 1) : Modifiers::none;
}

constexpr KeyAction action_of(int type) noexcept {
    return type == 3 ? KeyAction::release : type == 2 ? KeyAction::repeat : KeyAction::press;
}

constexpr bool is_lower(char32_t c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char32_t c) noexcept { return c >= 'A' && c <= 'Z'; }

constexpr bool is_text(int code) noexcept {
    return code >= 0x20 && code != 0x7F && !(code >= 0x80 && code < 0xA0) &&
           !(code >= 0xD800 && code < 0xE000) && code < 0x110000;
}

// A key by its Unicode number, as CSI u and modifyOtherKeys write it.
KeyEvent coded_key(int code, Modifiers modifiers, unsigned char erase) noexcept {
    KeyEvent event;
    event.modifiers = modifiers;
    switch (code) {
    case 8: event.key = erase == 8 ? Key::backspace : Key::none; break;
    case 9: event.key = Key::tab; break;
    case 13: event.key = Key::enter; break;
    case 27: event.key = Key::escape; break;
    case 127: event.key = Key::backspace; break;
    default: break;
    }
    if (event.key != Key::none) return event;
    if (code == 8) return model::character_key(U'h', modifiers | Modifiers::ctrl);
    // xterm's modifyOtherKeys may name other control characters so.
    if (code > 0 && code < 0x20)
        return model::character_key(static_cast<char32_t>(code | 0x60), modifiers | Modifiers::ctrl);
    if (code >= 57344 && code <= 63743) {
        event.key = private_key(code);
        event.keypad = code >= first_keypad_arrow && code <= last_keypad_arrow;
        return event;
    }
    if (!is_text(code)) return event;
    event.key = Key::character;
    event.code_point = static_cast<char32_t>(code);
    return event;
}

// CSI code[:shifted[:base]] ; modifiers[:type] ; text u
std::vector<KeyEvent> unicode_keys(const ControlSequence& sequence, unsigned char erase) {
    const int code = sequence.at(0);
    KeyEvent event = coded_key(code, modifiers_of(sequence.at(1, 1)), erase);
    event.action = action_of(sequence.part(1, 1));
    std::vector<KeyEvent> events;
    if (event.key != Key::character) {
        if (event.key != Key::none) events.push_back(event);
        // Text without a key, as an input method commits it.
        for (std::size_t i = 0; code == 0 && i < ControlSequence::most_parts; ++i)
            if (const int c = sequence.part(2, i); c != 0 && is_text(c))
                events.push_back(model::character_key(static_cast<char32_t>(c)));
        return events;
    }
    // xterm's CSI u gives the shifted character itself; kitty never gives a capital.
    event.unshifted = is_upper(event.code_point) ? 0 : event.code_point;
    const int base = sequence.part(0, 2);
    if (is_text(base)) event.base_layout = static_cast<char32_t>(base);
    const int shifted = sequence.part(0, 1);
    const bool shift = model::contains(event.modifiers, Modifiers::shift);
    const bool caps = model::contains(event.modifiers, Modifiers::caps_lock);
    if (shift && is_text(shifted))
        event.code_point = static_cast<char32_t>(shifted);
    else if (is_lower(event.code_point) && shift != caps)
        event.code_point = event.code_point - U'a' + U'A';
    const int text = sequence.part(2, 0);
    if (is_text(text) && sequence.part(2, 1) == 0 &&
        !model::any(event.modifiers & (Modifiers::ctrl | Modifiers::alt)))
        event.code_point = static_cast<char32_t>(text);
    events.push_back(event);
    return events;
}

KeyEvent with_parameters(KeyEvent event, const ControlSequence& sequence) noexcept {
    event.modifiers = event.modifiers | modifiers_of(sequence.at(1, 1));
    event.action = action_of(sequence.part(1, 1));
    return event;
}

} // namespace

KeyEvent control_key(unsigned char byte, unsigned char erase) noexcept {
    if (byte == erase) return model::named_key(Key::backspace);
    switch (byte) {
    case 0x00: return model::character_key(U' ', Modifiers::ctrl);
    case 0x09: return model::named_key(Key::tab);
    case 0x0D: return model::named_key(Key::enter);
    case 0x1B: return model::named_key(Key::escape);
    case 0x7F:
        return model::named_key(Key::backspace, Modifiers::ctrl); // erase is 0x08, CTRL gives the other
    default: break;
    }
    const bool letter = byte <= 0x1A;
    return model::character_key(static_cast<char32_t>(byte | (letter ? 0x60 : 0x40)), Modifiers::ctrl);
}

std::optional<KeyEvent> single_shift_key(char letter) noexcept {
    if (const Key key = letter_key(letter); key != Key::none) return model::named_key(key);
    // The keypad in application mode: its letter is the character's plus 0x40, as a VT100 made it.
    if (letter >= 'p' && letter <= 'y') return model::named_key(offset(Key::keypad_0, letter - 'p'));
    switch (letter) {
    case 'a': return model::named_key(Key::up, Modifiers::ctrl); // rxvt
    case 'b': return model::named_key(Key::down, Modifiers::ctrl);
    case 'c': return model::named_key(Key::right, Modifiers::ctrl);
    case 'd': return model::named_key(Key::left, Modifiers::ctrl);
    case 'I': return model::named_key(Key::tab);
    case 'M': return model::named_key(Key::keypad_enter);
    case 'X': return model::named_key(Key::keypad_equal);
    case 'j': return model::named_key(Key::keypad_multiply);
    case 'k': return model::named_key(Key::keypad_add);
    case 'l': return model::named_key(Key::keypad_separator);
    case 'm': return model::named_key(Key::keypad_subtract);
    case 'n': return model::named_key(Key::keypad_decimal);
    case 'o': return model::named_key(Key::keypad_divide);
    default: return std::nullopt;
    }
}

std::optional<KeyEvent> linux_key(char letter) noexcept {
    if (letter < 'A' || letter > 'E') return std::nullopt;
    return model::named_key(offset(Key::f1, letter - 'A'));
}

std::vector<KeyEvent> sequence_keys(const ControlSequence& sequence, unsigned char erase) {
    if (!sequence.valid() || sequence.prefix() || sequence.intermediate()) return {};
    const char final = sequence.final();
    switch (final) {
    case 'u': return unicode_keys(sequence, erase);
    case 'Z': return {model::named_key(Key::tab, Modifiers::shift | modifiers_of(sequence.at(1, 1)))};
    case '~': {
        if (sequence.at(0) == 27 && sequence.size() == 3) {
            const KeyEvent event = coded_key(sequence.at(2), modifiers_of(sequence.at(1, 1)), erase);
            return event.key == Key::none ? std::vector<KeyEvent>{} : std::vector<KeyEvent>{event};
        }
        const Key key = numbered_key(sequence.at(0));
        if (key == Key::none) return {};
        return {with_parameters(model::named_key(key), sequence)};
    }
    case '^': // rxvt
    case '@': {
        const Key key = numbered_key(sequence.at(0));
        if (key == Key::none) return {};
        return {model::named_key(key, Modifiers::ctrl | (final == '@' ? Modifiers::shift : Modifiers::none))};
    }
    case 'a': return {model::named_key(Key::up, Modifiers::shift)}; // rxvt
    case 'b': return {model::named_key(Key::down, Modifiers::shift)};
    case 'c':
        return sequence.size() == 0 ? std::vector{model::named_key(Key::right, Modifiers::shift)}
                                    : std::vector<KeyEvent>{};
    case 'd': return {model::named_key(Key::left, Modifiers::shift)};
    default: break;
    }
    const Key key = letter_key(final);
    // CSI row ; column R with another row is a report of the cursor.
    if (key == Key::none || sequence.at(0, 1) != 1) return {};
    return {with_parameters(model::named_key(key), sequence)};
}

} // namespace lunette::tty
