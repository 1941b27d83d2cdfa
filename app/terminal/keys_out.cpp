#include "terminal/keys_out.h"

#include "model/utf8.h"
#include "terminal/kitty_keys.h"

#include <fmt/format.h>

#include <optional>

namespace lunette::terminal {

namespace {

using model::Key;
using model::KeyEvent;
using model::Modifiers;

// Keys that end in a letter (CSI letter, or SS3 letter in application mode), and those with a
// number (CSI number ~). Numbers and letters: xterm ctlseqs, "PC-Style Function Keys".
struct Code {
    char letter = 0;
    int number = 0;
};

constexpr Code code_of(Key key) noexcept {
    switch (key) {
    case Key::up: return {'A', 0};
    case Key::down: return {'B', 0};
    case Key::right: return {'C', 0};
    case Key::left: return {'D', 0};
    case Key::keypad_begin: return {'E', 0};
    case Key::end: return {'F', 0};
    case Key::home: return {'H', 0};
    case Key::f1: return {'P', 0};
    case Key::f2: return {'Q', 0};
    case Key::f3: return {'R', 0};
    case Key::f4: return {'S', 0};
    case Key::insert: return {0, 2};
    case Key::delete_: return {0, 3};
    case Key::page_up: return {0, 5};
    case Key::page_down: return {0, 6};
    case Key::menu: return {0, 29};
    default: break;
    }
    constexpr int function_numbers[] = {15, 17, 18, 19, 20, 21, 23, 24, 25, 26,
                                        28, 29, 31, 32, 33, 34, 42, 43, 44, 45};
    if (key >= Key::f5 && key <= Key::f24)
        return {0, function_numbers[static_cast<int>(key) - static_cast<int>(Key::f5)]};
    return {};
}

// What a keypad key types, and its SS3 letter in application mode.
struct Keypad {
    char text;
    char letter;
};

std::optional<Keypad> keypad_of(Key key) noexcept {
    if (key >= Key::keypad_0 && key <= Key::keypad_9) {
        const int digit = static_cast<int>(key) - static_cast<int>(Key::keypad_0);
        return Keypad{static_cast<char>('0' + digit), static_cast<char>('p' + digit)};
    }
    switch (key) {
    case Key::keypad_decimal: return Keypad{'.', 'n'};
    case Key::keypad_divide: return Keypad{'/', 'o'};
    case Key::keypad_multiply: return Keypad{'*', 'j'};
    case Key::keypad_subtract: return Keypad{'-', 'm'};
    case Key::keypad_add: return Keypad{'+', 'k'};
    case Key::keypad_enter: return Keypad{'\r', 'M'};
    case Key::keypad_equal: return Keypad{'=', 'X'};
    case Key::keypad_separator: return Keypad{',', 'l'};
    default: return std::nullopt;
    }
}

// The control character of CTRL and a key of a US keyboard, where there is one.
std::optional<char> control_character(char32_t c) noexcept {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 1);
    if (c >= '@' && c <= '_') return static_cast<char>(c & 0x1F);
    switch (c) {
    case ' ':
    case '2': return '\0';
    case '3': return '\x1B';
    case '4': return '\x1C';
    case '5': return '\x1D';
    case '6':
    case '~': return '\x1E';
    case '7':
    case '/': return '\x1F';
    case '8':
    case '?': return '\x7F';
    case '`': return '\0';
    default: return std::nullopt;
    }
}

bool has(const KeyEvent& event, Modifiers modifier) { return model::contains(event.modifiers, modifier); }

std::string with_alt(const KeyEvent& event, std::string bytes) {
    return has(event, Modifiers::alt) || has(event, Modifiers::meta) ? "\x1B" + bytes : bytes;
}

std::string encode_character(const KeyEvent& event) {
    std::string bytes;
    if (has(event, Modifiers::ctrl)) {
        const std::optional<char> control = control_character(event.code_point);
        if (control) return with_alt(event, std::string(1, *control));
    }
    model::append_utf8(bytes, event.code_point);
    return with_alt(event, bytes);
}

std::string encode_code(const KeyEvent& event, Code code, const Modes& modes) {
    constexpr Modifiers reported = Modifiers::shift | Modifiers::alt | Modifiers::ctrl | Modifiers::super;
    const int parameter = 1 + static_cast<int>(event.modifiers & reported);
    if (code.number > 0) {
        return parameter > 1 ? fmt::format("\x1B[{};{}~", code.number, parameter)
                             : fmt::format("\x1B[{}~", code.number);
    }
    if (parameter > 1) return fmt::format("\x1B[1;{}{}", parameter, code.letter);
    const bool function_key = code.letter >= 'P';
    return fmt::format("\x1B{}{}", function_key || modes.application_cursor ? 'O' : '[', code.letter);
}

// xterm's modifyOtherKeys: keys whose modifiers the plain encoding loses are sent as numbers. 1: where
// there is no control character; 2: all but shifted text.
std::optional<std::string> encode_other_key(const KeyEvent& event, const Modes& modes) {
    constexpr Modifiers reported = Modifiers::shift | Modifiers::alt | Modifiers::ctrl | Modifiers::meta;
    const Modifiers modifiers = event.modifiers & reported;
    if (modes.modify_other_keys == 0 || !model::any(modifiers)) return std::nullopt;
    char32_t code = 0;
    switch (event.key) {
    case Key::character: code = event.code_point; break;
    case Key::enter: code = 13; break;
    case Key::tab: code = 9; break;
    case Key::escape: code = 27; break;
    case Key::backspace: code = 127; break;
    default: return std::nullopt;
    }
    const bool shifted_text = event.key == Key::character && code != U' ' && modifiers == Modifiers::shift;
    if (shifted_text) return std::nullopt;
    if (modes.modify_other_keys == 1) {
        if (event.key != Key::character || !has(event, Modifiers::ctrl)) return std::nullopt;
        if (control_character(code)) return std::nullopt;
    }
    int parameter = 1 + static_cast<int>(modifiers & ~Modifiers::meta);
    if (has(event, Modifiers::meta)) parameter += 8; // xterm's bit for it
    return modes.format_other_keys ? fmt::format("\x1B[{};{}u", static_cast<unsigned>(code), parameter)
                                   : fmt::format("\x1B[27;{};{}~", parameter, static_cast<unsigned>(code));
}

std::string encode_plain_key(const KeyEvent& event, const Modes& modes) {
    if (event.action == model::KeyAction::release) return {};
    if (std::optional<std::string> bytes = encode_other_key(event, modes)) return *std::move(bytes);
    if (const Code code = code_of(event.key); code.letter != 0 || code.number != 0)
        return encode_code(event, code, modes);
    if (const std::optional<Keypad> keypad = keypad_of(event.key)) {
        if (modes.application_keypad && !has(event, Modifiers::num_lock))
            return with_alt(event, fmt::format("\x1BO{}", keypad->letter));
        return with_alt(event, std::string(1, keypad->text));
    }
    switch (event.key) {
    case Key::character: return encode_character(event);
    case Key::enter: return with_alt(event, modes.newline ? "\r\n" : "\r");
    case Key::tab: return has(event, Modifiers::shift) ? with_alt(event, "\x1B[Z") : with_alt(event, "\t");
    case Key::escape: return with_alt(event, "\x1B");
    case Key::backspace:
        return with_alt(event, has(event, Modifiers::ctrl) != modes.backarrow_sends_bs ? "\b" : "\x7F");
    default: return {};
    }
}

} // namespace

std::string encode_key(const KeyEvent& event, const Modes& modes) {
    // Event types and alternates alone do not change what a press sends.
    constexpr unsigned changing = kitty::disambiguate | kitty::all_as_escapes;
    const bool plain = modes.kitty_flags == 0 ||
                       ((modes.kitty_flags & changing) == 0 && event.action == model::KeyAction::press);
    return plain ? encode_plain_key(event, modes) : encode_kitty_key(event, modes);
}

std::string encode_paste(std::string_view text, const Modes& modes, PastedNewlines newlines) {
    constexpr std::string_view begin_mark = "\x1B[200~";
    constexpr std::string_view end_mark = "\x1B[201~";
    std::string bytes;
    bytes.reserve(text.size() + begin_mark.size() + end_mark.size());
    if (modes.bracketed_paste) bytes += begin_mark;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, end_mark.size()) == end_mark) {
            i += end_mark.size();
            continue;
        }
        const char c = text[i++];
        if (c == '\r' || c == '\n') {
            const bool both = c == '\r' && i < text.size() && text[i] == '\n';
            if (both) ++i;
            switch (newlines) {
            case PastedNewlines::as_they_are: bytes += both ? "\r\n" : c == '\r' ? "\r" : "\n"; break;
            case PastedNewlines::line_feed: bytes += '\n'; break;
            case PastedNewlines::carriage_return: bytes += '\r'; break;
            case PastedNewlines::both: bytes += "\r\n"; break;
            }
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        const bool encoded_c1 = byte == 0xC2 && i < text.size() &&
                                static_cast<unsigned char>(text[i]) < 0xA0 &&
                                static_cast<unsigned char>(text[i]) >= 0x80;
        if (encoded_c1)
            ++i;
        else if ((byte >= 0x20 && byte != 0x7F) || c == '\t')
            bytes += c;
    }
    if (modes.bracketed_paste) bytes += end_mark;
    return bytes;
}

std::string encode_focus(bool focused, const Modes& modes) {
    if (!modes.focus_events) return {};
    return focused ? "\x1B[I" : "\x1B[O";
}

} // namespace lunette::terminal
