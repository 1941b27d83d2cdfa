#include "lua/push.h"

#include <algorithm>

#include "lua/handle.h"
#include "lua/lazy_table.h"
#include "lua/stack.h"

namespace lunette::lua {

namespace {

constexpr std::size_t largest_plain = 32;
constexpr int deepest_plain = 16;
constexpr int deepest_eager = 200;

enum class Keeper { nobody, lazy_table };

/// Bytes that a value takes, estimated from samples.
std::size_t weigh(const Value& value, int depth = 0) {
    constexpr std::size_t samples = 4;
    constexpr std::size_t overhead = 48;
    const std::size_t size = value.size();
    const std::size_t taken = std::min(size, samples);
    std::size_t sum = overhead + value.text().size();
    if (taken == 0 || depth > 4) return sum;
    const std::size_t stride = size / taken;
    std::size_t sampled = 0;
    for (std::size_t i = 0; i < taken; ++i) {
        if (value.kind() == Kind::list)
            sampled += weigh(value.items()[i * stride], depth + 1);
        else
            sampled += overhead + weigh(value.entries()[i * stride].value, depth + 1);
    }
    return sum + sampled * stride;
}

void push(lua_State* L, Vm& vm, const Value& value, Keeper keeper, int depth);

void push_plain(lua_State* L, Vm& vm, const Value& value, Keeper keeper, int depth) {
    if (value.kind() == Kind::list) {
        const auto& items = value.items();
        lua_createtable(L, static_cast<int>(items.size()), 0);
        for (std::size_t i = 0; i < items.size(); ++i) {
            push(L, vm, items[i], keeper, depth + 1);
            lua_rawseti(L, -2, static_cast<lua_Integer>(i) + 1);
        }
    } else {
        lua_createtable(L, 0, static_cast<int>(value.size()));
        for (const MapEntry& entry : value.entries()) {
            push(L, vm, entry.key, keeper, depth + 1);
            push(L, vm, entry.value, keeper, depth + 1);
            lua_rawset(L, -3);
        }
    }
}

void push(lua_State* L, Vm& vm, const Value& value, Keeper keeper, int depth) {
    need(L, 4);
    switch (value.kind()) {
    case Kind::nil: return lua_pushnil(L);
    case Kind::boolean: return lua_pushboolean(L, value.boolean_or(false));
    case Kind::integer: return lua_pushinteger(L, value.integer_or(0));
    case Kind::number: return lua_pushnumber(L, value.number_or(0));
    case Kind::string: return push_text(L, value.text());
    case Kind::record: {
        const RecordNode& record = *value.record();
        return push_record(L, vm, record, vm.objects().resolve(record.schema(), value.object_type()));
    }
    case Kind::list:
    case Kind::map:
        const bool plain = vm.host().eager() ? depth < deepest_eager
                                             : depth < deepest_plain && value.size() <= largest_plain;
        if (plain) return push_plain(L, vm, value, keeper, depth);
        return push_lazy(L, vm, value, nullptr, -1, keeper == Keeper::nobody ? weigh(value) : 0);
    }
}

/// Needs one free slot; makes room for more itself.
/// `items` is how the items of a list, or the record itself, show themselves; null for the default.
void push_view(lua_State* L, Vm& vm, const RecordNode& record, int index, const ObjectInfo* items) {
    const Field& field = record.schema().field(static_cast<std::size_t>(index));
    const FieldView view = field.get(field, record.payload());
    switch (view.kind) {
    case Kind::nil: vm.host().read_field(record, index); return lua_pushnil(L);
    case Kind::boolean: vm.host().read_field(record, index); return lua_pushboolean(L, view.boolean);
    case Kind::integer: vm.host().read_field(record, index); return lua_pushinteger(L, view.integer);
    case Kind::number: vm.host().read_field(record, index); return lua_pushnumber(L, view.number);
    case Kind::string: vm.host().read_field(record, index); return push_text(L, view.string);
    case Kind::record: {
        vm.host().read_field(record, index);
        const ObjectType type = items ? items->index : view.object_type;
        return push_record(L, vm, *view.record, vm.objects().resolve(view.record->schema(), type));
    }
    case Kind::list:
    case Kind::map:
        if (field.kind == Kind::list) return push_record_list(L, vm, record, index, view.list, items);
        if (vm.host().eager()) {
            vm.host().read_field(record, index);
            return push(L, vm, *view.value, Keeper::nobody, 0);
        }
        vm.host().read_kind(record, index);
        return push_lazy(L, vm, *view.value, &record, index);
    }
}

} // namespace

void push_value(lua_State* L, const Value& value) { push(L, Vm::of(L), value, Keeper::nobody, 0); }

void push_nested(lua_State* L, const Value& value) { push(L, Vm::of(L), value, Keeper::lazy_table, 0); }

void push_field(lua_State* L, Vm& vm, const RecordNode& record, int field, const ObjectInfo& object) {
    push_view(L, vm, record, field, object.field_objects[static_cast<std::size_t>(field)]);
}

void push_argument(lua_State* L, const Argument& argument) {
    need(L, 1);
    Vm& vm = Vm::of(L);
    const ObjectInfo* object = argument.object.empty() ? nullptr : vm.objects().find(argument.object);
    if (!argument.object.empty() && !object) throw BindError{"there is no object '" + argument.object + "'"};
    const RecordNode* record = argument.value.record();
    if (!argument.field.empty()) {
        const int field = record ? record->schema().find(argument.field) : -1;
        if (field < 0) throw BindError{"there is no field '" + argument.field + "' to pass"};
        return push_view(L, vm, *record, field, object);
    }
    if (!record) return push_value(L, argument.value);
    const ObjectType type = object ? object->index : argument.value.object_type();
    push_record(L, vm, *record, vm.objects().resolve(record->schema(), type));
}

} // namespace lunette::lua
