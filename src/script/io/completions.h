#pragma once

#include <cstddef>
#include <deque>
#include <functional>

#include "script/io/timer_queue.h"

namespace lunette::script {

/// What has ended and waits to be told: filled by callbacks of the loop, emptied between tasks.
///
/// Thread: script thread.
class Completions {
public:
    void post(WaitOwner owner, std::function<void()> tell) { queue_.push_back({owner, std::move(tell)}); }

    /// Tells what is queued now, in order; with an owner only its own. What is posted meanwhile is left for
    /// the next call. True if anything was told.
    bool deliver(WaitOwner only = nullptr);
    bool ready(WaitOwner only = nullptr) const noexcept;

private:
    struct Completion {
        WaitOwner owner;
        std::function<void()> tell;
    };
    std::deque<Completion> queue_;
};

} // namespace lunette::script
