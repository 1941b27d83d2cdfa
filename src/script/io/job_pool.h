#pragma once

#include <cstddef>
#include <functional>

#include <uv.h>

namespace lunette::script {

/// Work on libuv's thread pool. What blocks there blocks nobody but others who want the pool.
///
/// Thread: script thread.
class JobPool {
public:
    explicit JobPool(uv_loop_t* loop) noexcept : loop_{loop} {}
    JobPool(const JobPool&) = delete;
    JobPool& operator=(const JobPool&) = delete;

    /// Runs `work` on a worker thread, then `done` in a callback of the loop; both are destroyed on the
    /// script thread. `work` must not throw.
    void submit(std::function<void()> work, std::function<void()> done);
    std::size_t running() const noexcept { return running_; }

private:
    struct Job;
    uv_loop_t* loop_;
    std::size_t running_ = 0;
};

} // namespace lunette::script
