#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <lunette/engine.h>

#include "script/channel.h"
#include "script/failover/beginning.h"
#include "script/failover/wedge_detector.h"
#include "view/view_mailbox.h"

namespace lunette::script {

class Incarnation;
class Orphans;

/// One script thread, from outside: the thread, what is shared with it, and how it ends. What the thread may
/// touch lives here, for as long as it may: whoever gives it up keeps the object until it has ended, or
/// leaves it behind.
///
/// Thread: UI thread.
class ScriptThread {
public:
    ScriptThread(std::shared_ptr<const EngineOptions> options, Clock& clock, Beginning beginning);
    /// REQUIRES: not started, or has ended.
    ~ScriptThread();
    ScriptThread(const ScriptThread&) = delete;
    ScriptThread& operator=(const ScriptThread&) = delete;

    /// With the host's events. Does not wait.
    void start(std::vector<Beginning::Declaration> events);
    bool started() const noexcept { return thread_.joinable(); }
    /// A thread that sleeps looks at the channel.
    void wake() noexcept;
    /// It stops what it does and ends, if it can. Does not wait.
    void end() noexcept;

    /// It is stuck, and will unwind and end when it comes back. Who sees it calls end().
    bool is_stuck() const noexcept { return stuck() != WedgeDetector::Verdict::fine; }
    WedgeDetector::Verdict stuck() const noexcept { return stuck_.load(std::memory_order_acquire); }
    /// Also when it was never started.
    bool has_ended() const;
    /// Where the task was that made it stuck, "file:line", if it is known. REQUIRES: has_ended().
    const std::string& place() const noexcept { return place_; }

    /// Of a thread that was told to end: waits until it has ended, unless it is stuck. Then it is kept from
    /// touching anything ever again, its object stays for ever, and its children are orphans.
    static void dispose(std::unique_ptr<ScriptThread> thread, Orphans& orphans);
    /// Any thread.
    static int left_behind() noexcept;

    Channel channel;
    /// Of views, which it may still publish to.
    std::vector<std::unique_ptr<ViewMailbox>> mailboxes;

private:
    void run();
    bool wait_for_end(std::chrono::milliseconds timeout) const;

    const std::shared_ptr<const EngineOptions> options_;
    Clock& clock_;
    Beginning beginning_;
    std::thread thread_;
    std::atomic<Incarnation*> incarnation_{nullptr}; ///< from when it is made; it lives until `released_`
    std::atomic<bool> released_{false};              ///< the UI thread uses `incarnation_` no more
    std::atomic<WedgeDetector::Verdict> stuck_{WedgeDetector::Verdict::fine};
    std::promise<void> end_;
    std::future<void> ended_{end_.get_future()};
    std::string place_; ///< script thread, until it has ended
};

} // namespace lunette::script
