#include "script/io/timer_queue.h"

#include <algorithm>
#include <utility>

#include "script/io/wall_alarm.h"

namespace lunette::script {

TimerQueue::TimerQueue(uv_loop_t* loop, Clock& clock) : clock_{clock} {
    if (!clock.real()) return;
    wakeup_ = new uv_timer_t;
    uv_timer_init(loop, wakeup_);
}

TimerQueue::~TimerQueue() {
    if (wakeup_)
        uv_close(reinterpret_cast<uv_handle_t*>(wakeup_),
                 [](uv_handle_t* handle) { delete reinterpret_cast<uv_timer_t*>(handle); });
}

TimerQueue::Id TimerQueue::add(bool wall, std::int64_t deadline, Timer timer) {
    const Id id = ++last_;
    (wall ? wall_ : monotonic_).emplace(Key{deadline, id}, std::move(timer));
    where_.emplace(id, Place{wall, deadline});
    return id;
}

TimerQueue::Id TimerQueue::after(std::chrono::microseconds delay, Fire fire, WaitOwner owner) {
    // A deadline beyond what the clock can show never comes; saturate instead of wrapping round.
    const std::int64_t now = clock_.now_us();
    const std::int64_t wait = std::max<std::int64_t>(delay.count(), 0);
    return add(false, wait > INT64_MAX - now ? INT64_MAX : now + wait, {std::move(fire), owner, 0});
}

TimerQueue::Id TimerQueue::every(std::chrono::microseconds period, Fire fire, WaitOwner owner) {
    return add(false, clock_.now_us() + period.count(), {std::move(fire), owner, period.count()});
}

TimerQueue::Id TimerQueue::at_wall(std::int64_t wall_us, Fire fire, WaitOwner owner) {
    return add(true, wall_us, {std::move(fire), owner, 0});
}

bool TimerQueue::cancel(Id id) {
    const auto found = where_.find(id);
    if (found == where_.end()) return false;
    (found->second.wall ? wall_ : monotonic_).erase(Key{found->second.deadline, id});
    where_.erase(found);
    return true;
}

void TimerQueue::collect(const Ordered& timers, std::int64_t now, WaitOwner only,
                         std::vector<Id>& due) const {
    for (auto it = timers.begin(); it != timers.end() && it->first.first <= now; ++it)
        if (!only || it->second.owner == only) due.push_back(it->first.second);
}

void TimerQueue::fire(Id id, std::int64_t now) {
    const auto found = where_.find(id);
    if (found == where_.end()) return;
    Ordered& timers = found->second.wall ? wall_ : monotonic_;
    auto node = timers.extract(Key{found->second.deadline, id});
    Timer& timer = node.mapped();
    if (timer.period == 0) {
        where_.erase(found);
        timer.fire();
        return;
    }
    const std::int64_t periods = (now - node.key().first) / timer.period + 1;
    node.key().first += periods * timer.period;
    found->second.deadline = node.key().first;
    const Fire fire = timer.fire; // the callback may cancel its own timer
    timers.insert(std::move(node));
    fire();
}

bool TimerQueue::poll(WaitOwner only) {
    std::vector<Id> due;
    const std::int64_t now = clock_.now_us();
    if (!monotonic_.empty()) collect(monotonic_, now, only, due);
    if (!wall_.empty()) collect(wall_, clock_.wall_us(), only, due);
    for (const Id id : due) fire(id, now);
    return !due.empty();
}

bool TimerQueue::due(WaitOwner only) const {
    const auto any = [only](const Ordered& timers, std::int64_t now) {
        for (auto it = timers.begin(); it != timers.end() && it->first.first <= now; ++it)
            if (!only || it->second.owner == only) return true;
        return false;
    };
    return (!monotonic_.empty() && any(monotonic_, clock_.now_us())) ||
           (!wall_.empty() && any(wall_, clock_.wall_us()));
}

void TimerQueue::arm(WaitOwner only) {
    if (!wakeup_) return;
    const std::int64_t now = clock_.now_us();
    const auto first = [only](const Ordered& timers, std::int64_t time) {
        return only ? timers.upper_bound(Key{time, UINT64_MAX}) : timers.begin();
    };
    const auto next = first(monotonic_, now);
    std::int64_t deadline = next == monotonic_.end() ? INT64_MAX : next->first.first;

    if (wall_.empty()) {
        if (alarm_) alarm_->disarm();
    } else {
        if (!alarm_) alarm_ = std::make_unique<WallAlarm>(wakeup_->loop, [this] { wall_clock_was_set(); });
        const std::int64_t wall_now = clock_.wall_us();
        const auto next_wall = first(wall_, wall_now);
        if (next_wall != wall_.end() && !alarm_->arm(next_wall->first.first, wall_now))
            deadline = std::min(deadline, now + (wall_.begin()->first.first - wall_now));
    }

    if (deadline == armed_for_ && uv_is_active(reinterpret_cast<uv_handle_t*>(wakeup_))) return;
    armed_for_ = deadline;
    if (deadline == INT64_MAX) {
        uv_timer_stop(wakeup_);
        return;
    }
    uv_update_time(wakeup_->loop);
    const auto wait_ms = static_cast<std::uint64_t>((std::max<std::int64_t>(deadline - now, 0) + 999) / 1000);
    // Before libuv 1.45 timers run before the loop polls; without the stop it would then wait for ever.
    uv_timer_start(
        wakeup_, [](uv_timer_t* timer) { uv_stop(timer->loop); }, wait_ms, 0);
}

void TimerQueue::wall_clock_was_set() {
    Ordered due;
    for (auto it = wall_.begin(); it != wall_.end();) {
        auto node = wall_.extract(it++);
        node.key().first = INT64_MIN;
        where_[node.key().second].deadline = INT64_MIN;
        due.insert(std::move(node));
    }
    wall_.swap(due);
}

std::int64_t TimerQueue::next_deadline_us() const noexcept {
    return monotonic_.empty() ? INT64_MAX : monotonic_.begin()->first.first;
}

} // namespace lunette::script
