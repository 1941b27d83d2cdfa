#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include <lunette/engine.h>
#include <uv.h>

namespace lunette::script {

class WallAlarm;

/// Whose wait it is, so that the loop can be pumped for one call alone. Only compared, never dereferenced.
using WaitOwner = const void*;

/// Timers over the engine's clock. Nothing fires by itself: the loop is woken when something is due (by one
/// uv_timer and, for wall time, a timerfd; by nobody when the clock is not real), and poll() fires it.
///
/// Thread: script thread. Callbacks may add and cancel timers.
class TimerQueue {
public:
    using Id = std::uint64_t; ///< never reused, never 0
    using Fire = std::function<void()>;

    TimerQueue(uv_loop_t* loop, Clock& clock);
    ~TimerQueue();
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;

    /// Once, at least `delay` from now.
    Id after(std::chrono::microseconds delay, Fire fire, WaitOwner owner = nullptr);
    /// Again and again on the grid of now + n × period; periods missed during a stall fire once together.
    /// REQUIRES: period > 0.
    Id every(std::chrono::microseconds period, Fire fire, WaitOwner owner = nullptr);
    /// Once, when the wall clock shows `wall_us` (since 1970, UTC) or has been set: after a jump, in either
    /// direction, whatever was computed from the old time is out of date.
    Id at_wall(std::int64_t wall_us, Fire fire, WaitOwner owner = nullptr);
    /// False if it has fired or never was.
    bool cancel(Id id);

    /// Fires what is due, in order of deadline; with an owner only its timers. A timer added by a callback
    /// fires at the next poll. True if anything fired.
    bool poll(WaitOwner only = nullptr);
    /// Something is due; with an owner, of its timers.
    bool due(WaitOwner only = nullptr) const;
    /// Lets the loop wake for the next deadline. With an owner, timers that are due but not its own do not
    /// count: they stay due, and would keep the loop spinning.
    void arm(WaitOwner only = nullptr);

    std::size_t size() const noexcept { return where_.size(); }
    /// Monotonic time of the next deadline not bound to wall time; INT64_MAX if there is none.
    std::int64_t next_deadline_us() const noexcept;

private:
    struct Timer {
        Fire fire;
        WaitOwner owner;
        std::int64_t period; ///< 0: once
    };
    using Key = std::pair<std::int64_t, Id>; ///< deadline in µs
    using Ordered = std::map<Key, Timer>;
    struct Place {
        bool wall;
        std::int64_t deadline;
    };

    Id add(bool wall, std::int64_t deadline, Timer timer);
    void collect(const Ordered& timers, std::int64_t now, WaitOwner only, std::vector<Id>& due) const;
    void fire(Id id, std::int64_t now);
    void wall_clock_was_set();

    Clock& clock_;
    Ordered monotonic_;
    Ordered wall_;
    std::unordered_map<Id, Place> where_;
    Id last_ = 0;
    uv_timer_t* wakeup_ = nullptr;       ///< null when the clock is not real
    std::int64_t armed_for_ = INT64_MAX; ///< what wakeup_ is set for
    std::unique_ptr<WallAlarm> alarm_;   ///< made when somebody first wants wall time
};

} // namespace lunette::script
