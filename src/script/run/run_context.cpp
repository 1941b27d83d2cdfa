#include "script/run/run_context.h"

#include <algorithm>

#include "script/generation.h"
#include "script/run/preempt.h"

namespace lunette::script {

bool RunContext::may_act() {
    if (!entry || !entry->speculative) return true;
    gave_up = true;
    RunState& state = generation->services().state;
    lua_State* L = state.running.load(std::memory_order_relaxed);
    state.request_kill(L, "a speculative run has no effects");
    if (L) arm_kill(L);
    return false;
}

Expected<void> RunContext::may_start(const std::vector<std::string>&) {
    if (may_act()) return {};
    return failure("a speculative run starts nothing");
}

void RunContext::ran(const std::vector<std::string>&, std::chrono::microseconds duration) {
    generation->reads_child(*recorder, duration);
}

} // namespace lunette::script
