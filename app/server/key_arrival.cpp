#include "server/key_arrival.h"

namespace lunette::server {

using model::Key;
using model::KeyChord;
using model::Modifiers;
using From = KeyArrival::From;

namespace {

bool is_letter(char32_t c) noexcept { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// CTRL and a character, without SHIFT: what is a control character of its own. CTRL+i, CTRL+m and CTRL+[ are
// Tab, Enter and Escape.
bool has_control_character(char32_t c) noexcept {
    if (c == U'i' || c == U'm' || c == U'[') return false;
    return (c >= U'a' && c <= U'z') || c == U' ' || c == U'@' || c == U'\\' || c == U']' || c == U'^' ||
           c == U'_' || c == U'/';
}

KeyArrival of_character(char32_t c, Modifiers held) noexcept {
    if (!contains(held, Modifiers::ctrl)) return {};
    const bool shifted = contains(held, Modifiers::shift) || (c >= U'A' && c <= U'Z');
    // Terminals' own keys for tabs, copying and searching are CTRL+SHIFT and a letter; those for the size of
    // the font CTRL and one of these.
    const bool zooms = c == U'+' || c == U'-' || c == U'=' || c == U'0';
    const bool kept = (shifted && is_letter(c)) || zooms;
    return {!shifted && has_control_character(c) ? From::any : From::modern, kept};
}

KeyArrival of_named(Key key, Modifiers held) noexcept {
    if (model::is_modifier(key)) return {From::none}; // told, but never looked up
    if (key >= Key::media_play && key <= Key::mute_volume) return {From::modern, true};
    const bool shift = contains(held, Modifiers::shift);
    const bool ctrl = contains(held, Modifiers::ctrl);
    switch (key) {
    case Key::none:
    case Key::print_screen:
    case Key::pause: return {From::none};
    case Key::tab: return {ctrl ? From::modern : From::any, ctrl};
    case Key::enter:
    case Key::backspace:
    case Key::escape: return {shift || ctrl ? From::modern : From::any};
    case Key::page_up:
    case Key::page_down: return {From::any, shift || ctrl};
    case Key::home:
    case Key::end:
    case Key::up:
    case Key::down: return {From::any, shift && !contains(held, Modifiers::alt)};
    case Key::insert: return {From::any, shift || ctrl};
    case Key::f11: return {From::any, held == Modifiers::none};
    default: return {};
    }
}

} // namespace

std::string_view KeyArrival::note() const noexcept {
    switch (from) {
    case From::none: return "no terminal sends this key";
    case From::modern_desktop: return "needs SUPER, which most desktops and terminals keep";
    case From::modern:
        return may_be_kept ? "many terminals keep it for themselves; needs kitty's keyboard protocol"
                           : "needs a terminal with kitty's keyboard protocol or modifyOtherKeys";
    case From::any: break;
    }
    return may_be_kept ? "some terminals keep it for themselves" : "";
}

KeyArrival arrival_of(const KeyChord& chord) noexcept {
    if (chord.key.by == model::KeyName::By::raw) return {From::none};
    const Modifiers held = chord.modifiers.set;
    KeyArrival arrival = chord.key.key == Key::character ? of_character(chord.key.code_point, held)
                                                         : of_named(chord.key.key, held);
    if (arrival.from != From::none && any(held & (Modifiers::super | Modifiers::hyper | Modifiers::meta)))
        return {From::modern_desktop};
    return arrival;
}

} // namespace lunette::server
