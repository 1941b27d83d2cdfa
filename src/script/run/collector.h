#pragma once

#include <cstdint>
#include <string>

#include <lunette/engine.h>

#include "lua/lua_api.h"
#include "lua/memory.h"
#include "script/io/timer_queue.h"
#include "script/run/run_state.h"

namespace lunette::script {

/// Paces Lua's incremental collector, so that handlers hardly ever do its work.
///
/// Before a slice the VM gets credit up to a *target*: while there is credit, Lua collects nothing. In the
/// gaps between tasks, once the heap has reached the *trigger*, a cycle runs in small steps. The trigger lies
/// under the target by twice what was allocated during the last cycles, so that usually a cycle ends before
/// the credit does. When it does not, Lua collects as it allocates, in steps of the same small size: the
/// collector is never stopped, so nothing can outrun it.
///
/// Thread: script thread. Owned by a Generation, whose VM it collects.
class Collector {
public:
    Collector(lua_State* main, lua::Memory& memory, RunState& state, Clock& clock, TimerQueue& timers,
              const GcOptions& options, std::size_t heap_limit);
    ~Collector();
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;

    void before_slice();
    /// Nobody has anything to do: one budget of work, if there is any. True if there is more.
    bool gap();
    /// `collectgarbage("collect")`: a cycle in the next gaps, unless hardly anything was allocated.
    void request() noexcept { requested_ = true; }

    /// What is to be said about tables that cannot be collected in small steps; empty at most times.
    std::string take_warning();

    void fill(GcReport& report) const;

private:
    static void large_block(void* self, std::size_t bytes);
    bool worth_a_cycle(std::size_t allocated) const noexcept;
    bool wants_cycle();
    void begin_cycle();
    void end_cycle();
    void set_targets();
    bool step();
    void keep_the_newest_alive();
    void adapt(std::int64_t step_ns);
    void arm_idle_timer();
    void look_at_a_weak_table();

    lua_State* main_;
    lua::Memory& memory_;
    RunState& state_;
    Clock& clock_;
    TimerQueue& timers_;
    GcOptions options_;
    std::size_t heap_limit_;

    std::size_t live_;   ///< bytes after the last cycle
    std::size_t target_; ///< up to here Lua collects nothing in tasks
    std::size_t trigger_ = 0;
    std::size_t allocated_in_cycle_ = 0; ///< a running maximum
    std::size_t cycle_began_at_ = 0;     ///< Memory::allocated() then
    int step_exponent_ = 8;              ///< a step does the work of 2^this bytes of allocation
    std::int64_t worst_step_ns_ = 0;     ///< a running maximum
    bool in_cycle_ = false;
    bool requested_ = false;
    std::int64_t last_slice_us_ = 0;
    TimerQueue::Id idle_timer_ = 0;
    lua_Integer next_weak_table_ = 1;
    char large_place_[128] = {};
    std::size_t large_bytes_ = 0;
    std::size_t weak_entries_ = 0;
    bool warned_ = false;
    GcReport report_;
};

} // namespace lunette::script
