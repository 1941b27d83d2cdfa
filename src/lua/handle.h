#pragma once

#include <cstdint>

#include <lunette/record.h>

#include "lua/lua_api.h"
#include "lua/object_types.h"
#include "lua/vm.h"

namespace lunette::lua {

/// The userdata that stands for a record in Lua. Fields are read on access. The same record and object give
/// the same userdata for as long as Lua keeps it.
///
/// Thread: script thread. Owned by Lua's collector.
struct Handle {
    const void* tag;
    RecordRef record; ///< what a pinned handle reads; the version last seen by a live one
    const ObjectInfo* object;
    std::size_t weight; ///< native bytes that it reported
};

/// Pushes the handle of a record, or, for a pinned object of an eager host, a complete table of it.
void push_record(lua_State* L, Vm& vm, const RecordNode& record, ObjectInfo& object);

/// The handle at an index, or null for anything else. Never raises.
Handle* handle_at(lua_State* L, int index) noexcept;

/// The version of its record that a read through the handle sees; null when the record is gone, which is
/// recorded. Live handles: REQUIRES that the host need not wait.
const RecordNode* current_version(Vm& vm, Handle& handle);

/// As above, but raises when the record is gone.
const RecordNode& require_version(lua_State* L, Vm& vm, Handle& handle);

/// "TabInformation(tab 3)"; "Pane(#17)" when no field tells the record apart.
std::string handle_text(const ObjectInfo& object, const RecordNode& record);

} // namespace lunette::lua
