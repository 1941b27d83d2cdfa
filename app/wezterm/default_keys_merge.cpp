#include "wezterm/default_keys.h"

#include "model/key_name.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

// Bindings by what triggers them: the later of two for one trigger wins, in the place of the first.
class Bindings {
public:
    void set(std::string trigger, Value binding) {
        const auto [at, is_new] = index_.emplace(std::move(trigger), items_.size());
        if (is_new)
            items_.push_back(std::move(binding));
        else
            items_[at->second] = std::move(binding);
    }

    // Without those that take a default away: such a key goes to the pane.
    Value take() {
        std::vector<Value> kept;
        for (Value& item : items_)
            if (item["action"].text() != "DisableDefaultAssignment") kept.push_back(std::move(item));
        return Value::list(std::move(kept));
    }
    Value take_all() { return Value::list(std::move(items_)); }

private:
    std::map<std::string, std::size_t, std::less<>> index_;
    std::vector<Value> items_;
};

struct Preference {
    bool physical = false; // key_map_preference
};

// The key with the prefix that says how it is matched; empty for one that does not exist.
std::string qualified(std::string_view text, Preference preference) {
    const auto name = model::parse_key_name(text);
    if (!name) return {};
    if (name->explicit_by) return std::string{text};
    // Only what the US layout types without SHIFT names a position of the keyboard.
    constexpr std::string_view unshifted = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./ ";
    const char32_t letter =
        name->code_point >= U'A' && name->code_point <= U'Z' ? name->code_point + 32 : name->code_point;
    const bool has_position =
        name->key != model::Key::character ||
        (letter < 0x80 && unshifted.find(static_cast<char>(letter)) != std::string_view::npos);
    return (preference.physical && has_position ? "phys:" : "mapped:") + std::string{text};
}

std::string trigger_of(const std::string& key, std::string_view mods) {
    const auto modifiers = model::parse_modifiers(mods);
    const auto name = model::parse_key_name(key);
    const model::KeyChord chord =
        model::normalized({name.value_or(model::KeyName{}), modifiers.value_or(model::KeyModifiers{})});
    std::string trigger = to_string(chord.modifiers);
    for (const std::uint32_t part :
         {static_cast<std::uint32_t>(chord.key.by), static_cast<std::uint32_t>(chord.key.key),
          static_cast<std::uint32_t>(chord.key.code_point), chord.key.raw})
        trigger += ' ' + std::to_string(part);
    // Keys that no terminal sends are still different keys.
    if (chord.key.key == model::Key::none && chord.key.by != model::KeyName::By::raw) trigger += key;
    return trigger;
}

void add_keys(Bindings& bindings, const Value& entries, Preference preference, bool by_user) {
    for (const Value& entry : entries.items()) {
        std::string key = qualified(entry["key"].text(), preference);
        if (key.empty()) continue;
        std::string trigger = trigger_of(key, entry["mods"].text());
        bindings.set(std::move(trigger), Value::map({{"key", std::move(key)},
                                                     {"mods", entry["mods"]},
                                                     {"action", entry["action"]},
                                                     {"user", by_user}}));
    }
}

void add_mouse(Bindings& bindings, const Value& entries, bool by_user) {
    for (const Value& entry : entries.items()) {
        const Value trigger =
            Value::list({entry["event"], entry["mods"], entry["mouse_reporting"], entry["alt_screen"]});
        bindings.set(describe(trigger, 400), Value::map({{"event", entry["event"]},
                                                         {"mods", entry["mods"]},
                                                         {"mouse_reporting", entry["mouse_reporting"]},
                                                         {"alt_screen", entry["alt_screen"]},
                                                         {"action", entry["action"]},
                                                         {"user", by_user}}));
    }
}

Value table(const Value& entries, Preference preference, bool by_user) {
    Bindings bindings;
    add_keys(bindings, entries, preference, by_user);
    return bindings.take();
}

} // namespace

// As WezTerm's InputMap: a table of the user's replaces the default one of that name; the tables of copy and
// search mode are there with disable_default_key_bindings, too.
Value effective_bindings(const Value& options) {
    const Preference preference{options["key_map_preference"].text() == "Physical"};
    Bindings keys, mouse;
    if (!options["disable_default_key_bindings"].boolean_or(false))
        add_keys(keys, default_keys(), preference, false);
    add_keys(keys, options["keys"], preference, true);
    if (!options["disable_default_mouse_bindings"].boolean_or(false))
        add_mouse(mouse, default_mouse_bindings(), false);
    add_mouse(mouse, options["mouse_bindings"], true);

    std::vector<MapEntry> tables;
    for (const MapEntry& entry : default_key_tables().entries())
        tables.push_back({entry.key, table(entry.value, preference, false)});
    for (const MapEntry& entry : options["key_tables"].entries())
        tables.push_back({entry.key, table(entry.value, preference, true)});

    // One of the user's for either screen hides a default for one of them: those that disable stay, too.
    std::vector<MapEntry> all{
        {"keys", keys.take()}, {"key_tables", Value::map(std::move(tables))}, {"mouse", mouse.take_all()}};
    if (const Value& leader = options["leader"]; leader.kind() == Kind::map) {
        std::string key = qualified(leader["key"].text(), preference);
        if (!key.empty())
            all.push_back({"leader", Value::map({{"key", std::move(key)},
                                                 {"mods", leader["mods"]},
                                                 {"timeout_milliseconds", leader["timeout_milliseconds"]}})});
    }
    return Value::map(std::move(all));
}

} // namespace lunette::wezterm
