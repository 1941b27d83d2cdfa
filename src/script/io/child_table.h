#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <lunette/bind.h>
#include <lunette/engine.h>
#include <uv.h>

namespace lunette::script {

class Child;
class Spawner;

/// Which output of a child is read; the rest goes to /dev/null.
enum class Capture : std::uint8_t { all, output, none };

struct ChildRequest {
    ProcessOptions options;
    Capture capture = Capture::all;
    /// An identical request that is under way answers this one too.
    bool shareable = false;
};

struct ChildResult {
    ProcessResult result;
    std::chrono::microseconds duration{0}; ///< engine clock, from start to exit
};

struct ChildLimits {
    std::size_t live = 32; ///< more wait in a queue
    std::size_t queued = 1024;
    std::size_t output = std::size_t{64} << 20; ///< bytes, both streams together
};

/// The child processes of one incarnation: starts them (on a thread of its own), feeds and reads them, reaps
/// them. A child runs in its own session without a terminal, so that killing it kills its whole pipeline and
/// one that asks for a password fails instead of stopping.
///
/// Thread: script thread. Make it before the thread lowers its priority: children inherit that of the maker.
class ChildTable {
public:
    using Waiter = std::uint64_t; ///< never reused, never 0
    using Done = std::function<void(Expected<ChildResult>)>;

    ChildTable(uv_loop_t* loop, Clock& clock, ChildLimits limits = {});
    /// Kills and reaps all but background children, which live on.
    ~ChildTable();
    ChildTable(const ChildTable&) = delete;
    ChildTable& operator=(const ChildTable&) = delete;

    /// Calls `done` from a callback of the loop, once: when the child has exited and closed what is captured,
    /// or, with `background`, when it has started. Never from inside run().
    Waiter run(ChildRequest request, Done done);
    /// Forgets the waiter; a child without waiters is killed. Unknown waiters are ignored.
    void cancel(Waiter waiter);

    std::size_t live() const noexcept { return live_; } ///< background children included
    std::size_t queued() const noexcept { return queue_.size(); }
    std::uint64_t started() const noexcept { return started_; } ///< ever

private:
    friend class Child;
    struct Job;

    void start_queued();
    void finish(Job& job, Expected<ChildResult> result);

    uv_loop_t* loop_;
    Clock& clock_;
    ChildLimits limits_;
    std::map<Waiter, Job*> waiters_;
    std::map<Job*, std::unique_ptr<Job>> jobs_;
    std::deque<Job*> queue_;
    std::size_t live_ = 0;
    std::uint64_t started_ = 0;
    Waiter last_ = 0;
    std::unique_ptr<Spawner> spawner_;
};

} // namespace lunette::script
