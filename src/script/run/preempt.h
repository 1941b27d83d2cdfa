#pragma once

#include <csignal>

#include "lua/lua_api.h"

namespace lunette::script {

class RunState;

/// Installs the preemption signal's handler for the process and gives it back at the end. The handler acts
/// only on signals that a Watchdog queued for the state bound to the receiving thread; all others go to the
/// handler that was there before.
///
/// Several may exist at a time (several engines); the last one to go restores.
class PreemptSignal {
public:
    explicit PreemptSignal(int signal);
    ~PreemptSignal();
    PreemptSignal(const PreemptSignal&) = delete;
    PreemptSignal& operator=(const PreemptSignal&) = delete;

private:
    int signal_;
};

/// Makes a coroutine give way, or die, at its next instruction. Signal handler and script thread.
void arm_preempt(lua_State* L);

/// Makes a coroutine raise the kill error at every instruction.
void arm_kill(lua_State* L);

/// What the hook does, for C functions that gave a budgeted library's checkpoint the chance instead. Returns
/// true if the caller should yield; may raise the kill error.
bool should_yield(lua_State* L, RunState& state);

} // namespace lunette::script
