#pragma once

#include "lua/lua_api.h"

namespace lunette::lua::stdlib {

// What a table function does with its argument; a value that is no table needs the metamethods for it.
struct Needs {
    bool read = false;
    bool write = false;
    bool length = false;
};

inline void check_table(lua_State* L, int argument, Needs needs) {
    if (lua_istable(L, argument)) return;
    const auto has = [&](const char* metamethod) {
        if (luaL_getmetafield(L, argument, metamethod) == LUA_TNIL) return false;
        lua_pop(L, 1);
        return true;
    };
    if (!lua_getmetatable(L, argument)) luaL_checktype(L, argument, LUA_TTABLE);
    lua_pop(L, 1);
    if ((needs.read && !has("__index")) || (needs.write && !has("__newindex")) ||
        (needs.length && !has("__len")))
        luaL_checktype(L, argument, LUA_TTABLE);
}

inline lua_Integer check_length(lua_State* L, int argument, Needs needs) {
    needs.length = true;
    check_table(L, argument, needs);
    return luaL_len(L, argument);
}

} // namespace lunette::lua::stdlib
