#include "script/io/io_runtime.h"

#include <cassert>
#include <utility>

#include "script/io/job_pool.h"
#include "script/io/open_files.h"
#include "script/io/shell_commands.h"

namespace lunette::script {

IoRuntime::IoRuntime(Clock& clock, ChildLimits limits, ChildRegister* children) : clock_{clock} {
    uv_loop_init(&loop_);
    uv_async_init(&loop_, &wake_, [](uv_async_t*) {});
    timers_ = std::make_unique<TimerQueue>(&loop_, clock);
    jobs_ = std::make_unique<JobPool>(&loop_);
    children_ = std::make_unique<ChildTable>(&loop_, clock, limits, children ? *children : own_register_);
    files_ = std::make_unique<OpenFiles>(&loop_, *jobs_);
    commands_ = std::make_unique<ShellCommands>(*children_, *timers_);
}

IoRuntime::~IoRuntime() {
    assert(!in_loop_);
    children_.reset();
    files_->shut_down();
    while (jobs_->running() > 0) uv_run(&loop_, UV_RUN_ONCE);
    files_.reset();
    commands_.reset();
    timers_.reset();
    uv_close(reinterpret_cast<uv_handle_t*>(&wake_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    [[maybe_unused]] const int error = uv_loop_close(&loop_);
    assert(error == 0 && "somebody left a handle on the loop");
}

void IoRuntime::wake() noexcept { uv_async_send(&wake_); }

void IoRuntime::run_once(bool block) { turn(block, nullptr); }

void IoRuntime::turn(bool block, WaitOwner only) {
    assert(!in_loop_ && "tasks never run inside a callback of the loop");
    if (block) {
        timers_->arm(only);
        block = !completions_.ready(only) && !timers_->due(only);
    }
    in_loop_ = true;
    if (block && polling_) polling_->store(true, std::memory_order_release);
    uv_run(&loop_, block ? UV_RUN_ONCE : UV_RUN_NOWAIT);
    if (block && polling_) polling_->store(false, std::memory_order_release);
    in_loop_ = false;
}

bool IoRuntime::deliver() {
    const bool fired = timers_->poll();
    return completions_.deliver() || fired;
}

bool IoRuntime::pump(WaitOwner only, std::chrono::microseconds limit, const std::function<bool()>& finished) {
    bool expired = false;
    const auto end = timers_->after(
        limit, [&expired] { expired = true; }, only);
    while (!finished() && !expired) {
        turn(true, only);
        timers_->poll(only);
        completions_.deliver(only);
    }
    timers_->cancel(end);
    return !expired || finished();
}

bool IoRuntime::anything_pending() const {
    return completions_.ready() || timers_->due() || jobs_->running() > 0;
}

} // namespace lunette::script
