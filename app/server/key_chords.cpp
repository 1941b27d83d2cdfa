#include "server/key_chords.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace lunette::server {

using model::Key;
using model::KeyChord;
using model::KeyEvent;
using model::KeyName;
using model::Modifiers;

namespace {

std::optional<KeyChord> parse_chord(std::string_view key, std::string_view modifiers) {
    const auto name = model::parse_key_name(key);
    const auto set = model::parse_modifiers(modifiers);
    if (!name || !set) return std::nullopt;
    return model::normalized({*name, *set});
}

bool is_letter(char32_t c) noexcept { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// ASCII that is neither letter nor digit.
bool is_sign(char32_t c) noexcept {
    return c > U' ' && c < 0x7F && !is_letter(c) && !(c >= U'0' && c <= U'9');
}

// "LEADER+\x09", as Lua text of keys has it: with the character itself.
std::string without_escape(std::string_view text) {
    constexpr std::string_view escape = "\\x";
    const std::size_t at = text.rfind(escape);
    std::string result{text};
    if (at == std::string_view::npos || at + 4 != text.size()) return result;
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + text.size(), byte, 16);
    if (error == std::errc{} && end == text.data() + text.size())
        result.replace(at, 4, 1, static_cast<char>(byte));
    return result;
}

} // namespace

std::optional<KeyChord> parse_typed_chord(std::string_view text) {
    // The key is what follows the last separator; a separator at the end is the key itself.
    const std::size_t split =
        text.size() < 2 ? std::string_view::npos : text.find_last_of("+|", text.size() - 2);
    if (split == std::string_view::npos) return parse_chord(text, "");
    std::string modifiers{text.substr(0, split)};
    std::replace(modifiers.begin(), modifiers.end(), '+', '|');
    return parse_chord(text.substr(split + 1), modifiers);
}

KeyEvent to_event(const KeyChord& chord) noexcept {
    KeyEvent event;
    event.key = chord.key.key;
    event.code_point = chord.key.code_point;
    event.modifiers = chord.modifiers.set;
    if (event.key != Key::character) return event;
    if (chord.key.by == KeyName::By::physical) event.base_layout = event.code_point;
    // A capital letter is typed with SHIFT.
    if (event.code_point >= U'A' && event.code_point <= U'Z') {
        event.unshifted = event.code_point + (U'a' - U'A');
        event.modifiers = event.modifiers | Modifiers::shift;
    }
    return event;
}

std::vector<KeyChord> chords_of(const KeyEvent& event, bool leader) {
    std::vector<KeyChord> chords;
    const Modifiers held = event.modifiers & ~(Modifiers::caps_lock | Modifiers::num_lock);
    const auto add = [&](char32_t code_point, Modifiers modifiers, KeyName::By by) {
        KeyChord chord;
        chord.key.by = by;
        chord.key.key = event.key;
        chord.key.code_point = code_point;
        chord.modifiers = {modifiers, leader};
        chord = model::normalized(chord);
        if (std::find(chords.begin(), chords.end(), chord) == chords.end()) chords.push_back(chord);
    };
    if (event.key != Key::character) {
        add(0, held, KeyName::By::physical);
        add(0, held, KeyName::By::mapped);
        return chords;
    }
    if (event.base_layout) add(event.base_layout, held, KeyName::By::physical);
    add(event.code_point, held, KeyName::By::mapped);
    // '!' may be bound as such, without the SHIFT that types it, or as SHIFT+1.
    if (contains(held, Modifiers::shift)) {
        if (!is_letter(event.code_point))
            add(event.code_point, held & ~Modifiers::shift, KeyName::By::mapped);
        if (event.unshifted) add(event.unshifted, held, KeyName::By::mapped);
    } else if (is_sign(event.code_point)) {
        // Terminals that send text do not tell the SHIFT that typed it: {key = '|', mods = 'LEADER|SHIFT'}.
        add(event.code_point, held | Modifiers::shift, KeyName::By::mapped);
    }
    return chords;
}

bool names_key(std::string_view typed, const Value& binding) {
    const std::string wanted = without_escape(typed);
    if (wanted == binding["key"].text()) return true;
    const auto bound = parse_chord(binding["key"].text(), binding["mods"].text());
    const auto asked = parse_typed_chord(wanted);
    return bound && asked && *bound == *asked;
}

std::vector<std::string> events_of(const Value& action) {
    std::vector<std::string> events;
    if (const Value& name = action["EmitEvent"]; name.kind() == Kind::string)
        events.emplace_back(name.text());
    for (const Value& inner : action["Multiple"].items())
        for (std::string& event : events_of(inner)) events.push_back(std::move(event));
    return events;
}

} // namespace lunette::server
