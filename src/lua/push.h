#pragma once

#include <string_view>

#include <lunette/bind.h>
#include <lunette/record.h>

#include "lua/lua_api.h"
#include "lua/object_types.h"
#include "lua/vm.h"

// From records and values to Lua. All of these push one value and raise when memory runs out.
namespace lunette::lua {

/// Small lists and maps become plain tables, larger ones lazy tables: the cost does not grow with their size.
/// An eager host gets plain tables always.
void push_value(lua_State* L, const Value& value);

/// The same for a part of a value that another lazy table keeps.
void push_nested(lua_State* L, const Value& value);

/// A field as a callback reads it, recorded: scalars, handles, lazy lists and maps. REQUIRES: a free slot.
void push_field(lua_State* L, Vm& vm, const RecordNode& record, int field, const ObjectInfo& object);

/// An argument of a callback. Throws BindError when the record has no such field.
void push_argument(lua_State* L, const Argument& argument);

} // namespace lunette::lua
