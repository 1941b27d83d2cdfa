#include "wezterm/global_object.h"
#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/plain_value.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace lunette::wezterm {

namespace {

// Under this name the engine knows who depends on a key of GLOBAL; without a key, on which keys there are.
std::string state_name(const Value* key) {
    return key ? "GLOBAL." + std::string{key->text()} : std::string{"GLOBAL"};
}

void read(Script& script, const GlobalNode& node, const Value& key) {
    script.reads_state(state_name(node.path.empty() ? &key : &node.path[0]));
}

void read(Script& script, const GlobalNode& node) {
    script.reads_state(state_name(node.path.empty() ? nullptr : &node.path[0]));
}

// Scalars as they are, tables as references into the tree.
Value seen(const GlobalNode& parent, const Value& key, Value value) {
    if (value.kind() != Kind::map && value.kind() != Kind::list) return value;
    GlobalPath path = parent.path;
    path.push_back(key);
    return global_value(std::move(path));
}

Value index(Script& script, RecordRef self, Value key) {
    const auto& node = payload<GlobalNode>(self);
    key = global_key(global_at(script.kept(), node.path), key);
    read(script, node, key);
    GlobalPath path = node.path;
    path.push_back(key);
    return seen(node, key, global_at(script.kept(), path));
}

void new_index(Script& script, RecordRef self, Value key, Value value) {
    const auto& node = payload<GlobalNode>(self);
    const bool top = node.path.empty();
    const Value before = script.kept();
    const bool was_there = top && !before[key].is_nil();
    const bool is_there = !value.is_nil();
    auto after = with_global(before, node.path, key, plain_value(script, value));
    if (!after) throw BindError{"wezterm.GLOBAL: " + after.error()};
    if (*after == before) return;
    script.keep(std::move(*after));
    script.changed(state_name(top ? &key : &node.path[0]));
    if (top && was_there != is_there) script.changed(state_name(nullptr));
}

// The step of `for key, value in pairs(…)`: the object itself is the iterator function.
std::tuple<Value, Value> next_entry(Script& script, RecordRef self, Value, Value key) {
    const auto& node = payload<GlobalNode>(self);
    const Value table = global_table(script, node);
    if (table.kind() == Kind::list) {
        const std::int64_t next = key.integer_or(0) + 1;
        if (next > static_cast<std::int64_t>(table.size())) return {};
        return {next, seen(node, next, table[Value{next}])};
    }
    const auto& entries = table.entries();
    // Keys may come and go while the loop runs.
    const auto at = std::find_if(entries.begin(), entries.end(), [&](const MapEntry& entry) {
        return key.is_nil() || entry.key.text() > key.text();
    });
    if (at == entries.end()) return {};
    return {at->key, seen(node, at->key, at->value)};
}

} // namespace

const TypedSchema<GlobalNode>& global_schema() {
    static const TypedSchema<GlobalNode> schema = lunette::schema<GlobalNode>("GLOBAL");
    return schema;
}

Value global_value(GlobalPath path) { return Value{global_schema().make(GlobalNode{std::move(path)})}; }

Value global_table(Script& script, const GlobalNode& node) {
    read(script, node);
    Value table = global_at(script.kept(), node.path);
    if (table.kind() != Kind::map && table.kind() != Kind::list) table = Value{};
    if (node.path.empty())
        for (const MapEntry& entry : table.entries()) script.reads_state(state_name(&entry.key));
    return table;
}

Object global_object() {
    Object object{"GLOBAL", global_schema(), Binding::pinned};
    object.metamethod("__index", index)
        .metamethod("__newindex", new_index)
        .metamethod("__call", next_entry)
        .metamethod("__pairs",
                    [](RecordRef self) {
                        const Value value{self};
                        return std::tuple{value, value, Value{}};
                    })
        .metamethod("__len",
                    [](Script& script, RecordRef self) {
                        return static_cast<std::int64_t>(
                            global_table(script, payload<GlobalNode>(self)).size());
                    })
        .metamethod("__tostring", [](Script& script, RecordRef self) {
            return describe(global_table(script, payload<GlobalNode>(self)), 4096);
        });
    return object;
}

} // namespace lunette::wezterm
