#pragma once

#include "model/key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Keys and modifiers as configurations write them. Pure values; any thread.
namespace lunette::model {

// A key by name: "a", "Enter", "mapped:a", "phys:A", "raw:38".
struct KeyName {
    enum class By : std::uint8_t { mapped, physical, raw };
    By by = By::mapped;
    Key key = Key::none;     // none: a key of WezTerm's that no terminal can send, or raw
    char32_t code_point = 0; // of Key::character; a letter is lower case when physical
    std::uint32_t raw = 0;
    bool explicit_by = false; // a prefix said so

    friend bool operator==(const KeyName& a, const KeyName& b) noexcept {
        return a.by == b.by && a.key == b.key && a.code_point == b.code_point && a.raw == b.raw;
    }
};

// WezTerm's names; nothing for any other text.
std::optional<KeyName> parse_key_name(std::string_view text);
// The known name most like a text; empty when none is near.
std::string_view nearest_key_name(std::string_view text);

struct KeyModifiers {
    Modifiers set = Modifiers::none;
    bool leader = false;
    friend bool operator==(const KeyModifiers&, const KeyModifiers&) = default;
};

// "CTRL|SHIFT", "CTRL | OPT", "NONE", "". The error is the word that is no modifier.
struct BadModifier {
    std::string word;
};
std::optional<KeyModifiers> parse_modifiers(std::string_view text, BadModifier* bad = nullptr);
// WezTerm's order: "SHIFT|ALT|CTRL|SUPER|LEADER"; "NONE" for none.
std::string to_string(KeyModifiers modifiers);

// A key together with its modifiers in the one form in which equal ones are equal: SHIFT and an ASCII letter
// are the capital letter.
struct KeyChord {
    KeyName key;
    KeyModifiers modifiers;
    friend bool operator==(const KeyChord&, const KeyChord&) = default;
};
KeyChord normalized(KeyChord chord) noexcept;

} // namespace lunette::model
