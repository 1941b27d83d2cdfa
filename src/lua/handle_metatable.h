#pragma once

#include "lua/lua_api.h"
#include "lua/object_types.h"
#include "lua/vm.h"

namespace lunette::lua {

/// Makes the metatable that all handles of an object share and notes its registry reference in it.
void create_handle_metatable(lua_State* L, ObjectInfo& object);

/// Pushes one field or property of a record, recording the read. `self` is the index of the record's handle.
void push_member(lua_State* L, Vm& vm, const ObjectInfo& object, const Member& member,
                 const RecordNode& record, int self);

} // namespace lunette::lua
