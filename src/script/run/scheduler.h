#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include <lunette/engine.h>
#include <lunette/report.h>

#include "script/run/run_state.h"
#include "script/run/task.h"

namespace lunette::script {

/// Runs tasks one at a time. One that has not used a whole turn is never interleaved with another except
/// where it waits itself; after that it gets slices, and every other slice goes to somebody else.
///
/// Thread: script thread.
class Scheduler {
public:
    struct Limits {
        std::int64_t turn_ns = 25'000'000;
        std::int64_t slice_ns = 2'000'000;
        std::int64_t close_ns = 2'000'000; ///< for each pending `__close` of a killed coroutine
    };

    Scheduler(lua_State* main, RunState& state, Clock& clock, Limits limits);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// Called around each slice, so that the owner can switch what the running task sees.
    std::function<void(Task&)> before_slice, after_slice;
    /// Asked after a slice: whether a task that could go on has to wait until somebody wakes it.
    std::function<bool(Task&)> hold;

    /// What to tell about a task that ran out of memory.
    std::function<std::string()> out_of_memory;

    /// Makes a task. The caller pushes a function and arguments on `task.thread`, sets `arguments`, and may
    /// set everything else before the next run_one().
    Task& spawn(Priority priority);

    /// Puts a waiting task back into the queue. `arguments` values were pushed on the innermost coroutine.
    void wake(Task& task);

    /// A task that is ready goes before those of less priority from now on.
    void raise(Task& task, Priority priority);

    /// Ends a task that does not run now: pending `__close` handlers run, each under its own budget.
    void cancel(Task& task, std::string reason);
    void cancel_all(std::string reason);

    bool has_ready() const noexcept;
    /// Ready tasks that have not used up a turn, or the sliced ones when `all`.
    std::size_t count() const noexcept { return tasks_.size(); }

    /// Runs one slice of the next task. False when none is ready.
    bool run_one();

    /// CPU time of what the watchdog ended: first turns, and the slices after them.
    const Histogram& turns() const noexcept { return turns_; }
    const Histogram& slices() const noexcept { return slices_; }
    /// CPU time of the newest slice.
    std::int64_t last_slice_ns() const noexcept { return last_slice_ns_; }

private:
    Task* next();
    void slice(Task& task);
    void end(Task& task, const Outcome& outcome);
    void unwind(Task& task);
    void close_coroutine(lua_State* co);
    Outcome outcome_of(Task& task, int status);
    void settle(Task& task);
    void enqueue(Task& task);

    lua_State* main_;
    RunState& state_;
    Clock& clock_;
    Limits limits_;
    std::vector<std::unique_ptr<Task>> tasks_;
    std::array<std::deque<Task*>, priorities> ready_;
    std::deque<Task*> sliced_;
    bool last_was_sliced_ = false;
    std::vector<std::pair<lua_State*, int>> spare_threads_;
    Histogram turns_, slices_;
    std::int64_t last_slice_ns_ = 0;
};

} // namespace lunette::script
