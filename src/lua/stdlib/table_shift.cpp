// table.insert, table.remove and table.move: loops that carry elements from one index to another. Their whole
// state besides the arguments is the index, which travels through a yield as the continuation's context.
#include "lua/stdlib/arguments.h"
#include "lua/stdlib/budget.h"
#include "lua/stdlib/functions.h"
#include "lua/stdlib/table_access.h"

#include <limits>

namespace lunette::lua::stdlib {

namespace {

static_assert(sizeof(lua_KContext) == sizeof(lua_Integer));

constexpr Needs read_write{.read = true, .write = true};

// `table.insert(t, position, value)`: moves [position, i) one up.
int insert_from(lua_State* L, int, lua_KContext i) {
    lua_settop(L, 3);
    const lua_Integer position = lua_tointeger(L, 2);
    Meter meter(budget_of(L));
    for (; i > position; --i) {
        lua_geti(L, 1, i - 1);
        lua_seti(L, 1, i);
        if (meter.spend(L)) return give_way(L, i - 1, insert_from);
    }
    lua_seti(L, 1, position);
    return 0;
}

// `table.remove(t, position)`, with the removed value at 3 and the length at 4: moves (i, length] one down.
int remove_from(lua_State* L, int, lua_KContext i) {
    lua_settop(L, 4);
    const lua_Integer length = lua_tointeger(L, 4);
    Meter meter(budget_of(L));
    for (; i < length; ++i) {
        lua_geti(L, 1, i + 1);
        lua_seti(L, 1, i);
        if (meter.spend(L)) return give_way(L, i + 1, remove_from);
    }
    lua_pushnil(L);
    lua_seti(L, 1, i);
    lua_settop(L, 3);
    return 1;
}

struct Move {
    lua_Integer from, to;
    lua_Integer count;
    int target; // stack index of the destination table

    explicit Move(lua_State* L)
        : from(lua_tointeger(L, 2)),
          to(lua_tointeger(L, 4)),
          count(lua_tointeger(L, 3) - from + 1),
          target(lua_isnoneornil(L, 5) ? 1 : 5) {}

    void step(lua_State* L, lua_Integer i) const {
        lua_geti(L, 1, from + i);
        lua_seti(L, target, to + i);
    }
};

int move_up(lua_State* L, int, lua_KContext i) {
    lua_settop(L, 5);
    const Move move(L);
    Meter meter(budget_of(L));
    while (i < move.count) {
        move.step(L, i++);
        if (meter.spend(L)) return give_way(L, i, move_up);
    }
    lua_pushvalue(L, move.target);
    return 1;
}

int move_down(lua_State* L, int, lua_KContext i) {
    lua_settop(L, 5);
    const Move move(L);
    Meter meter(budget_of(L));
    while (i > 0) {
        move.step(L, --i);
        if (meter.spend(L)) return give_way(L, i, move_down);
    }
    lua_pushvalue(L, move.target);
    return 1;
}

} // namespace

int table_insert(lua_State* L) {
    const auto length = static_cast<lua_Unsigned>(check_length(L, 1, read_write));
    const auto end = static_cast<lua_Integer>(length + 1);
    switch (lua_gettop(L)) {
    case 2: lua_seti(L, 1, end); return 0;
    case 3: {
        const lua_Integer position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, static_cast<lua_Unsigned>(position) - 1 < static_cast<lua_Unsigned>(end), 2,
                      "position out of bounds");
        if (end - position >= few) return insert_from(L, LUA_OK, end);
        for (lua_Integer i = end; i > position; --i) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
        lua_seti(L, 1, position);
        return 0;
    }
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
}

int table_remove(lua_State* L) {
    const lua_Integer length = check_length(L, 1, read_write);
    const lua_Integer position = luaL_optinteger(L, 2, length);
    if (position != length)
        luaL_argcheck(L, static_cast<lua_Unsigned>(position) - 1 <= static_cast<lua_Unsigned>(length), 1,
                      "position out of bounds");
    lua_settop(L, 2);
    lua_geti(L, 1, position);
    if (position >= length || length - position < few) {
        lua_Integer i = position;
        for (; i < length; ++i) {
            lua_geti(L, 1, i + 1);
            lua_seti(L, 1, i);
        }
        lua_pushnil(L);
        lua_seti(L, 1, i);
        return 1;
    }
    lua_pushinteger(L, length);
    return remove_from(L, LUA_OK, position);
}

int table_move(lua_State* L) {
    const lua_Integer first = luaL_checkinteger(L, 2);
    const lua_Integer last = luaL_checkinteger(L, 3);
    const lua_Integer to = luaL_checkinteger(L, 4);
    const int target = lua_isnoneornil(L, 5) ? 1 : 5;
    check_table(L, 1, {.read = true});
    check_table(L, target, {.write = true});
    lua_settop(L, 5);
    if (last < first) {
        lua_pushvalue(L, target);
        return 1;
    }
    constexpr lua_Integer most = std::numeric_limits<lua_Integer>::max();
    luaL_argcheck(L, first > 0 || last < most + first, 3, "too many elements to move");
    const lua_Integer count = last - first + 1;
    luaL_argcheck(L, to <= most - count + 1, 4, "destination wrap around");
    const bool overlaps_upward =
        to > first && to <= last && (target == 1 || lua_compare(L, 1, target, LUA_OPEQ));
    return overlaps_upward ? move_down(L, LUA_OK, count) : move_up(L, LUA_OK, 0);
}

} // namespace lunette::lua::stdlib
