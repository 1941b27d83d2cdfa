#include "model/key_name.h"

#include "model/nearest.h"
#include "model/utf8.h"

#include <algorithm>
#include <charconv>

namespace lunette::model {

namespace {

struct Named {
    std::string_view name;
    Key key;
    char32_t code_point = 0;
};

// WezTerm's KeyCode (docs/config/keys.md). Keys that no terminal reports have Key::none.
constexpr Named names[] = {
    {"Add", Key::keypad_add},
    {"Alt", Key::none},
    {"ApplicationDownArrow", Key::down},
    {"ApplicationLeftArrow", Key::left},
    {"ApplicationRightArrow", Key::right},
    {"ApplicationUpArrow", Key::up},
    {"Applications", Key::menu},
    {"Backspace", Key::backspace},
    {"BrowserBack", Key::none},
    {"BrowserFavorites", Key::none},
    {"BrowserForward", Key::none},
    {"BrowserHome", Key::none},
    {"BrowserRefresh", Key::none},
    {"BrowserSearch", Key::none},
    {"BrowserStop", Key::none},
    {"Cancel", Key::none},
    {"CapsLock", Key::caps_lock},
    {"Clear", Key::none},
    {"Control", Key::none},
    {"Copy", Key::none},
    {"Cut", Key::none},
    {"Decimal", Key::keypad_decimal},
    {"Delete", Key::delete_},
    {"Divide", Key::keypad_divide},
    {"DownArrow", Key::down},
    {"End", Key::end},
    {"Enter", Key::enter},
    {"Escape", Key::escape},
    {"Execute", Key::none},
    {"Function", Key::none},
    {"Help", Key::none},
    {"Home", Key::home},
    {"Hyper", Key::none},
    {"Insert", Key::insert},
    {"KeyPadBegin", Key::keypad_begin},
    {"KeyPadEnd", Key::keypad_1},
    {"KeyPadHome", Key::keypad_7},
    {"KeyPadPageDown", Key::keypad_3},
    {"KeyPadPageUp", Key::keypad_9},
    {"LeftAlt", Key::left_alt},
    {"LeftArrow", Key::left},
    {"LeftControl", Key::left_control},
    {"LeftMenu", Key::left_alt},
    {"LeftShift", Key::left_shift},
    {"LeftWindows", Key::left_super},
    {"MediaNextTrack", Key::media_track_next},
    {"MediaPlayPause", Key::media_play_pause},
    {"MediaPrevTrack", Key::media_track_previous},
    {"MediaStop", Key::media_stop},
    {"Menu", Key::menu},
    {"Meta", Key::none},
    {"Multiply", Key::keypad_multiply},
    {"NumLock", Key::num_lock},
    {"PageDown", Key::page_down},
    {"PageUp", Key::page_up},
    {"Paste", Key::none},
    {"Pause", Key::pause},
    {"Print", Key::none},
    {"PrintScreen", Key::print_screen},
    {"Return", Key::enter},
    {"RightAlt", Key::right_alt},
    {"RightArrow", Key::right},
    {"RightControl", Key::right_control},
    {"RightMenu", Key::right_alt},
    {"RightShift", Key::right_shift},
    {"RightWindows", Key::right_super},
    {"ScrollLock", Key::scroll_lock},
    {"Select", Key::none},
    {"Separator", Key::keypad_separator},
    {"Shift", Key::none},
    {"Sleep", Key::none},
    {"Space", Key::character, U' '},
    {"Subtract", Key::keypad_subtract},
    {"Super", Key::none},
    {"Tab", Key::tab},
    {"UpArrow", Key::up},
    {"VoidSymbol", Key::none},
    {"VolumeDown", Key::lower_volume},
    {"VolumeMute", Key::mute_volume},
    {"VolumeUp", Key::raise_volume},
};

// WezTerm's PhysKeyCode where it differs from the names above: positions of an ANSI keyboard, named by
// what the US layout types there.
constexpr Named physical_names[] = {
    {"Backslash", Key::character, U'\\'},
    {"Comma", Key::character, U','},
    {"Equal", Key::character, U'='},
    {"Equals", Key::character, U'='},
    {"Grave", Key::character, U'`'},
    {"KeypadAdd", Key::keypad_add},
    {"KeypadClear", Key::none},
    {"KeypadDecimal", Key::keypad_decimal},
    {"KeypadDelete", Key::keypad_decimal},
    {"KeypadDivide", Key::keypad_divide},
    {"KeypadEnter", Key::keypad_enter},
    {"KeypadEquals", Key::keypad_equal},
    {"KeypadMultiply", Key::keypad_multiply},
    {"KeypadSubtract", Key::keypad_subtract},
    {"LeftBracket", Key::character, U'['},
    {"Minus", Key::character, U'-'},
    {"Period", Key::character, U'.'},
    {"Quote", Key::character, U'\''},
    {"RightBracket", Key::character, U']'},
    {"Semicolon", Key::character, U';'},
    {"Slash", Key::character, U'/'},
};

template<std::size_t n>
const Named* find_named(const Named (&table)[n], std::string_view name) noexcept {
    const auto found = std::lower_bound(std::begin(table), std::end(table), name,
                                        [](const Named& a, std::string_view b) { return a.name < b; });
    return found != std::end(table) && found->name == name ? found : nullptr;
}

std::optional<int> number(std::string_view text, int most) noexcept {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > most) return {};
    return value;
}

std::optional<char32_t> only_code_point(std::string_view text) noexcept {
    if (text.empty()) return {};
    const Decoded first = decode_utf8(text);
    if (!first.valid || first.length != text.size()) return {};
    return first.code_point;
}

bool take_prefix(std::string_view& text, std::string_view prefix) noexcept {
    // "phys:" alone would be no key, and ":" is one.
    if (text.size() <= prefix.size() || text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

Key offset(Key first, int by) noexcept { return static_cast<Key>(static_cast<int>(first) + by); }

// Fills in which key it is.
bool read_name(std::string_view text, KeyName& name) {
    const bool physical = name.by == KeyName::By::physical;
    if (const auto letter = only_code_point(text)) {
        switch (*letter) {
        case U'\r':
        case U'\n': name.key = Key::enter; return true;
        case U'\t': name.key = Key::tab; return true;
        case U'\b':
        case 0x7f: name.key = Key::backspace; return true;
        case 0x1b: name.key = Key::escape; return true;
        default: break;
        }
        name.key = Key::character;
        name.code_point = physical && *letter >= U'A' && *letter <= U'Z' ? *letter + 32 : *letter;
        return true;
    }
    const Named* known = physical ? find_named(physical_names, text) : nullptr;
    if (!known) known = find_named(names, text);
    if (known) {
        name.key = known->key;
        name.code_point = known->code_point;
        return true;
    }
    if (text.size() > 1 && text[0] == 'F') {
        if (const auto n = number(text.substr(1), 24); n && *n > 0) {
            name.key = offset(Key::f1, *n - 1);
            return true;
        }
    }
    const std::string_view pad = physical ? "Keypad" : "Numpad";
    if (text.size() == pad.size() + 1 && text.substr(0, pad.size()) == pad) {
        if (const auto n = number(text.substr(pad.size()), 9)) {
            name.key = offset(Key::keypad_0, *n);
            return true;
        }
    }
    if (physical && text.size() == 2 && text[0] == 'K' && text[1] >= '0' && text[1] <= '9') {
        name.key = Key::character;
        name.code_point = static_cast<char32_t>(text[1]);
        return true;
    }
    return false;
}

struct ModifierName {
    std::string_view name;
    Modifiers modifier;
    bool leader = false;
};
constexpr ModifierName modifier_names[] = {
    {"SHIFT", Modifiers::shift}, {"ALT", Modifiers::alt},   {"CTRL", Modifiers::ctrl},
    {"SUPER", Modifiers::super}, {"OPT", Modifiers::alt},   {"META", Modifiers::alt},
    {"CMD", Modifiers::super},   {"WIN", Modifiers::super}, {"LEADER", Modifiers::none, true},
    {"NONE", Modifiers::none},
};

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

} // namespace

std::optional<KeyName> parse_key_name(std::string_view text) {
    KeyName name;
    if (take_prefix(text, "raw:")) {
        std::uint32_t code = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
        if (error != std::errc{} || end != text.data() + text.size()) return {};
        name.by = KeyName::By::raw;
        name.raw = code;
        name.explicit_by = true;
        return name;
    }
    if (take_prefix(text, "phys:")) {
        name.by = KeyName::By::physical;
        name.explicit_by = true;
    } else {
        name.explicit_by = take_prefix(text, "mapped:");
    }
    if (read_name(text, name)) return name;
    // A name that only keys by their position have is such a one without its prefix too.
    if (name.explicit_by) return {};
    name.by = KeyName::By::physical;
    name.explicit_by = true;
    if (!read_name(text, name)) return {};
    return name;
}

std::string_view nearest_key_name(std::string_view text) {
    take_prefix(text, "phys:") || take_prefix(text, "mapped:");
    Nearest nearest{text};
    for (const Named& named : names) nearest.offer(named.name);
    return nearest.word();
}

std::optional<KeyModifiers> parse_modifiers(std::string_view text, BadModifier* bad) {
    KeyModifiers result;
    for (;;) {
        const std::size_t bar = text.find('|');
        const std::string_view word = trimmed(text.substr(0, bar));
        const auto* found = std::find_if(std::begin(modifier_names), std::end(modifier_names),
                                         [word](const ModifierName& m) { return m.name == word; });
        if (found != std::end(modifier_names)) {
            result.set = result.set | found->modifier;
            result.leader = result.leader || found->leader;
        } else if (!word.empty()) {
            if (bad) bad->word = word;
            return {};
        }
        if (bar == std::string_view::npos) return result;
        text.remove_prefix(bar + 1);
    }
}

std::string to_string(KeyModifiers modifiers) {
    std::string text;
    const auto add = [&text](std::string_view name) {
        if (!text.empty()) text += '|';
        text += name;
    };
    if (contains(modifiers.set, Modifiers::shift)) add("SHIFT");
    if (contains(modifiers.set, Modifiers::alt)) add("ALT");
    if (contains(modifiers.set, Modifiers::ctrl)) add("CTRL");
    if (contains(modifiers.set, Modifiers::super)) add("SUPER");
    if (modifiers.leader) add("LEADER");
    return text.empty() ? "NONE" : text;
}

KeyChord normalized(KeyChord chord) noexcept {
    if (chord.key.by != KeyName::By::mapped || chord.key.key != Key::character) return chord;
    char32_t& letter = chord.key.code_point;
    const bool lower = letter >= U'a' && letter <= U'z';
    const bool upper = letter >= U'A' && letter <= U'Z';
    if ((lower || upper) && contains(chord.modifiers.set, Modifiers::shift)) {
        if (lower) letter -= 32;
        chord.modifiers.set = chord.modifiers.set & ~Modifiers::shift;
    }
    return chord;
}

} // namespace lunette::model
