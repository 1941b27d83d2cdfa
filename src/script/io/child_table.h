#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include <lunette/bind.h>
#include <lunette/engine.h>
#include <uv.h>

#include "script/io/spawner.h"

namespace lunette::script {

struct ChildRequest {
    ProcessOptions options;
    Capture capture = Capture::all;
    /// An identical request that is under way answers this one too.
    bool shareable = false;
};

struct ChildResult {
    ProcessResult result;
    std::chrono::microseconds duration{0}; ///< engine clock, from start to exit
    bool signalled = false;
};

struct ChildLimits {
    std::size_t live = 32; ///< more wait in a queue
    std::size_t queued = 1024;
    std::size_t background = 256;               ///< alive at once; they do not count as live
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

    /// The register outlives it.
    ChildTable(uv_loop_t* loop, Clock& clock, ChildLimits limits, ChildRegister& children);
    /// Kills and reaps all but background children, which live on.
    ~ChildTable();
    ChildTable(const ChildTable&) = delete;
    ChildTable& operator=(const ChildTable&) = delete;

    /// Calls `done` once: when the child has exited and closed what is captured, or, with `background`, when
    /// it has started. `progress` is called when there is more output. Both come from callbacks of the loop
    /// and may only take notes; an error that is known at once comes from inside run().
    Waiter run(ChildRequest request, Done done, std::function<void()> progress = {});
    /// Forgets the waiter; a child without waiters is killed. Unknown waiters are ignored.
    void cancel(Waiter waiter);

    /// What the child has written to its standard output so far; null when the waiter is unknown or done.
    const std::string* output(Waiter waiter) const;
    /// The waiter wants no more output, only the end. A child that is not shared gets SIGPIPE.
    void close_output(Waiter waiter);

    std::size_t live() const noexcept { return live_; } ///< without background children
    std::size_t background() const noexcept { return background_; }
    std::size_t queued() const noexcept { return queue_.size(); }
    std::uint64_t started() const noexcept { return started_; } ///< ever

private:
    using Ticket = std::uint64_t;
    struct Job;

    void start_queued();
    void start(Ticket ticket);
    void remove(Ticket ticket);
    void spawned(Spawned spawned);
    void over(Ticket ticket);
    void finish(Ticket ticket, Expected<ChildResult> result);

    uv_loop_t* loop_;
    Clock& clock_;
    ChildLimits limits_;
    ChildRegister& register_;
    std::map<Ticket, std::unique_ptr<Job>> jobs_;
    std::map<Waiter, Ticket> waiters_;
    std::map<std::string, Ticket> shared_; ///< by everything that makes requests identical
    std::deque<Ticket> queue_;
    std::size_t live_ = 0;
    std::size_t background_ = 0;
    std::uint64_t started_ = 0;
    std::uint64_t last_ = 0;
    Spawner spawner_;
};

} // namespace lunette::script
