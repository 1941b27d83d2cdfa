#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

#include <lunette/engine.h>
#include <uv.h>

#include "script/io/child_table.h"
#include "script/io/completions.h"
#include "script/io/timer_queue.h"

namespace lunette::script {

class JobPool;
class OpenFiles;
class ShellCommands;

/// The loop of one script thread and everything on it that a task may wait for. Callbacks of the loop only
/// enqueue; deliver() tells the waiting tasks, so that tasks never run inside uv_run:
///
///     for (;;) {
///         runtime.run_once(nothing_to_run);
///         runtime.deliver();
///         run_tasks();
///     }
///
/// Thread: the script thread makes, uses and destroys it; wake() is for any. Make it before the thread lowers
/// its priority. REQUIRES: every IoContext (and what waits through it) is destroyed before it.
class IoRuntime {
public:
    /// With a register of its children that others look at, too, and that outlives it.
    explicit IoRuntime(Clock& clock, ChildLimits limits = {}, ChildRegister* children = nullptr);
    /// Kills children, finishes writing files, waits for work on the pool.
    ~IoRuntime();
    IoRuntime(const IoRuntime&) = delete;
    IoRuntime& operator=(const IoRuntime&) = delete;

    uv_loop_t* loop() noexcept { return &loop_; }
    Clock& clock() noexcept { return clock_; }

    /// A word that is true while run_once() or pump() wait. It outlives the runtime.
    void show_polling(std::atomic<bool>& word) noexcept { polling_ = &word; }

    /// Any thread, also a signal handler: run_once() returns soon. After ManualClock::advance, too.
    void wake() noexcept;

    /// One turn of the loop; with `block` it waits until something happens, unless something is ready for
    /// deliver(). REQUIRES: not inside a callback of the loop.
    void run_once(bool block);
    /// Fires due timers and tells finished waits. True if there was anything.
    bool deliver();

    /// Runs the loop for the waits of one call alone, while its task stands where Lua cannot yield: nobody
    /// else is told anything until later. Returns true as soon as `finished()`, which is asked after each
    /// turn of the loop and after each wake(); false after `limit` (engine clock).
    bool pump(WaitOwner only, std::chrono::microseconds limit, const std::function<bool()>& finished);

    /// Something will be delivered without waiting for time, children or other programs: finished waits, due
    /// timers, work on the pool.
    bool anything_pending() const;

    TimerQueue& timers() noexcept { return *timers_; }
    ChildTable& children() noexcept { return *children_; }
    Completions& completions() noexcept { return completions_; }
    JobPool& jobs() noexcept { return *jobs_; }
    OpenFiles& files() noexcept { return *files_; }
    ShellCommands& shell_commands() noexcept { return *commands_; }

private:
    void turn(bool block, WaitOwner only);

    uv_loop_t loop_{};
    Clock& clock_;
    uv_async_t wake_{};
    bool in_loop_ = false;
    std::atomic<bool>* polling_ = nullptr;
    Completions completions_;
    ChildRegister own_register_;
    std::unique_ptr<TimerQueue> timers_;
    std::unique_ptr<JobPool> jobs_;
    std::unique_ptr<ChildTable> children_;
    std::unique_ptr<OpenFiles> files_;
    std::unique_ptr<ShellCommands> commands_;
};

} // namespace lunette::script
