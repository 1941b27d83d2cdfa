#include "lua/text_object.h"

#include <string>

#include "lua/handle.h"
#include "lua/place.h"
#include "lua/stack.h"
#include "lua/vm.h"

namespace lunette::lua {

namespace {

void warn(lua_State* L, const ObjectInfo& object, std::string_view what) {
    Vm::of(L).host().script().problem(false, object.name + " is no string; " + std::string{what} +
                                                 " works on its text");
}

/// Puts its text in the place of such an object.
void make_text(lua_State* L, int index) {
    const Handle* handle = handle_at(L, index);
    if (!handle || !handle->object->text) return;
    luaL_tolstring(L, index, nullptr);
    lua_replace(L, index);
}

int all_results(lua_State* L, int, lua_KContext) { return lua_gettop(L); }

// Upvalue: the function.
int call_with_text(lua_State* L) {
    need(L, 2);
    if (lua_gettop(L) > 0) make_text(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, all_results);
    return all_results(L, LUA_OK, 0);
}

int concat(lua_State* L) {
    return guarded(L, [L] {
        const Handle* left = handle_at(L, 1);
        const Handle* object = left && left->object->text ? left : handle_at(L, 2);
        warn(L, *object->object, "'..'");
        lua_settop(L, 2);
        make_text(L, 1);
        make_text(L, 2);
        lua_concat(L, 2);
        return 1;
    });
}

int length(lua_State* L) {
    return guarded(L, [L] {
        warn(L, *handle_at(L, 1)->object, "'#'");
        make_text(L, 1);
        lua_pushinteger(L, static_cast<lua_Integer>(lua_rawlen(L, 1)));
        return 1;
    });
}

} // namespace

bool push_text_method(lua_State* L, const ObjectInfo& object, std::string_view name) {
    need(L, 4);
    lua_pushliteral(L, "");
    if (luaL_getmetafield(L, -1, "__index") != LUA_TTABLE) return false;
    push_text(L, name);
    if (lua_rawget(L, -2) != LUA_TFUNCTION) return false;
    warn(L, object, name);
    lua_pushcclosure(L, call_with_text, 1);
    return true;
}

void add_text_operators(lua_State* L) {
    lua_pushcfunction(L, concat);
    lua_setfield(L, -2, "__concat");
    lua_pushcfunction(L, length);
    lua_setfield(L, -2, "__len");
}

} // namespace lunette::lua
