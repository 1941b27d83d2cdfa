#include "lua/base_library.h"

#include <algorithm>
#include <string>

#include "lua/lazy_table.h"
#include "lua/place.h"
#include "lua/stack.h"
#include "lua/vm.h"

namespace lunette::lua {

namespace {

constexpr lua_Integer most_weak_tables = 256;
constexpr char weak_tables_key = 0; // its address is the registry's key

int print(lua_State* L) {
    const int count = lua_gettop(L);
    return guarded(L, [&] {
        need(L, count + 3);
        luaL_Buffer line;
        luaL_buffinit(L, &line);
        for (int i = 1; i <= count; ++i) {
            if (i > 1) luaL_addchar(&line, '\t');
            luaL_tolstring(L, i, nullptr);
            luaL_addvalue(&line);
        }
        luaL_pushresult(&line);
        Vm::of(L).host().script().log(LogLevel::info, *string_at(L, -1));
        return 0;
    });
}

// The options of lua_gc, as in Lua's base library.
enum class GcOption {
    stop,
    restart,
    collect,
    count,
    step,
    setpause,
    setstepmul,
    isrunning,
    generational,
    incremental
};

int collectgarbage(lua_State* L) {
    static const char* const names[] = {"stop",         "restart",     "collect",    "count",
                                        "step",         "setpause",    "setstepmul", "isrunning",
                                        "generational", "incremental", nullptr};
    const auto option = static_cast<GcOption>(luaL_checkoption(L, 1, "collect", names));
    return guarded(L, [&] {
        switch (option) {
        case GcOption::count: {
            const int kib = lua_gc(L, LUA_GCCOUNT);
            const int rest = lua_gc(L, LUA_GCCOUNTB);
            lua_pushnumber(L, kib + rest / 1024.0);
            return 1;
        }
        case GcOption::step: {
            luaL_optinteger(L, 2, 0); // of any size it would be a pause
            lua_pushboolean(L, lua_gc(L, LUA_GCSTEP, 0) == 1);
            return 1;
        }
        case GcOption::isrunning: lua_pushboolean(L, true); return 1;
        case GcOption::generational:
        case GcOption::incremental:
            for (int i = 2; i <= 4; ++i) luaL_optinteger(L, i, 0);
            lua_pushliteral(L, "incremental");
            return 1;
        case GcOption::setpause:
        case GcOption::setstepmul: {
            luaL_optinteger(L, 2, 0);
            // There is no way to ask for these but to set them.
            const int what = option == GcOption::setpause ? LUA_GCSETPAUSE : LUA_GCSETSTEPMUL;
            const int now = lua_gc(L, what, 100);
            lua_gc(L, what, now);
            lua_pushinteger(L, now);
            return 1;
        }
        case GcOption::collect:
            if (const auto& requested = Vm::of(L).options().collect_requested) requested();
            break;
        case GcOption::stop:
        case GcOption::restart: break;
        }
        lua_pushinteger(L, 0);
        return 1;
    });
}

void remember_weak_table(lua_State* L, int table) {
    push_weak_tables(L);
    const auto count = static_cast<lua_Integer>(lua_rawlen(L, -1));
    if (count < most_weak_tables) {
        lua_pushvalue(L, table);
        lua_rawseti(L, -2, count + 1);
    }
    lua_pop(L, 1);
}

int setmetatable(lua_State* L) {
    const int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    return guarded(L, [&] {
        materialise(L, 1);
        if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
            return luaL_error(L, "cannot change a protected metatable");
        lua_settop(L, 2);
        bool hidden = false;
        if (type == LUA_TTABLE) {
            lua_pushliteral(L, "__mode");
            if (lua_rawget(L, 2) == LUA_TSTRING) remember_weak_table(L, 1);
            lua_pop(L, 1);
            lua_pushliteral(L, "__gc");
            lua_pushvalue(L, -1);
            hidden = lua_rawget(L, 2) != LUA_TNIL;
        }
        if (hidden) { // on the stack: "__gc", its value
            lua_pushvalue(L, 3);
            lua_pushnil(L);
            lua_rawset(L, 2);
            lua_pushvalue(L, 2);
            lua_setmetatable(L, 1);
            lua_rawset(L, 2);
        } else {
            lua_settop(L, 2);
            lua_setmetatable(L, 1);
        }
        lua_settop(L, 1);
        return 1;
    });
}

int getmetatable(lua_State* L) {
    luaL_checkany(L, 1);
    if (is_lazy(L, 1) || !lua_getmetatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    luaL_getmetafield(L, 1, "__metatable");
    return 1; // that field, or else the metatable, on which luaL_getmetafield leaves nothing
}

// Must not be slower than Lua's for plain tables: one more check of the key found, one call less for the
// type.
int next(lua_State* L) {
    if (lua_type(L, 1) != LUA_TTABLE) luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (!lua_next(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    if (!is_hidden_key(L, -2)) return 2;
    return guarded(L, [L] {
        lua_settop(L, 1);
        materialise(L, 1);
        lua_pushnil(L);
        if (lua_next(L, 1)) return 2;
        lua_pushnil(L);
        return 1;
    });
}

int rawget(lua_State* L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    return guarded(L, [L] {
        materialise(L, 1);
        lua_rawget(L, 1);
        return 1;
    });
}

int rawset(lua_State* L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    return guarded(L, [L] {
        materialise(L, 1);
        lua_rawset(L, 1);
        return 1;
    });
}

int rawlen(lua_State* L) {
    const int type = lua_type(L, 1);
    luaL_argexpected(L, type == LUA_TTABLE || type == LUA_TSTRING, 1, "table or string");
    return guarded(L, [L] {
        materialise(L, 1);
        lua_pushinteger(L, static_cast<lua_Integer>(lua_rawlen(L, 1)));
        return 1;
    });
}

/// Leaves the searchers for preloaded modules and Lua files.
void forbid_c_modules(lua_State* L) {
    lua_getglobal(L, "package");
    lua_pushnil(L);
    lua_setfield(L, -2, "loadlib");
    lua_pushliteral(L, "");
    lua_setfield(L, -2, "cpath");
    lua_getfield(L, -1, "searchers");
    for (lua_Integer i = static_cast<lua_Integer>(lua_rawlen(L, -1)); i > 2; --i) {
        lua_pushnil(L);
        lua_rawseti(L, -2, i);
    }
    lua_pop(L, 2);
}

} // namespace

void push_weak_tables(lua_State* L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &weak_tables_key) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &weak_tables_key);
}

void open_libraries(lua_State* L) {
    const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base},          {LUA_LOADLIBNAME, luaopen_package},
                                  {LUA_COLIBNAME, luaopen_coroutine}, {LUA_TABLIBNAME, luaopen_table},
                                  {LUA_IOLIBNAME, luaopen_io},        {LUA_OSLIBNAME, luaopen_os},
                                  {LUA_STRLIBNAME, luaopen_string},   {LUA_MATHLIBNAME, luaopen_math},
                                  {LUA_UTF8LIBNAME, luaopen_utf8}};
    for (const luaL_Reg& library : libraries) {
        luaL_requiref(L, library.name, library.func, 1);
        lua_pop(L, 1);
    }
    forbid_c_modules(L);
}

void replace_base_functions(lua_State* L) {
    const luaL_Reg functions[] = {{"print", print},
                                  {"collectgarbage", collectgarbage},
                                  {"setmetatable", setmetatable},
                                  {"getmetatable", getmetatable},
                                  {"next", next},
                                  {"rawget", rawget},
                                  {"rawset", rawset},
                                  {"rawlen", rawlen},
                                  {nullptr, nullptr}};
    lua_pushglobaltable(L);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

} // namespace lunette::lua
