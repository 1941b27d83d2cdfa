// table.concat and table.unpack: both read a range of a table.
#include "lua/stdlib/arguments.h"
#include "lua/stdlib/budget.h"
#include "lua/stdlib/byte_buffer.h"
#include "lua/stdlib/functions.h"
#include "lua/stdlib/table_access.h"

#include <limits>

namespace lunette::lua::stdlib {

namespace {

// The stack of concat: 1 table, 2 separator, then these.
constexpr int joining_slot = 3;
constexpr int box_slot = 4;

struct Joining {
    lua_Integer next;
    lua_Integer last;
    ByteBuffer result;
};

void append_element(lua_State* L, ByteBuffer& to, lua_Integer i) {
    lua_geti(L, 1, i);
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1),
                   static_cast<LUAI_UACINT>(i));
    to.append(L, check_text(L, -1));
    lua_pop(L, 1);
}

int join(lua_State* L, Joining& job, bool is_parked);

int continue_join(lua_State* L, int, lua_KContext) {
    lua_settop(L, box_slot);
    return join(L, parked<Joining>(L, joining_slot), true);
}

int join(lua_State* L, Joining& job, bool is_parked) {
    Meter meter(budget_of(L));
    const std::string_view separator = check_text(L, 2);
    while (job.next < job.last) {
        append_element(L, job.result, job.next++);
        job.result.append(L, separator);
        if (meter.spend(L)) {
            if (!is_parked) {
                job.result.detach(L);
                park(L, joining_slot, job);
            }
            return give_way(L, 0, continue_join);
        }
    }
    if (job.next == job.last) append_element(L, job.result, job.next);
    job.result.push(L);
    return 1;
}

// The stack of unpack: 1 table, 2 first, 3 last, then the elements so far, up to index `i`.
int unpack_from(lua_State* L, int, lua_KContext i) {
    const lua_Integer first = lua_tointeger(L, 2);
    const lua_Integer last = lua_tointeger(L, 3);
    const auto pushed = static_cast<int>(i - first);
    lua_settop(L, 3 + pushed);
    Meter meter(budget_of(L));
    for (; i < last; ++i) {
        lua_geti(L, 1, i);
        if (meter.spend(L)) return give_way(L, i + 1, unpack_from);
    }
    lua_geti(L, 1, last);
    return lua_gettop(L) - 3;
}

} // namespace

int table_concat(lua_State* L) {
    const lua_Integer length = check_length(L, 1, {.read = true});
    optional_text(L, 2);
    const lua_Integer first = luaL_optinteger(L, 3, 1);
    const lua_Integer last = luaL_optinteger(L, 4, length);
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_pushliteral(L, "");
        lua_replace(L, 2);
    }
    lua_settop(L, box_slot);
    char memory[1024];
    Joining job{first, last, ByteBuffer(memory, sizeof memory, box_slot, budget_of(L).limits.string_bytes)};
    return join(L, job, false);
}

int table_unpack(lua_State* L) {
    const lua_Integer first = luaL_optinteger(L, 2, 1);
    const lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (first > last) return 0;
    const lua_Unsigned more = static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first);
    if (more < few && lua_checkstack(L, few)) {
        for (lua_Unsigned i = 0; i <= more; ++i) lua_geti(L, 1, first + static_cast<lua_Integer>(i));
        return static_cast<int>(more) + 1;
    }
    lua_settop(L, 1);
    lua_pushinteger(L, first);
    lua_pushinteger(L, last);
    // One slot more than needed, for the yield.
    if (more >= static_cast<lua_Unsigned>(std::numeric_limits<int>::max() - 1) ||
        !lua_checkstack(L, static_cast<int>(more) + 2))
        return luaL_error(L, "too many results to unpack");
    return unpack_from(L, LUA_OK, first);
}

} // namespace lunette::lua::stdlib
