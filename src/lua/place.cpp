#include "lua/place.h"

#include <cstring>

namespace lunette::lua {

namespace {
constexpr std::string_view own_prefix = "=(lunette) ";
constexpr int levels_searched = 64;
} // namespace

std::string own_chunk_name(std::string_view name) { return std::string{own_prefix} + std::string{name}; }

bool is_own_chunk(const char* source) noexcept {
    return std::strncmp(source, own_prefix.data(), own_prefix.size()) == 0;
}

std::string user_place(lua_State* L) {
    lua_Debug frame;
    for (int level = 0; level < levels_searched && lua_getstack(L, level, &frame); ++level) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.currentline > 0 && !is_own_chunk(frame.source))
            return std::string{frame.short_src} + ":" + std::to_string(frame.currentline);
    }
    return {};
}

void push_error(lua_State* L, std::string_view message) {
    std::string text{message};
    if (const std::string place = user_place(L); !place.empty()) text += " (" + place + ")";
    luaL_checkstack(L, 1, nullptr);
    lua_pushlstring(L, text.data(), text.size());
}

void raise(lua_State* L, std::string_view message) {
    push_error(L, message);
    lua_error(L);
    throw std::bad_alloc{}; // not reached: lua_error does not return
}

} // namespace lunette::lua
