#include "script/failover/wedge_detector.h"

#include <algorithm>

namespace lunette::script {

namespace {
constexpr std::int64_t arm_every_ns = 1'000'000'000;
constexpr std::int64_t few_ns = 50'000; // what a signal costs the thread
constexpr int idle_share = 100;         // of the time at most one part in so many
} // namespace

bool WedgeDetector::goes_on(const Look& now) const noexcept {
    return now.deadline_ns != 0 && !now.polling && now.slice == last_.slice &&
           now.deadline_ns == last_.deadline_ns;
}

bool WedgeDetector::is_idle(std::int64_t elapsed_ns, std::int64_t used_ns) noexcept {
    return used_ns <= elapsed_ns / idle_share + few_ns;
}

bool WedgeDetector::wants_state(const Look& now) const noexcept {
    return goes_on(now) && is_idle(now.wall_ns - last_.wall_ns, now.cpu_ns - last_.cpu_ns);
}

WedgeDetector::Verdict WedgeDetector::look(const Look& now) noexcept {
    const std::int64_t elapsed = std::min(now.wall_ns - last_.wall_ns, longest_look_ns);
    const std::int64_t used = now.cpu_ns - last_.cpu_ns;
    const bool same = goes_on(now);
    last_ = now;
    if (!same) {
        used_ns_ = blocked_ns_ = 0;
        next_arm_ns_ = std::min(arm_every_ns, limits_.blocked_ns / 2);
        return Verdict::fine;
    }
    if (now.cpu_ns > now.deadline_ns)
        used_ns_ += std::min({used, now.cpu_ns - now.deadline_ns, longest_look_ns});
    if (used_ns_ >= limits_.cpu_ns) return Verdict::stuck_on_cpu;

    if (!is_idle(elapsed, used)) {
        blocked_ns_ = 0;
        next_arm_ns_ = std::min(arm_every_ns, limits_.blocked_ns / 2);
        return Verdict::fine;
    }
    if (now.state != ThreadState::blocked) return Verdict::fine;
    blocked_ns_ += elapsed;
    if (blocked_ns_ >= limits_.blocked_ns) return Verdict::stuck_in_kernel;
    if (blocked_ns_ < next_arm_ns_) return Verdict::fine;
    next_arm_ns_ += arm_every_ns;
    return Verdict::arm;
}

} // namespace lunette::script
