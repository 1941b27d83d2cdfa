#pragma once

#include "lua/lua_api.h"

#include <cstddef>
#include <string_view>

namespace lunette::lua::stdlib {

inline std::string_view check_text(lua_State* L, int argument) {
    std::size_t length = 0;
    const char* text = luaL_checklstring(L, argument, &length);
    return {text, length};
}

inline std::string_view optional_text(lua_State* L, int argument) {
    return lua_isnoneornil(L, argument) ? std::string_view("", 0) : check_text(L, argument);
}

// Manual 6.4: negative positions count from the end; what lies before the string becomes 1.
inline std::size_t start_position(lua_Integer position, std::size_t length) {
    if (position > 0) return static_cast<std::size_t>(position);
    if (position == 0 || position < -static_cast<lua_Integer>(length)) return 1;
    return length + static_cast<std::size_t>(position) + 1;
}

} // namespace lunette::lua::stdlib
