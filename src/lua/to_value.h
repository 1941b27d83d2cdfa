#pragma once

#include <lunette/bind.h>

#include "lua/lua_api.h"

namespace lunette::lua {

/// From Lua to the host. Tables with exactly the keys 1…n are lists, others maps ({} too); metatables of
/// tables are ignored; handles are records with their object type; integers and floats stay what they are.
///
/// Throws BindError naming the path: "keys[3].action: function cannot be converted" — for functions, threads,
/// foreign userdata, keys that are no strings, numbers or booleans, tables that contain themselves, more than
/// 100 levels, and more than a million parts. Never raises itself; the host may, on handles and lazy tables.
Value to_value(lua_State* L, int index);

} // namespace lunette::lua
