#include "server/action_text.h"

#include "model/ansi_text.h"
#include "model/utf8.h"

#include <string_view>

namespace lunette::server {

using model::KeyAssignment;

namespace {

struct KeyText {
    model::Key key;
    std::string_view text;
};
constexpr KeyText key_texts[] = {
    {model::Key::enter, "Enter"},
    {model::Key::tab, "Tab"},
    {model::Key::backspace, "Backspace"},
    {model::Key::escape, "Escape"},
    {model::Key::insert, "Insert"},
    {model::Key::delete_, "Delete"},
    {model::Key::home, "Home"},
    {model::Key::end, "End"},
    {model::Key::page_up, "PageUp"},
    {model::Key::page_down, "PageDown"},
    {model::Key::up, "UpArrow"},
    {model::Key::down, "DownArrow"},
    {model::Key::left, "LeftArrow"},
    {model::Key::right, "RightArrow"},
    {model::Key::keypad_decimal, "Decimal"},
    {model::Key::keypad_divide, "Divide"},
    {model::Key::keypad_multiply, "Multiply"},
    {model::Key::keypad_subtract, "Subtract"},
    {model::Key::keypad_add, "Add"},
    {model::Key::keypad_enter, "KeypadEnter"},
    {model::Key::menu, "Applications"},
};

std::string key_text(const model::KeyName& name) {
    using model::Key;
    if (name.by == model::KeyName::By::raw) return "raw:" + std::to_string(name.raw);
    if (name.key == Key::character) {
        if (name.code_point == U' ') return "Space";
        std::string text;
        model::append_utf8(text, name.code_point);
        return text;
    }
    if (name.key >= Key::f1 && name.key <= Key::f24)
        return "F" + std::to_string(static_cast<int>(name.key) - static_cast<int>(Key::f1) + 1);
    if (name.key >= Key::keypad_0 && name.key <= Key::keypad_9)
        return "Numpad" + std::to_string(static_cast<int>(name.key) - static_cast<int>(Key::keypad_0));
    for (const KeyText& known : key_texts)
        if (known.key == name.key) return std::string{known.text};
    return {};
}

// A function in a key binding has a name that nobody knows; where it is written is what its author knows.
std::string event_text(const std::string& event, const std::map<std::string, std::string>& callbacks) {
    std::string place;
    if (const auto found = callbacks.find(event); found != callbacks.end())
        place = found->second.substr(found->second.rfind('/') + 1);
    if (event.starts_with("user-defined-")) return place.empty() ? "Lua callback" : "Lua callback, " + place;
    return "Emit Event: " + event + (place.empty() ? "" : ", " + place);
}

} // namespace

std::string chord_text(const model::KeyChord& chord, const std::optional<model::LeaderKey>& leader) {
    using model::Modifiers;
    std::string text;
    const auto add = [&](bool on, const char* name) {
        if (on) text += name;
    };
    if (chord.modifiers.leader) text += leader ? chord_text(leader->chord, std::nullopt) + " " : "LEADER ";
    add(contains(chord.modifiers.set, Modifiers::ctrl), "CTRL+");
    const bool capital = chord.key.key == model::Key::character && chord.key.code_point >= U'A' &&
                         chord.key.code_point <= U'Z';
    add(contains(chord.modifiers.set, Modifiers::shift) || capital, "SHIFT+");
    add(contains(chord.modifiers.set, Modifiers::alt), "ALT+");
    add(contains(chord.modifiers.set, Modifiers::super), "SUPER+");
    const std::string key = key_text(chord.key);
    return key.empty() ? std::string{} : text + key;
}

std::string action_text(const KeyAssignment& action, const std::map<std::string, std::string>& callbacks) {
    if (action.name == "EmitEvent") return event_text(std::string{action.argument.text()}, callbacks);
    std::string text;
    for (const char c : action.name) {
        if (c >= 'A' && c <= 'Z' && !text.empty()) text += ' ';
        text += c;
    }
    const Value& argument = action.argument;
    const bool plain = argument.is_nil() || (argument.kind() == Kind::map && argument.size() == 0) ||
                       argument.text() == "CurrentPaneDomain" ||
                       (argument.kind() == Kind::map && argument.size() == 1 &&
                        (argument["domain"].text() == "CurrentPaneDomain" || !argument["confirm"].is_nil()));
    if (plain) return text;
    if (action.name == "InputSelector" || action.name == "PromptInputLine") {
        const std::string_view about =
            argument["title"].is_nil() ? argument["description"].text() : argument["title"].text();
        return about.empty() ? text : text + ": " + model::parse_ansi_text(about).plain();
    }
    if (argument.kind() == Kind::string) return text + ": " + std::string{argument.text()};
    return text + ": " + describe(argument, 60);
}

} // namespace lunette::server
