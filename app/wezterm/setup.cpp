#include "wezterm/setup.h"

#include "model/key_name.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

Value chord_value(const model::KeyChord& chord, std::string_view key) {
    return Value::map({{"key", key}, {"mods", to_string(chord.modifiers)}});
}

// "CTRL+a", "CTRL+SHIFT+Space", "F12".
Value checked_prefix(const Value& given) {
    if (given.kind() == Kind::boolean && !given.boolean_or(true)) return false;
    if (given.kind() != Kind::string)
        throw BindError{"setup: prefix: a key like 'CTRL+a' or false expected, got " + describe(given, 40)};
    const std::string_view text = given.text();
    // A plus at the end is the key.
    const std::size_t last = text.size() < 2 ? std::string_view::npos : text.rfind('+', text.size() - 2);
    const std::string_view key = last == std::string_view::npos ? text : text.substr(last + 1);
    std::string mods{last == std::string_view::npos ? std::string_view{} : text.substr(0, last)};
    std::replace(mods.begin(), mods.end(), '+', '|');
    model::BadModifier bad;
    const auto name = model::parse_key_name(key);
    const auto modifiers = model::parse_modifiers(mods, &bad);
    if (!modifiers) throw BindError{"setup: prefix: '" + bad.word + "' is no modifier"};
    if (!name) throw BindError{"setup: prefix: there is no key '" + std::string{key} + "'"};
    if (modifiers->leader) throw BindError{"setup: prefix: LEADER is no modifier of a prefix"};
    return chord_value({*name, *modifiers}, key);
}

Value checked_word(std::string_view name, const Value& given, std::string_view only) {
    if (given.text() == only) return given;
    throw BindError{"setup: " + std::string{name} + ": '" + std::string{only} + "' expected, got " +
                    describe(given, 40)};
}

model::KeyChord chord_of(const Value& entry) {
    return model::normalized({model::parse_key_name(entry["key"].text()).value_or(model::KeyName{}),
                              model::parse_modifiers(entry["mods"].text()).value_or(model::KeyModifiers{})});
}

bool has_super(const Value& entry) {
    const auto modifiers = model::parse_modifiers(entry["mods"].text());
    return modifiers && (modifiers->set & model::Modifiers::super) != model::Modifiers::none;
}

Value replaced(const Value& entry, model::Modifiers other) {
    model::KeyModifiers modifiers = *model::parse_modifiers(entry["mods"].text());
    modifiers.set = (modifiers.set & ~model::Modifiers::super) | other;
    std::vector<MapEntry> entries{entry.entries().begin(), entry.entries().end()};
    std::erase_if(entries, [](const MapEntry& e) { return e.key.text() == "mods"; });
    entries.push_back({"mods", to_string(modifiers)});
    return Value::map(std::move(entries));
}

Value keys_with(const Value& keys, model::Modifiers other) {
    std::vector<Value> all{keys.items().begin(), keys.items().end()};
    const std::size_t given = all.size();
    for (std::size_t i = 0; i < given; ++i) {
        if (!all[i]["user"].boolean_or(false) || !has_super(all[i])) continue;
        Value also = replaced(all[i], other);
        const model::KeyChord chord = chord_of(also);
        const auto taken =
            std::find_if(all.begin(), all.end(), [&](const Value& one) { return chord_of(one) == chord; });
        if (taken == all.end())
            all.push_back(std::move(also));
        else if (!(*taken)["user"].boolean_or(false))
            *taken = std::move(also);
    }
    return Value::list(std::move(all));
}

} // namespace

void SetupStore::put(std::uint64_t generation, Value setup) {
    by_generation_.insert_or_assign(generation, std::move(setup));
}

Value SetupStore::take(std::uint64_t generation) {
    const auto found = by_generation_.find(generation);
    Value setup = found == by_generation_.end() ? Value{} : std::move(found->second);
    by_generation_.erase(by_generation_.begin(), by_generation_.upper_bound(generation));
    return setup;
}

Value checked_setup(const Value& given) {
    if (given.kind() != Kind::map) throw BindError{"setup: a table expected, got " + describe(given, 40)};
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : given.entries()) {
        const std::string_view name = entry.key.text();
        if (name == "prefix")
            entries.push_back({name, checked_prefix(entry.value)});
        else if (name == "palette")
            entries.push_back({name, checked_word(name, entry.value, "outer")});
        else if (name == "super")
            entries.push_back({name, checked_word(name, entry.value, "ALT")});
        else
            throw BindError{"setup: there is no setting " + describe(entry.key, 40) +
                            "; there are prefix, palette and super"};
    }
    return Value::map(std::move(entries));
}

Value with_super_also(const Value& bindings, std::string_view modifier) {
    const auto modifiers = model::parse_modifiers(modifier);
    if (!modifiers || modifier == "SUPER" || bindings.kind() != Kind::map) return bindings;
    std::vector<MapEntry> entries{bindings.entries().begin(), bindings.entries().end()};
    for (MapEntry& entry : entries) {
        if (entry.key.text() == "keys") entry.value = keys_with(entry.value, modifiers->set);
        // A leader that cannot arrive is none: the other key takes its place.
        if (entry.key.text() == "leader" && has_super(entry.value))
            entry.value = replaced(entry.value, modifiers->set);
        if (entry.key.text() != "key_tables") continue;
        std::vector<MapEntry> tables{entry.value.entries().begin(), entry.value.entries().end()};
        for (MapEntry& table : tables) table.value = keys_with(table.value, modifiers->set);
        entry.value = Value::map(std::move(tables));
    }
    return Value::map(std::move(entries));
}

} // namespace lunette::wezterm
