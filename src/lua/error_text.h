#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "lua/lua_api.h"

namespace lunette::lua {

constexpr std::size_t error_text_limit = 500;

/// Any text as one line of clean UTF-8 of at most `limit` bytes. What is cut is the middle: the place, in
/// front ("file:line: …") or behind ("… (file:line)"), stays. Cost: bounded by the limit, not by the text.
std::string one_line(std::string_view text, std::size_t limit = error_text_limit);

/// Any error object as such a line. Runs no Lua and never raises.
std::string describe_error(lua_State* L, int index);

} // namespace lunette::lua
