#pragma once

#include "lua/lua_api.h"

namespace lunette::lua {

/// Opens Lua's standard libraries except `debug`. C modules cannot be loaded: they would be written for a C
/// build of Lua, whose errors skip destructors.
void open_libraries(lua_State* L);

/// Replaces those functions of the base library that do not go with the rest:
/// - print logs; collectgarbage asks instead of collecting and cannot switch the collector off;
/// - setmetatable ignores `__gc` (finalizers would run user code inside the collector);
/// - next, rawget, rawset, rawlen and getmetatable see plain tables where there are lazy ones.
/// REQUIRES: Vm::push_next works.
/// Pushes a list, with weak values, of tables that were given a `__mode`; the first 256 of them.
void push_weak_tables(lua_State* L);
void replace_base_functions(lua_State* L);

} // namespace lunette::lua
