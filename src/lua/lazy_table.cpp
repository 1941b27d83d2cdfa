#include "lua/lazy_table.h"

#include <new>
#include <optional>

#include "lua/handle.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"

namespace lunette::lua {

namespace {

/// In a userdata whose user value is the table of nested tables handed out so far, or nil.
struct Source {
    RecordRef owner; ///< empty: reads are not recorded
    int field;
    Value value;
    Counted<ListNode> list;
    const ObjectInfo* items;
    bool of_records;
    std::size_t weight; ///< native bytes reported

    std::size_t size() const noexcept {
        if (!of_records) return value.kind() == Kind::list ? value.size() : 0;
        return list ? list->items().size() : 0;
    }
};

const char source_metatable_key = 0;

int collect_source(lua_State* L) {
    auto* source = static_cast<Source*>(lua_touserdata(L, 1));
    Vm::of(L).memory().release(source->weight);
    source->~Source();
    return 0;
}

void push_source_metatable(lua_State* L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &source_metatable_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, collect_source);
    lua_setfield(L, -2, "__gc");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &source_metatable_key);
}

void push_table(lua_State* L, Vm& vm, Source&& source) {
    need(L, 5);
    const std::size_t weight = source.weight;
    lua_createtable(L, 0, 1);
    push_source_metatable(L);
    new (lua_newuserdatauv(L, sizeof(Source), 1)) Source{std::move(source)};
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_rawsetp(L, -2, &hidden_key);
    vm.push_lazy_metatable(L);
    lua_setmetatable(L, -2);
    if (weight) vm.memory().charge(L, weight);
}

/// Pushes the source's userdata of the lazy table at an index.
Source& push_source(lua_State* L, int index) {
    lua_rawgetp(L, index, &hidden_key);
    return *static_cast<Source*>(lua_touserdata(L, -1));
}

void record_whole(Vm& vm, const Source& source) {
    if (!source.owner) return;
    if (!source.of_records) return vm.host().read_field(*source.owner, source.field);
    vm.host().read_length(*source.owner, source.field);
    for (std::size_t i = 0; i < source.size(); ++i)
        vm.host().read_item(*source.owner, source.field, static_cast<std::uint32_t>(i));
}

void push_item(lua_State* L, Vm& vm, const Source& source, std::size_t index) {
    const RecordRef& item = source.list->items()[index];
    if (!item) return lua_pushnil(L);
    const ObjectType type = source.items ? source.items->index : 0;
    push_record(L, vm, *item, vm.objects().resolve(item->schema(), type));
}

/// Pushes a part of a value. Nested tables are handed out once, so that what a script writes into one stays:
/// `holder` is the index of the source's userdata, `key` that of the key.
void push_part(lua_State* L, const Value& part, int holder, int key) {
    if (part.kind() != Kind::list && part.kind() != Kind::map) return push_nested(L, part);
    if (lua_getiuservalue(L, holder, 1) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, holder, 1);
    }
    lua_pushvalue(L, key);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pop(L, 1);
        push_nested(L, part);
        lua_pushvalue(L, key);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
}

/// The part under the key at an index, recorded as read; null when there is none.
const Value* find_part(lua_State* L, Vm& vm, const Source& source, int key) {
    const bool map = source.value.kind() == Kind::map;
    if (const auto name = string_at(L, key)) {
        if (!map) return nullptr;
        if (source.owner) vm.host().read_key(*source.owner, source.field, *name);
        return &source.value[*name];
    }
    if (source.owner) vm.host().read_field(*source.owner, source.field);
    if (const auto integer = integer_at(L, key)) return &source.value[Value{*integer}];
    if (map && lua_type(L, key) == LUA_TNUMBER) return &source.value[Value{lua_tonumber(L, key)}];
    if (map && lua_type(L, key) == LUA_TBOOLEAN) return &source.value[Value{lua_toboolean(L, key) != 0}];
    return nullptr;
}

int index(lua_State* L) {
    return guarded(L, [L] {
        need(L, 6);
        Vm& vm = Vm::of(L);
        lua_settop(L, 2);
        if (!is_lazy(L, 1)) return 0;
        Source& source = push_source(L, 1);
        if (source.of_records) {
            const auto at = integer_at(L, 2);
            if (!at) return 0;
            if (*at < 1 || static_cast<std::uint64_t>(*at) > source.size()) {
                vm.host().read_length(*source.owner, source.field);
                return 0;
            }
            const auto item = static_cast<std::uint32_t>(*at - 1);
            vm.host().read_item(*source.owner, source.field, item);
            push_item(L, vm, source, item);
            return 1;
        }
        const Value* part = find_part(L, vm, source, 2);
        if (!part || part->is_nil()) return 0;
        push_part(L, *part, 3, 2);
        return 1;
    });
}

int new_index(lua_State* L) {
    return guarded(L, [L] {
        lua_settop(L, 3);
        materialise(L, 1);
        lua_rawset(L, 1);
        return 0;
    });
}

int length(lua_State* L) {
    return guarded(L, [L] {
        if (!is_lazy(L, 1)) {
            lua_pushinteger(L, static_cast<lua_Integer>(lua_rawlen(L, 1)));
            return 1;
        }
        Vm& vm = Vm::of(L);
        const Source& source = push_source(L, 1);
        if (source.value.kind() == Kind::map) {
            materialise(L, 1);
            lua_pushinteger(L, static_cast<lua_Integer>(lua_rawlen(L, 1)));
            return 1;
        }
        if (source.owner && source.of_records)
            vm.host().read_length(*source.owner, source.field);
        else if (source.owner)
            vm.host().read_field(*source.owner, source.field);
        lua_pushinteger(L, static_cast<lua_Integer>(source.size()));
        return 1;
    });
}

int pairs(lua_State* L) {
    return guarded(L, [L] {
        lua_settop(L, 1);
        materialise(L, 1);
        Vm::of(L).push_next(L);
        lua_insert(L, 1);
        lua_pushnil(L);
        return 3;
    });
}

} // namespace

void push_lazy(lua_State* L, Vm& vm, const Value& value, const RecordNode* owner, int field,
               std::size_t weight) {
    push_table(L, vm, Source{RecordRef::share(owner), field, value, {}, nullptr, false, weight});
}

void push_record_list(lua_State* L, Vm& vm, const RecordNode& owner, int field, const ListNode* list,
                      const ObjectInfo* items) {
    push_table(L, vm,
               Source{RecordRef::share(&owner), field, {}, Counted<ListNode>::share(list), items, true, 0});
    if (vm.host().eager()) materialise(L, -1);
}

bool is_lazy(lua_State* L, int index) noexcept {
    if (lua_type(L, index) != LUA_TTABLE || !lua_checkstack(L, 1) || !lua_getmetatable(L, index))
        return false;
    const bool lazy = lua_topointer(L, -1) == Vm::of(L).lazy_metatable_address();
    lua_pop(L, 1);
    return lazy;
}

void materialise(lua_State* L, int index) {
    if (!is_lazy(L, index)) return;
    index = lua_absindex(L, index);
    need(L, 8);
    Vm& vm = Vm::of(L);
    const Source& source = push_source(L, index);
    const int holder = lua_gettop(L);
    record_whole(vm, source);
    if (source.value.kind() == Kind::map) {
        for (const MapEntry& entry : source.value.entries()) {
            push_nested(L, entry.key);
            push_part(L, entry.value, holder, holder + 1);
            lua_rawset(L, index);
        }
    } else {
        for (std::size_t i = 0; i < source.size(); ++i) {
            lua_pushinteger(L, static_cast<lua_Integer>(i) + 1);
            if (source.of_records)
                push_item(L, vm, source, i);
            else
                push_part(L, source.value.items()[i], holder, holder + 1);
            lua_rawset(L, index);
        }
    }
    lua_pushnil(L);
    lua_rawsetp(L, index, &hidden_key);
    lua_pushnil(L);
    lua_setmetatable(L, index);
    lua_settop(L, holder - 1);
}

LazyContent read_whole(lua_State* L, int index) {
    index = lua_absindex(L, index);
    const Source& source = push_source(L, index);
    record_whole(Vm::of(L), source);
    lua_getiuservalue(L, -1, 1);
    lua_remove(L, -2);
    return {source.of_records ? nullptr : &source.value, source.list.get(), source.items};
}

bool push_handed_out(lua_State* L, int index) noexcept {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return false;
    const int relative = index < 0 && index > LUA_REGISTRYINDEX ? index - 2 : index;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &source_metatable_key);
    const bool source = lua_rawequal(L, -1, -2) != 0;
    if (source && lua_getiuservalue(L, relative, 1) == LUA_TTABLE) {
        lua_insert(L, -3);
        lua_pop(L, 2);
        return true;
    }
    lua_pop(L, source ? 3 : 2);
    return false;
}

Kind table_kind(lua_State* L, int index) {
    if (!is_lazy(L, index)) return lua_rawlen(L, index) > 0 ? Kind::list : Kind::map;
    lua_rawgetp(L, index, &hidden_key);
    const auto& source = *static_cast<const Source*>(lua_touserdata(L, -1));
    const Kind kind = source.of_records ? Kind::list : source.value.kind();
    lua_pop(L, 1);
    return kind;
}

void push_new_lazy_metatable(lua_State* L) {
    const luaL_Reg functions[] = {{"__index", index},
                                  {"__newindex", new_index},
                                  {"__len", length},
                                  {"__pairs", pairs},
                                  {nullptr, nullptr}};
    luaL_newlib(L, functions);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

} // namespace lunette::lua
