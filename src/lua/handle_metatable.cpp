#include "lua/handle_metatable.h"

#include "lua/call.h"
#include "lua/handle.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"
#include "lua/text_object.h"

namespace lunette::lua {

namespace {

const ObjectInfo& object_of(lua_State* L, int upvalue) {
    return *static_cast<const ObjectInfo*>(lua_touserdata(L, lua_upvalueindex(upvalue)));
}

/// What the script tried to reach, for messages: 'title', 1, a table.
std::string key_text(lua_State* L, int index) {
    if (const auto name = string_at(L, index)) return "'" + std::string{name->substr(0, 60)} + "'";
    if (const auto number = integer_at(L, index)) return std::to_string(*number);
    return std::string{"by a "} + luaL_typename(L, index);
}

/// Pushes what reading it gives. As in WezTerm, objects that consist of methods answer nil, so that a script
/// can ask what an object is (`if window.tab_id then`); those with fields raise.
int unknown_field(lua_State* L, Vm& vm, const ObjectInfo& object) {
    if (const auto name = string_at(L, 2); name && object.text && push_text_method(L, object, *name))
        return 1;
    std::string message = object.name + " has no field " + key_text(L, 2);
    if (object.live || object.members.empty()) {
        vm.host().script().problem(false, message + "; it reads as nil");
        lua_pushnil(L);
        return 1;
    }
    if (const auto name = string_at(L, 2))
        if (const std::string close = object.closest(*name); !close.empty())
            message += "; did you mean '" + close + "'?";
    vm.host().script().problem(false, message); // who asks with pcall does without it
    raise(L, message);
}

// __index. Upvalues: the table name -> Member (light) or method, and the object.
int index(lua_State* L) {
    return guarded(L, [L] {
        Vm& vm = Vm::of(L);
        lua_settop(L, 2);
        Handle& handle = *static_cast<Handle*>(lua_touserdata(L, 1));
        lua_pushvalue(L, 2);
        switch (lua_rawget(L, lua_upvalueindex(1))) {
        case LUA_TFUNCTION: return 1;
        case LUA_TLIGHTUSERDATA: break;
        default: return unknown_field(L, vm, object_of(L, 2));
        }
        if (handle.object->live && vm.host().must_wait(L))
            return vm.host().wait(L, 0, [](lua_State* state, int, lua_KContext) { return index(state); });
        const Member& member = *static_cast<const Member*>(lua_touserdata(L, 3));
        push_member(L, vm, *handle.object, member, require_version(L, vm, handle), 1);
        return 1;
    });
}

// get_title(self). Upvalues: the object, the field.
int getter(lua_State* L) {
    return guarded(L, [L] {
        Vm& vm = Vm::of(L);
        const ObjectInfo& object = object_of(L, 1);
        Handle* handle = handle_at(L, 1);
        if (!handle || handle->object->schema != object.schema)
            throw BindError{object.name + ": its methods are called with ':' on a " + object.name +
                            ", not on a " + argument_type_name(L, 1)};
        if (handle->object->live && vm.host().must_wait(L))
            return vm.host().wait(L, 0, [](lua_State* state, int, lua_KContext) { return getter(state); });
        const RecordNode& record = require_version(L, vm, *handle);
        push_field(L, vm, record, static_cast<int>(lua_tointeger(L, lua_upvalueindex(2))), object);
        return 1;
    });
}

int new_index(lua_State* L) {
    return guarded(L, [L]() -> int {
        const ObjectInfo& object = object_of(L, 1);
        std::string key = key_text(L, 2);
        if (const auto name = string_at(L, 2)) key = std::string{name->substr(0, 60)};
        throw BindError{object.name + " is read-only: cannot set " + key};
    });
}

// __pairs: reads every field at once.
int pairs(lua_State* L) {
    return guarded(L, [L] {
        Vm& vm = Vm::of(L);
        Handle* handle = handle_at(L, 1);
        if (!handle) throw BindError{"pairs: an object is expected"};
        if (handle->object->live && vm.host().must_wait(L))
            return vm.host().wait(L, 0, [](lua_State* state, int, lua_KContext) { return pairs(state); });
        const ObjectInfo& object = *handle->object;
        const RecordNode& record = require_version(L, vm, *handle);
        lua_settop(L, 1);
        vm.push_next(L);
        lua_createtable(L, 0, static_cast<int>(object.members.size()));
        for (const auto& [name, member] : object.members) {
            push_text(L, name);
            push_member(L, vm, object, member, record, 1);
            lua_rawset(L, -3);
        }
        lua_pushnil(L);
        return 3;
    });
}

int equal(lua_State* L) {
    const Handle* a = handle_at(L, 1);
    const Handle* b = handle_at(L, 2);
    lua_pushboolean(L, a && b && a->object == b->object && a->record->id() == b->record->id());
    return 1;
}

int to_string(lua_State* L) {
    return guarded(L, [L] {
        Handle* handle = handle_at(L, 1);
        if (!handle) throw BindError{"tostring: an object is expected"};
        push_text(L, handle_text(*handle->object, *handle->record));
        return 1;
    });
}

int collect(lua_State* L) {
    auto* handle = static_cast<Handle*>(lua_touserdata(L, 1));
    Vm::of(L).memory().release(handle->weight);
    handle->weight = 0;
    handle->record = {};
    return 0;
}

void set_function(lua_State* L, const char* name, lua_CFunction function, const ObjectInfo& object) {
    lua_pushlightuserdata(L, const_cast<ObjectInfo*>(&object));
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

/// Name -> what reading it from a handle gives: a light Member, or a function.
void push_members(lua_State* L, ObjectInfo& object) {
    lua_newtable(L);
    for (const auto& [name, field] : object.getters) {
        push_text(L, name);
        lua_pushlightuserdata(L, &object);
        lua_pushinteger(L, field);
        lua_pushcclosure(L, getter, 2);
        lua_rawset(L, -3);
    }
    for (auto& [name, member] : object.members) {
        push_text(L, name);
        lua_pushlightuserdata(L, &member);
        lua_rawset(L, -3);
    }
    for (const auto& [name, entry] : object.methods) {
        push_text(L, name);
        push_bound_function(L, entry);
        lua_rawset(L, -3);
    }
}

} // namespace

void create_handle_metatable(lua_State* L, ObjectInfo& object) {
    need(L, 6);
    lua_newtable(L);
    push_members(L, object);
    lua_pushlightuserdata(L, &object);
    lua_pushcclosure(L, index, 2);
    lua_setfield(L, -2, "__index");
    set_function(L, "__newindex", new_index, object);
    set_function(L, "__pairs", pairs, object);
    set_function(L, "__eq", equal, object);
    set_function(L, "__tostring", to_string, object);
    if (object.text) add_text_operators(L);
    for (const auto& [name, entry] : object.metamethods) {
        push_text(L, name);
        push_bound_function(L, entry);
        lua_rawset(L, -3);
    }
    set_function(L, "__gc", collect, object);
    push_text(L, object.name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    object.metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}

void push_member(lua_State* L, Vm& vm, const ObjectInfo& object, const Member& member,
                 const RecordNode& record, int self) {
    if (member.field >= 0)
        push_field(L, vm, record, member.field, object);
    else
        push_property(L, vm, member.property, record, self);
}

} // namespace lunette::lua
