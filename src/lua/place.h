#pragma once

#include <new>
#include <string>
#include <string_view>

#include <lunette/bind.h>

#include "lua/lua_api.h"

namespace lunette::lua {

/// The name to load a chunk of the library's or the host's under, so that errors never point into it.
std::string own_chunk_name(std::string_view name);
bool is_own_chunk(const char* source) noexcept;

/// "file:line" of the innermost user code that is running, or empty. Never raises.
std::string user_place(lua_State* L);

/// Pushes "message (file:line)".
void push_error(lua_State* L, std::string_view message);

/// Raises it.
[[noreturn]] void raise(lua_State* L, std::string_view message);

/// Runs the body of a C entry point; our own exceptions become Lua errors. Lua's errors and yields pass.
template<class F>
int guarded(lua_State* L, F&& body) {
    try {
        return body();
    } catch (const BindError& error) {
        push_error(L, error.message());
    } catch (const std::bad_alloc&) {
        lua_pushliteral(L, "not enough memory");
    } catch (const std::exception& error) {
        push_error(L, error.what());
    }
    return lua_error(L);
}

} // namespace lunette::lua
