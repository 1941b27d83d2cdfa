#pragma once

// What handles and bound functions ask of whoever runs them.

#include <cstdint>
#include <string_view>

#include <lunette/bind.h>
#include <lunette/record.h>

#include "lua/lua_api.h"

namespace lunette::lua {

/// The running task, as handles and bound functions see it. Fields are indices into the record's schema.
///
/// Thread: script thread. Outlives every Vm that points to it. Members that take a lua_State may raise.
class Host {
public:
    virtual ~Host() = default;

    virtual Script& script() = 0;

    // Reads. Each is recorded as a dependency of the running callback.
    virtual void read_field(const RecordNode& record, int field) = 0;
    virtual void read_length(const RecordNode& owner, int field) = 0;
    /// Which record stands at `index` (0-based) of a list field.
    virtual void read_item(const RecordNode& owner, int field, std::uint32_t index) = 0;
    /// One top-level key of a field that holds a map; present or not.
    virtual void read_key(const RecordNode& owner, int field, std::string_view key) = 0;
    /// The field was found to hold a map, a list of values, or neither; its parts are recorded as they are
    /// read. Depending on the whole field is always right; depending on its kind alone runs callbacks less
    /// often.
    virtual void read_kind(const RecordNode& record, int field) { read_field(record, field); }
    /// A record that is gone was asked for.
    virtual void read_missing(Id id) = 0;

    /// For live objects; null when the record is gone. The pointer is valid until the task next yields.
    virtual const RecordNode* newest(Id id) = 0;

    /// The task has issued commands that the newest snapshot does not include yet; a live read has to wait().
    virtual bool must_wait(lua_State* L) = 0;
    /// Yields (or blocks, where Lua cannot yield) until the snapshot includes the task's commands, then goes
    /// on in `k`. The caller returns what this returns.
    virtual int wait(lua_State* L, lua_KContext context, lua_KFunction k) = 0;

    /// Runs an async function with the arguments of `call`; returns the number of results, or yields.
    virtual int start_async(lua_State* L, const BoundFunction& function, Call& call) = 0;

    /// Raises if the task is to die.
    virtual void check(lua_State* L) = 0;

    /// Records and values are handed to Lua as complete tables.
    virtual bool eager() const = 0;
};

} // namespace lunette::lua
