#include "lua/stdlib/literal.h"

#include "lua/stdlib/arguments.h"
#include "lua/stdlib/pattern_item.h"

#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstdio>

namespace lunette::lua::stdlib {

namespace {

void append_quoted(lua_State* L, ByteBuffer& to, std::string_view text) {
    to.append(L, '"');
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || c == '\\' || c == '\n') {
            const char escaped[] = {'\\', c};
            to.append(L, {escaped, 2});
        } else if (std::iscntrl(to_byte(c))) {
            // A digit behind it must not become part of the escape.
            const bool pad = std::isdigit(to_byte(text.data()[i + 1]));
            to.commit(static_cast<std::size_t>(
                std::snprintf(to.reserve(L, 8), 8, pad ? "\\%03d" : "\\%d", to_byte(c))));
        } else {
            to.append(L, c);
        }
    }
    to.append(L, '"');
}

void append_float(lua_State* L, ByteBuffer& to, lua_Number value) {
    if (std::isnan(value)) return to.append(L, "(0/0)");
    if (std::isinf(value)) return to.append(L, value > 0 ? "1e9999" : "-1e9999");
    constexpr std::size_t room = 64;
    char* text = to.reserve(L, room);
    const int size = std::snprintf(text, room, "%a", value);
    // A literal has a dot, whatever the locale's radix character is.
    if (!std::memchr(text, '.', static_cast<std::size_t>(size)))
        std::replace(text, text + size, lua_getlocaledecpoint(), '.');
    to.commit(static_cast<std::size_t>(size));
}

void append_integer(lua_State* L, ByteBuffer& to, lua_Integer value) {
    constexpr std::size_t room = 32;
    char* text = to.reserve(L, room);
    // The least integer has no decimal literal.
    const char* form = value == LUA_MININTEGER ? "0x%" LUA_INTEGER_FRMLEN "x" : LUA_INTEGER_FMT;
    to.commit(static_cast<std::size_t>(std::snprintf(text, room, form, static_cast<LUAI_UACINT>(value))));
}

} // namespace

void append_literal(lua_State* L, ByteBuffer& to, int argument) {
    switch (lua_type(L, argument)) {
    case LUA_TSTRING: append_quoted(L, to, check_text(L, argument)); break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, argument))
            append_integer(L, to, lua_tointeger(L, argument));
        else
            append_float(L, to, lua_tonumber(L, argument));
        break;
    case LUA_TNIL: to.append(L, "nil"); break;
    case LUA_TBOOLEAN: to.append(L, lua_toboolean(L, argument) ? "true" : "false"); break;
    default: luaL_argerror(L, argument, "value has no literal form");
    }
}

} // namespace lunette::lua::stdlib
