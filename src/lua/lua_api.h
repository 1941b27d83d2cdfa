// The one place that includes Lua's headers. Debian's C++ build (lua5.4-c++) throws C++ exceptions for Lua
// errors and yields: destructors run, so never `catch (...)` and never `noexcept` between Lua and us.
#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

static_assert(LUA_VERSION_NUM == 504, "Lunette is written for Lua 5.4");
