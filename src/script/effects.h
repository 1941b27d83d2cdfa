#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <lunette/engine.h>

#include "script/event_table.h"
#include "script/io/timer_queue.h"
#include "script/run/task.h"

namespace lunette::script {

/// Calls of events with effects, queued as their policies say: coalesced to one running and one waiting, or
/// in order. A call starts only when the model includes every command issued before.
///
/// Thread: script thread.
class Effects {
public:
    struct Call {
        std::uint64_t ticket = 0;
        Args arguments;
        std::int64_t queued_us = 0;
        bool urgent = false;
        std::optional<Command> otherwise{}; ///< as in EmitOptions
        std::int64_t due_us = 0;            ///< when it started to wait for more than its throttle
    };
    /// Spawns the task of a call.
    using Start = std::function<Task&(Event&, Call)>;
    /// A call will never run; `reason` is for people, empty when another one took its place.
    using Drop = std::function<void(Event&, const Call&, std::string_view reason)>;

    Effects(Clock& clock, TimerQueue& timers, Start start, Drop drop)
        : clock_{clock}, timers_{timers}, start_{std::move(start)}, drop_{std::move(drop)} {}
    ~Effects();
    Effects(const Effects&) = delete;
    Effects& operator=(const Effects&) = delete;

    void add(Event& event, Call call);
    /// Starts one call, urgent ones first, if one may start now: it could issue commands that the next has to
    /// see. `up_to_date`: the snapshot includes all commands issued so far.
    void dispatch(bool up_to_date);
    /// The task's synchronous part is over: the next of an ordered queue may start.
    void settled(Task& task);
    void ended(Task& task);

    bool waiting() const noexcept;

private:
    struct Item {
        Event* event;
        Call call;
    };
    struct Lane {
        std::deque<Item> waiting;
        Task* running = nullptr;
        std::int64_t next_allowed_us = 0;
    };
    using Key = std::pair<const void*, Id>;

    Key key_of(const Event& event, const Call& call) const noexcept;
    bool may_start(Lane& lane, bool up_to_date);
    static bool goes_first(const Lane& lane, const Lane& other) noexcept;
    void wake_at(std::int64_t time_us);
    void drop_overdue(Lane& lane);

    Clock& clock_;
    TimerQueue& timers_;
    Start start_;
    Drop drop_;
    std::map<Key, Lane> lanes_;
    TimerQueue::Id timer_ = 0;
    std::int64_t timer_for_ = 0;
};

} // namespace lunette::script
