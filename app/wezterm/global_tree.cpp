#include "wezterm/global_tree.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace lunette::wezterm {

namespace {

using Changed = tl::expected<Value, std::string>;

tl::unexpected<std::string> error(std::string text) { return tl::unexpected<std::string>{std::move(text)}; }

Changed with_item(const Value& list, const Value& key, Value value) {
    const std::int64_t index = key.integer_or(0);
    const auto size = static_cast<std::int64_t>(list.size());
    if (key.kind() != Kind::integer) return error("the index of an array must be an integer");
    // One past the end appends. WezTerm refuses that, and appends where its last element is assigned.
    if (index < 1 || index > size + 1)
        return error(fmt::format("index {} is out of range for an array of {} elements", index, size));
    std::vector<Value> items = list.items();
    if (index == size + 1) {
        if (!value.is_nil()) items.push_back(std::move(value));
    } else if (value.is_nil() && index == size) {
        items.pop_back();
    } else {
        items[static_cast<std::size_t>(index - 1)] = std::move(value);
    }
    return Value::list(std::move(items));
}

Changed with_entry(const Value& map, const Value& key, Value value) {
    // An empty table may still become an array.
    if (map.size() == 0 && key.kind() == Kind::integer && key.integer_or(0) == 1)
        return value.is_nil() ? map : Value::list({std::move(value)});
    if (key.kind() != Kind::string) return error("the key of an object must be a string");
    std::vector<MapEntry> entries;
    entries.reserve(map.size() + 1);
    for (const MapEntry& entry : map.entries())
        if (!(entry.key == key)) entries.push_back(entry);
    if (!value.is_nil()) entries.push_back({key, std::move(value)});
    return Value::map(std::move(entries));
}

Changed with(const Value& table, const Value& key, Value value) {
    if (table.kind() == Kind::list && table.size() > 0) return with_item(table, key, std::move(value));
    if (table.kind() == Kind::map || table.kind() == Kind::list)
        return with_entry(table, key, std::move(value));
    return error("the table is not in wezterm.GLOBAL any more");
}

Changed with_path(const Value& table, const GlobalPath& path, std::size_t depth, const Value& key,
                  Value value) {
    if (depth == path.size()) return with(table, key, std::move(value));
    Changed inner = with_path(table[path[depth]], path, depth + 1, key, std::move(value));
    if (!inner) return inner;
    return with(table, path[depth], std::move(*inner));
}

bool has_numbered_entries(const Value& value) {
    const auto numbered = [](const MapEntry& entry) {
        return entry.key.kind() == Kind::integer || has_numbered_entries(entry.value);
    };
    if (value.kind() == Kind::list)
        return std::any_of(value.items().begin(), value.items().end(), has_numbered_entries);
    return std::any_of(value.entries().begin(), value.entries().end(), numbered);
}

// As it is kept: the keys of a map are strings.
Value kept_form(Value value) {
    if (!has_numbered_entries(value)) return value;
    if (value.kind() == Kind::list) {
        std::vector<Value> items;
        for (const Value& item : value.items()) items.push_back(kept_form(item));
        return Value::list(std::move(items));
    }
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : value.entries())
        entries.push_back({global_key(value, entry.key), kept_form(entry.value)});
    return Value::map(std::move(entries));
}

} // namespace

Value global_key(const Value& table, const Value& key) {
    if (table.kind() != Kind::map || key.kind() != Kind::integer) return key;
    return std::to_string(key.integer_or(0));
}

Value global_at(const Value& root, const GlobalPath& path) {
    Value value = root;
    for (const Value& key : path) value = Value{value[key]};
    return value;
}

tl::expected<Value, std::string> with_global(const Value& root, const GlobalPath& parent, const Value& key,
                                             Value value) {
    const Value& name = parent.empty() ? key : parent[0];
    if (name.kind() != Kind::string) return error("the key of an object must be a string");
    return with_path(root, parent, 0, key, kept_form(std::move(value)));
}

} // namespace lunette::wezterm
