#pragma once

#include "lua/lua_api.h"

namespace lunette::script {

class RunState;

/// Replaces `coroutine.*`, `pcall` and `xpcall`: as in Lua, except that a task can be preempted, suspended
/// and killed inside them unseen. A coroutine that a task left in the middle of counts as `normal` for all
/// others.
///
/// REQUIRES: the standard libraries are open. `state` outlives the VM.
void install_run_library(lua_State* L, RunState& state);

/// Resumes `co` from `from`, or from the scheduler when `from` is null, keeping `state.running` and the chain
/// of links in order. Returns as lua_resume does.
int resume_tracked(RunState& state, lua_State* co, lua_State* from, int arguments, int* results);

/// True when `co` stopped because the system took the thread away, not because user code yielded.
bool yielded_by_system(RunState& state, lua_State* co, int results);

} // namespace lunette::script
