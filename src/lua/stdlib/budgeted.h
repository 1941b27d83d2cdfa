// Replacements for those functions of Lua 5.4's standard library that could run for ever inside C. Results
// and messages are those of Lua 5.4.4; where they can wait or be long, they can be preempted and killed.
#pragma once

#include "lua/lua_api.h"

#include <cstddef>
#include <cstdint>

namespace lunette::lua {

// Asked by library loops every few thousand steps, on the thread that runs the VM. Owned by whoever set it.
struct Checkpoint {
    virtual ~Checkpoint() = default;
    // True: the running C function should yield now. Asked only where lua_isyieldable(L) holds; the answer
    // has to account for the resumers of L, which may not be yieldable.
    virtual bool wants_yield(lua_State* L) = 0;
    // Raises a Lua error when the task is to die.
    virtual void check(lua_State* L) = 0;
};

struct Limits {
    // Steps of one match attempt (one start position) before "pattern too complex"; on top of it come 8 steps
    // per byte of the subject, so that patterns of linear cost never fail on long subjects.
    std::int64_t match_steps = 10'000'000;
    // The longest string that rep, format, gsub and concat may build.
    std::size_t string_bytes = std::size_t{64} << 20;
    // Steps between two questions to the checkpoint; a step costs 1 to 20 ns.
    int steps_per_check = 4096;
};

// REQUIRES: the standard libraries are open. Replaces entries of the tables `string`, `table` and `utf8` and
// the global `load` (text chunks only) in place. Call it once per VM, before user code can keep the stock
// functions.
void open_budgeted_libraries(lua_State* L);

// Per VM. REQUIRES: open_budgeted_libraries was called. No checkpoint (nullptr) is the initial state.
void set_checkpoint(lua_State* L, Checkpoint* checkpoint);
void set_limits(lua_State* L, const Limits& limits);

} // namespace lunette::lua
