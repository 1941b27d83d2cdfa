#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

#include <pthread.h>

#include "script/failover/wedge_detector.h"
#include "script/run/runnable_threads.h"

namespace lunette::script {

/// What the script thread tells the watchdog. One writer for each word.
struct WatchdogControl {
    /// Thread CPU time at which the running task should give way; 0 while nothing runs. Script thread.
    std::atomic<std::int64_t> deadline_ns{0};
    /// Counts slices. Script thread.
    std::atomic<std::uint64_t> slices{0};
    /// Tasks beyond their turn exist, so deadlines follow each other closely. Script thread.
    std::atomic<bool> slicing{false};
    /// It waits in the poll of its loop, which is nobody's fault. Script thread.
    std::atomic<bool> polling{false};
    /// 1 while the watchdog sleeps without a timeout; a futex word. Watchdog, cleared by the script thread.
    std::atomic<std::uint32_t> parked{0};

    /// The running task must give way at this thread CPU time. Wakes a parked watchdog: one system call.
    void arm(std::int64_t deadline) noexcept;
    void disarm() noexcept { deadline_ns.store(0, std::memory_order_release); }
};

/// Sends the preemption signal to the script thread when the running task has used its time, again and again
/// until a hook ran. Sleeps while nothing runs; wakes at most once per `turn` while things are quiet. Decides
/// by the CPU clock of the thread, never by the wall clock. Tells when the thread is stuck.
///
/// While a task computes on and on, and other threads of the machine would run, it also makes the thread
/// offer its processor, every 2 ms, and seven times a millisecond while the host is awake. Linux looks at
/// clock ticks only (4 ms at 250 Hz) whether one that it woke there and did not prefer at once should run by
/// now, and the kernel's own worker for ptys is such a one.
///
/// Thread: made and destroyed on the script thread (or with that thread not running Lua).
class Watchdog {
public:
    /// Called on the watchdog's thread, once.
    using Stuck = std::function<void(WedgeDetector::Verdict)>;

    /// What comes with the signal and tells the handler whom it is meant for, and what is wanted: that the
    /// task gives way to others, or the thread to other threads of its processor.
    struct Cookies {
        void* preempt;
        void* yield;
    };

    /// `host_turns` changes when the host's own thread does something. Without `stuck` a thread may be as
    /// stuck as it likes.
    Watchdog(WatchdogControl& control, const std::atomic<std::uint64_t>& host_turns, pthread_t target,
             int signal, Cookies cookies, std::int64_t turn_ns, WedgeDetector::Limits limits, Stuck stuck);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    std::uint64_t signals_sent() const noexcept { return signals_.load(std::memory_order_relaxed); }
    /// How often it made the thread offer its processor.
    std::uint64_t yields() const noexcept { return yields_.load(std::memory_order_relaxed); }

private:
    void run();
    /// While a task runs. Returns for how long to sleep.
    std::int64_t look(std::uint64_t slice, std::int64_t deadline_ns);
    /// While a task runs whose time is not over. Returns when to do it again.
    std::int64_t offer_processor(const Look& now) noexcept;
    void send(void* cookie) noexcept;
    void park(std::uint64_t seen_slices) noexcept;

    WatchdogControl& control_;
    const std::atomic<std::uint64_t>& host_turns_;
    clockid_t cpu_clock_{};
    pid_t target_tid_;
    int signal_;
    Cookies cookies_;
    WedgeDetector detector_;
    ThreadStateReader state_;
    RunnableThreads runnable_;
    Stuck stuck_;
    bool given_up_ = false;
    std::int64_t seen_cpu_ns_ = 0; ///< at the look before
    std::uint64_t seen_turns_ = 0; ///< likewise
    std::int64_t busy_until_ns_ = 0;
    std::int64_t sent_at_ns_ = 0;  ///< CPU time
    std::uint64_t sent_in_ = 0;    ///< slice
    std::int64_t sent_for_ns_ = 0; ///< deadline
    std::int64_t look_ns_;         ///< how often it looks while things happen but nothing runs long
    std::atomic<bool> stop_{false};
    std::atomic<std::uint32_t> sleeper_{0}; ///< a futex word to sleep on; 1 at the end
    std::atomic<std::uint64_t> signals_{0};
    std::atomic<std::uint64_t> yields_{0};
    std::thread thread_;
};

} // namespace lunette::script
