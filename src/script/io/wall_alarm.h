#pragma once

#include <cstdint>
#include <functional>

#include <uv.h>

#include "script/io/file_descriptor.h"
#include "script/io/poll_watch.h"

namespace lunette::script {

/// Wakes the loop at a time of the wall clock, or when that clock is set (timerfd_create(2),
/// TFD_TIMER_CANCEL_ON_SET; waking from suspend counts). Costs nothing while it is not armed.
///
/// Thread: script thread.
class WallAlarm {
public:
    /// `was_set` is called from a callback of the loop when the clock has jumped.
    WallAlarm(uv_loop_t* loop, std::function<void()> was_set);

    /// False when the system has no such timer; then nothing will wake the loop.
    bool arm(std::int64_t deadline_us, std::int64_t now_us);
    void disarm();

private:
    void ready();

    std::function<void()> was_set_;
    FileDescriptor timer_;
    PollWatch watch_;
    std::int64_t armed_for_ = INT64_MAX;
};

} // namespace lunette::script
