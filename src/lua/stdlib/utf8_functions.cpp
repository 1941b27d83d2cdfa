// utf8.len, utf8.offset and utf8.codepoint. All are linear in the string, but a string may be tens of
// megabytes.
#include "lua/stdlib/arguments.h"
#include "lua/stdlib/budget.h"
#include "lua/stdlib/functions.h"

#include <algorithm>
#include <climits>
#include <cstdint>

namespace lunette::lua::stdlib {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// As in Lua, the original UTF-8 of up to six bytes; `strict` rejects surrogates and what is above 10FFFF.
// Returns the length of the sequence at `at`, 0 if it is invalid. A final zero byte follows every string.
int decode(const char* at, bool strict, std::uint32_t& code) {
    const auto lead = static_cast<unsigned char>(*at);
    if (lead < 0x80) {
        code = lead;
        return 1;
    }
    if (lead < 0xC0 || lead >= 0xFE) return 0;
    int length = 2;
    while (lead & (0x80u >> length)) ++length;
    code = lead & (0x7Fu >> length);
    for (int i = 1; i < length; ++i) {
        if (!is_continuation(at[i])) return 0;
        code = code << 6 | (static_cast<unsigned char>(at[i]) & 0x3Fu);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
    if (code < least[length]) return 0;
    if (strict && (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))) return 0;
    return length;
}

// Unlike start_position, what lies before the string becomes 0.
lua_Integer utf8_position(lua_Integer position, std::size_t length) {
    if (position >= 0) return position;
    return position < -static_cast<lua_Integer>(length) ? 0 : static_cast<lua_Integer>(length) + position + 1;
}

// The stack of len and offset: 1 string, then the counters of the loop as integers.
constexpr int counter = 5;

// With the last position at 3, `lax` at 4 and the number of characters so far at `counter`.
int len_from(lua_State* L, int, lua_KContext at) {
    lua_settop(L, counter);
    const char* text = check_text(L, 1).data();
    const lua_Integer last = lua_tointeger(L, 3);
    const bool strict = !lua_toboolean(L, 4);
    lua_Integer characters = lua_tointeger(L, counter);
    Meter meter(budget_of(L));
    std::uint32_t code = 0;
    while (at <= last) {
        const int length = decode(text + at, strict, code);
        if (length == 0) {
            luaL_pushfail(L);
            lua_pushinteger(L, at + 1);
            return 2;
        }
        at += length;
        ++characters;
        if (meter.spend(L)) {
            lua_pushinteger(L, characters);
            lua_replace(L, counter);
            return give_way(L, at, len_from);
        }
    }
    lua_pushinteger(L, characters);
    return 1;
}

// Goes `to_go` characters forward or backward from byte `at`.
struct Walk {
    lua_Integer at;
    lua_Integer to_go;

    // One byte a step; false if it needs more steps. A character ends where the next byte begins one.
    bool run(std::string_view text, std::int64_t steps) {
        const auto size = static_cast<lua_Integer>(text.size());
        const lua_Integer stop =
            to_go > 0 ? std::min(size, at + steps) : std::max<lua_Integer>(0, at - steps);
        while (to_go > 0 && at < stop) to_go -= !is_continuation(text.data()[++at]);
        while (to_go < 0 && at > stop) {
            --at;
            to_go += at == 0 || !is_continuation(text.data()[at]);
        }
        return to_go == 0 || at == (to_go > 0 ? size : 0);
    }
};

int walk_on(lua_State* L, Walk walk);

int continue_walk(lua_State* L, int, lua_KContext at) { return walk_on(L, {at, lua_tointeger(L, counter)}); }

int walk_on(lua_State* L, Walk walk) {
    const std::string_view text = check_text(L, 1);
    Meter meter(budget_of(L));
    while (!walk.run(text, meter.limits().steps_per_check)) {
        if (meter.refill(L)) {
            lua_settop(L, counter - 1);
            lua_pushinteger(L, walk.to_go);
            return give_way(L, walk.at, continue_walk);
        }
    }
    if (walk.to_go == 0)
        lua_pushinteger(L, walk.at + 1);
    else
        luaL_pushfail(L);
    return 1;
}

// With the first position at 2, the last at 3 and `lax` at 4; the results follow.
int codepoint_from(lua_State* L, int, lua_KContext at) {
    const char* text = check_text(L, 1).data();
    const lua_Integer last = lua_tointeger(L, 3);
    const bool strict = !lua_toboolean(L, 4);
    Meter meter(budget_of(L));
    std::uint32_t code = 0;
    while (at < last) {
        const int length = decode(text + at, strict, code);
        if (length == 0) return luaL_error(L, "invalid UTF-8 code");
        lua_pushinteger(L, code);
        at += length;
        if (meter.spend(L)) return give_way(L, at, codepoint_from);
    }
    return lua_gettop(L) - 4;
}

} // namespace

int utf8_len(lua_State* L) {
    const std::string_view text = check_text(L, 1);
    const auto size = static_cast<lua_Integer>(text.size());
    const lua_Integer first = utf8_position(luaL_optinteger(L, 2, 1), text.size());
    const lua_Integer last = utf8_position(luaL_optinteger(L, 3, -1), text.size());
    luaL_argcheck(L, first >= 1 && first - 1 <= size, 2, "initial position out of bounds");
    luaL_argcheck(L, last - 1 < size, 3, "final position out of bounds");
    lua_settop(L, 4);
    lua_pushinteger(L, last - 1);
    lua_replace(L, 3);
    lua_pushinteger(L, 0);
    return len_from(L, LUA_OK, first - 1);
}

int utf8_offset(lua_State* L) {
    const std::string_view text = check_text(L, 1);
    const auto size = static_cast<lua_Integer>(text.size());
    lua_Integer characters = luaL_checkinteger(L, 2);
    lua_Integer at = utf8_position(luaL_optinteger(L, 3, characters >= 0 ? 1 : size + 1), text.size()) - 1;
    luaL_argcheck(L, at >= 0 && at <= size, 3, "position out of bounds");
    if (characters == 0) {
        // At most one character in valid text, and never more than the string in any other.
        while (at > 0 && is_continuation(text.data()[at])) --at;
        lua_pushinteger(L, at + 1);
        return 1;
    }
    if (is_continuation(text.data()[at])) return luaL_error(L, "initial position is a continuation byte");
    if (characters > 0) --characters; // the first one is at `at`
    return walk_on(L, {at, characters});
}

int utf8_codepoint(lua_State* L) {
    const std::string_view text = check_text(L, 1);
    const lua_Integer first = utf8_position(luaL_optinteger(L, 2, 1), text.size());
    const lua_Integer last = utf8_position(luaL_optinteger(L, 3, first), text.size());
    luaL_argcheck(L, first >= 1, 2, "out of bounds");
    luaL_argcheck(L, last <= static_cast<lua_Integer>(text.size()), 3, "out of bounds");
    if (first > last) return 0;
    if (last - first >= INT_MAX) return luaL_error(L, "string slice too long");
    if (last - first < few) {
        luaL_checkstack(L, few, nullptr);
        const bool strict = !lua_toboolean(L, 4);
        const char* end = text.data() + last;
        int count = 0;
        for (const char* at = text.data() + first - 1; at < end; ++count) {
            std::uint32_t code = 0;
            const int length = decode(at, strict, code);
            if (length == 0) return luaL_error(L, "invalid UTF-8 code");
            lua_pushinteger(L, code);
            at += length;
        }
        return count;
    }
    lua_settop(L, 4);
    luaL_checkstack(L, static_cast<int>(last - first) + 2, "string slice too long");
    lua_pushinteger(L, last);
    lua_replace(L, 3);
    return codepoint_from(L, LUA_OK, first - 1);
}

} // namespace lunette::lua::stdlib
