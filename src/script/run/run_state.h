#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <unordered_set>

#include "lua/lua_api.h"
#include "script/run/fate.h"
#include "script/run/watchdog.h"

namespace lunette::script {

class Task;

/// Why the running task gave the thread back without having finished.
enum class YieldReason : std::uint8_t {
    none,      ///< it did not
    preempted, ///< its turn or slice is over
    awaiting,  ///< it waits for something that completes between tasks
    killed,    ///< it is never resumed
};

/// What the code that runs inside Lua (hook, coroutine library, protected calls) needs to know about the task
/// that runs: one per script thread.
///
/// Thread: the script thread; `running` and `requested` are also touched by the signal handler on that
/// thread, `requested` and the limits by the watchdog, `stop` by anybody.
class RunState {
public:
    RunState() = default;
    ~RunState();
    RunState(const RunState&) = delete;
    RunState& operator=(const RunState&) = delete;

    /// The state of the calling script thread; null elsewhere.
    static RunState* current() noexcept;
    /// Makes this the calling thread's state until it is destroyed or another is bound.
    void bind_to_thread() noexcept;

    // --- while a task runs
    Task* task = nullptr;
    lua_State* task_thread = nullptr; ///< the task's own coroutine: the outermost
    YieldReason reason = YieldReason::none;
    int blocked_links = 0; ///< resumers below the running coroutine that cannot yield

    /// The innermost coroutine that runs now; null outside Lua.
    std::atomic<lua_State*> running{nullptr};
    /// Somebody wants the running task to give way.
    std::atomic<bool> requested{false};
    /// Everything is to die: set from outside, carried out at the next preemption or native call.
    std::atomic<bool> stop{false};
    /// `stop` is set because the thread is stuck: not even pending `__close` handlers may do anything.
    std::atomic<bool> given_up{false};
    Fate* fate = nullptr; ///< decided when `stop` is found set; never null while a task runs
    /// The task is to die; holds until its base is reached, whatever it catches.
    bool kill = false;
    std::string kill_message; ///< set with `kill`
    std::string kill_place;   ///< where it was, "file:line"

    std::int64_t run_cpu_before_ns = 0; ///< CPU that the task used before this slice
    std::int64_t slice_started_ns = 0;  ///< thread CPU clock at the start of this slice
    std::int64_t hard_limit_ns = 1'000'000'000;
    std::int64_t slice_ns = 2'000'000;
    std::uint64_t hooks_fired = 0;

    WatchdogControl control;
    char yield_mark = 0; ///< its address comes with the signal that asks for no more than sched_yield()

    /// Coroutines that a task left in the middle of (preempted or waiting), and the tasks' own: nobody else
    /// may resume them.
    std::unordered_set<lua_State*> suspended_by_system;

    /// True when the running coroutine and all its resumers can yield.
    bool can_yield(lua_State* L) const noexcept { return blocked_links == 0 && lua_isyieldable(L); }

    /// CPU that the task has used so far.
    std::int64_t task_cpu_ns() const noexcept;

    /// Marks the running task as to be killed; the next check or hook carries it out.
    void request_kill(lua_State* L, std::string message);
    /// Raises the kill error if the task is to die; otherwise returns.
    void check(lua_State* L);
    [[noreturn]] void raise_kill(lua_State* L);
};

/// CPU time of the calling thread.
std::int64_t thread_cpu_ns() noexcept;

/// "file:line" of the innermost Lua function of the running coroutine and of the one that called it, for
/// messages: "wezterm.lua:91, called from refresh, status.lua:12".
std::string describe_place(lua_State* L);

/// "file:line" of the first Lua function at or above `level`, or empty.
std::string place_at(lua_State* L, int level);

} // namespace lunette::script
