#include "lua/stdlib/budgeted.h"

#include "lua/stdlib/budget.h"
#include "lua/stdlib/functions.h"

#include <new>

namespace lunette::lua {

namespace {

using namespace stdlib;

// What is not here is linear in values that exist already (byte, char, len, lower, upper, reverse, sub,
// unpack, packsize, dump, table.pack, utf8.char, utf8.codes and its iterator), or builds no more than the
// heap allows (string.pack). The heap is limited, so none of them runs for more than fractions of a second.
constexpr luaL_Reg string_functions[] = {
    {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch},
    {"gsub", string_gsub}, {"rep", string_rep},     {"format", string_format},
};
constexpr luaL_Reg table_functions[] = {
    {"concat", table_concat}, {"insert", table_insert}, {"remove", table_remove},
    {"move", table_move},     {"sort", table_sort},     {"unpack", table_unpack},
};
constexpr luaL_Reg utf8_functions[] = {
    {"codepoint", utf8_codepoint},
    {"len", utf8_len},
    {"offset", utf8_offset},
};

constexpr char budget_key = 0;

Budget& registered_budget(lua_State* L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &budget_key);
    auto* budget = static_cast<Budget*>(lua_touserdata(L, -1));
    lua_pop(L, 1);
    if (!budget) luaL_error(L, "the budgeted libraries are not open");
    return *budget;
}

// Sets the functions in the table on top of the stack.
template<std::size_t count>
void set_functions(lua_State* L, const luaL_Reg (&functions)[count], Budget* budget) {
    for (const luaL_Reg& function : functions) {
        lua_pushlightuserdata(L, budget);
        lua_pushnil(L); // for borrow()
        lua_pushcclosure(L, function.func, 2);
        lua_setfield(L, -2, function.name);
    }
}

template<std::size_t count>
void replace_in(lua_State* L, const char* library, const luaL_Reg (&functions)[count], Budget* budget) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    if (lua_getfield(L, -1, library) == LUA_TTABLE) set_functions(L, functions, budget);
    lua_pop(L, 2);
}

} // namespace

void open_budgeted_libraries(lua_State* L) {
    auto* budget = new (lua_newuserdatauv(L, sizeof(Budget), 0)) Budget;
    lua_rawsetp(L, LUA_REGISTRYINDEX, &budget_key);
    replace_in(L, LUA_STRLIBNAME, string_functions, budget);
    replace_in(L, LUA_TABLIBNAME, table_functions, budget);
    replace_in(L, LUA_UTF8LIBNAME, utf8_functions, budget);
    const luaL_Reg base_functions[] = {{"load", base_load}};
    replace_in(L, LUA_GNAME, base_functions, budget);
}

void set_checkpoint(lua_State* L, Checkpoint* checkpoint) { registered_budget(L).checkpoint = checkpoint; }

void set_limits(lua_State* L, const Limits& limits) {
    Limits& current = registered_budget(L).limits;
    current = limits;
    if (current.steps_per_check < 1) current.steps_per_check = 1;
}

} // namespace lunette::lua
