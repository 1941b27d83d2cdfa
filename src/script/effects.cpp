#include "script/effects.h"

#include <algorithm>

namespace lunette::script {

namespace {

constexpr std::size_t longest_queue = 64;
constexpr std::int64_t overdue_us = 2'000'000;

Id window_of(const Args& arguments) noexcept {
    return !arguments.empty() && arguments[0].record() ? arguments[0].record()->id() : 0;
}

} // namespace

Effects::~Effects() {
    if (timer_) timers_.cancel(timer_);
}

Effects::Key Effects::key_of(const Event& event, const Call& call) const noexcept {
    // All ordered events of one window share a lane: that is what keeps key presses in order.
    const void* which = event.policy.queueing == Queueing::fifo ? nullptr : &event;
    return {which, window_of(call.arguments)};
}

void Effects::add(Event& event, Call call) {
    call.queued_us = clock_.now_us();
    for (const auto& stats : event.stats) ++stats->report.requested;
    Lane& lane = lanes_[key_of(event, call)];
    if (event.policy.queueing == Queueing::coalesce && !lane.waiting.empty()) {
        Call& old = lane.waiting.front().call;
        ++event.of(0).report.throttled;
        call.queued_us = old.queued_us;
        drop_(event, old, {});
        old = std::move(call);
        return;
    }
    if (lane.waiting.size() >= longest_queue) {
        ++event.of(0).report.dropped;
        drop_(event, call, "64 calls are waiting already");
        return;
    }
    lane.waiting.push_back({&event, std::move(call)});
}

void Effects::drop_overdue(Lane& lane) {
    const std::int64_t now = clock_.now_us();
    while (!lane.waiting.empty() && lane.waiting.front().event->policy.queueing == Queueing::fifo &&
           now - lane.waiting.front().call.queued_us > overdue_us) {
        Item& item = lane.waiting.front();
        ++item.event->of(0).report.dropped;
        drop_(*item.event, item.call, "it waited for more than 2 s");
        lane.waiting.pop_front();
    }
}

bool Effects::may_start(Lane& lane, bool up_to_date) {
    drop_overdue(lane);
    if (lane.waiting.empty() || lane.running || !up_to_date) return false;
    const Event& event = *lane.waiting.front().event;
    const std::int64_t until = std::max(lane.next_allowed_us, event.backoff_until_us);
    if (clock_.now_us() >= until) return true;
    wake_at(until);
    return false;
}

void Effects::dispatch(bool up_to_date) {
    Lane* chosen = nullptr;
    for (auto it = lanes_.begin(); it != lanes_.end();) {
        Lane& lane = it->second;
        if (may_start(lane, up_to_date) && (!chosen || goes_first(lane, *chosen))) chosen = &lane;
        const bool idle = lane.waiting.empty() && !lane.running && clock_.now_us() >= lane.next_allowed_us;
        it = idle ? lanes_.erase(it) : std::next(it);
    }
    if (!chosen) return;
    Item item = std::move(chosen->waiting.front());
    chosen->waiting.pop_front();
    item.call.due_us = std::max({item.call.queued_us, chosen->next_allowed_us, item.event->backoff_until_us});
    chosen->next_allowed_us = clock_.now_us() + item.event->policy.throttle.count();
    chosen->running = &start_(*item.event, std::move(item.call));
}

bool Effects::goes_first(const Lane& lane, const Lane& other) noexcept {
    const Call& a = lane.waiting.front().call;
    const Call& b = other.waiting.front().call;
    if (a.urgent != b.urgent) return a.urgent;
    return a.queued_us != b.queued_us ? a.queued_us < b.queued_us : a.ticket < b.ticket;
}

void Effects::settled(Task& task) {
    for (auto& [key, lane] : lanes_)
        if (lane.running == &task && key.first == nullptr) lane.running = nullptr;
}

void Effects::ended(Task& task) {
    for (auto& [key, lane] : lanes_)
        if (lane.running == &task) lane.running = nullptr;
}

bool Effects::waiting() const noexcept {
    return std::any_of(lanes_.begin(), lanes_.end(), [](const auto& l) { return !l.second.waiting.empty(); });
}

void Effects::wake_at(std::int64_t time_us) {
    if (timer_ && timer_for_ <= time_us) return;
    if (timer_) timers_.cancel(timer_);
    timer_for_ = time_us;
    const auto delay = std::chrono::microseconds{std::max<std::int64_t>(0, time_us - clock_.now_us())};
    timer_ = timers_.after(delay, [this] { timer_ = 0; }); // the loop's next turn dispatches
}

} // namespace lunette::script
