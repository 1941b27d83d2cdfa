#include "script/io/wall_alarm.h"

#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

namespace lunette::script {

WallAlarm::WallAlarm(uv_loop_t* loop, std::function<void()> was_set)
    : was_set_{std::move(was_set)}, timer_{::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC)} {
    if (timer_ && watch_.start(loop, timer_.get(), UV_READABLE, [this](int) { ready(); }) != 0)
        timer_.reset();
}

bool WallAlarm::arm(std::int64_t deadline_us, std::int64_t now_us) {
    if (!timer_) return false;
    if (deadline_us == armed_for_) return true;
    // The engine's clock need not be the system's, so the distance counts.
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t distance = std::clamp<std::int64_t>(deadline_us - now_us, 0, 86'400'000'000);
    const std::int64_t at = now.tv_sec * 1'000'000 + now.tv_nsec / 1000 + distance;
    itimerspec spec{};
    spec.it_value.tv_sec = at / 1'000'000;
    spec.it_value.tv_nsec = at % 1'000'000 * 1000;
    armed_for_ = deadline_us;
    if (::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, nullptr) != 0) {
        // ECANCELED: the clock was set before anybody read the timer; it is armed all the same.
        if (errno != ECANCELED) return false;
        was_set_();
    }
    return true;
}

void WallAlarm::disarm() {
    if (!timer_ || armed_for_ == INT64_MAX) return;
    armed_for_ = INT64_MAX;
    const itimerspec never{};
    ::timerfd_settime(timer_.get(), 0, &never, nullptr);
}

void WallAlarm::ready() {
    std::uint64_t expirations = 0;
    const bool cancelled = ::read(timer_.get(), &expirations, sizeof expirations) < 0 && errno == ECANCELED;
    armed_for_ = INT64_MAX;
    if (cancelled) was_set_();
}

} // namespace lunette::script
