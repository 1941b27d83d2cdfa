#pragma once

#include <cassert>
#include <optional>
#include <string_view>

#include "lua/lua_api.h"

namespace lunette::lua {

/// Restores the height of the stack it was made with, less or more the values that keep() leaves.
class StackGuard {
public:
    explicit StackGuard(lua_State* L) noexcept : lua_{L}, top_{lua_gettop(L)} {}
    ~StackGuard() {
        // A Lua error that unwinds resets the stack itself.
        if (lua_gettop(lua_) > top_) lua_settop(lua_, top_);
    }
    StackGuard(const StackGuard&) = delete;
    StackGuard& operator=(const StackGuard&) = delete;
    void keep(int values) noexcept { top_ += values; }
    int top() const noexcept { return top_; }

private:
    lua_State* lua_;
    int top_;
};

/// Makes room or raises.
inline void need(lua_State* L, int slots) { luaL_checkstack(L, slots, nullptr); }

inline void push_text(lua_State* L, std::string_view text) { lua_pushlstring(L, text.data(), text.size()); }

/// The string at an index, without converting numbers in place. Empty optional for other types. Never raises.
inline std::optional<std::string_view> string_at(lua_State* L, int index) {
    if (lua_type(L, index) != LUA_TSTRING) return std::nullopt;
    std::size_t size = 0;
    const char* text = lua_tolstring(L, index, &size);
    return std::string_view{text, size};
}

/// The integer at an index, or a float that is one. Never raises and takes no strings.
inline std::optional<lua_Integer> integer_at(lua_State* L, int index) {
    if (lua_type(L, index) != LUA_TNUMBER) return std::nullopt;
    int exact = 0;
    const lua_Integer value = lua_tointegerx(L, index, &exact);
    return exact ? std::optional{value} : std::nullopt;
}

} // namespace lunette::lua
