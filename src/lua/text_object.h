#pragma once

#include <string_view>

#include "lua/lua_api.h"
#include "lua/object_types.h"

// Objects that took the place of a string: scripts that were written for the string still work on them.
namespace lunette::lua {

/// Pushes the string library's function of this name, made to take the object's text for the object. Pushes
/// nothing and returns false when there is none.
bool push_text_method(lua_State* L, const ObjectInfo& object, std::string_view name);

/// Adds `..` and `#` to the metatable on top.
void add_text_operators(lua_State* L);

} // namespace lunette::lua
