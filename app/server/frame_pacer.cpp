#include "server/frame_pacer.h"

#include <algorithm>

namespace lunette::server {

void FramePacer::damage(std::int64_t now) noexcept {
    if (damaged_ == never) damaged_ = now;
}

void FramePacer::hurry(std::int64_t now) noexcept {
    damage(now);
    if (hurried_ == never) hurried_ = now;
}

std::int64_t FramePacer::asked() const noexcept {
    const std::int64_t paced = std::max(damaged_, last_ + interval_);
    return hurried_ == never ? paced : std::min(paced, hurried_);
}

std::optional<std::int64_t> FramePacer::due() const noexcept {
    if (damaged_ == never) return std::nullopt;
    return std::max(asked(), deferred_);
}

bool FramePacer::may_defer(std::int64_t now) const noexcept {
    return damaged_ != never && now < asked() + longest_deferral;
}

void FramePacer::defer(std::int64_t now) noexcept {
    if (may_defer(now)) deferred_ = asked() + longest_deferral;
}

FramePacer::Started FramePacer::start(std::int64_t now) noexcept {
    Started started;
    // A deferral is intended: it makes no frame late.
    started.due = due().value_or(now);
    const std::int64_t behind = std::max<std::int64_t>(now - started.due, 0);
    started.late = behind > interval_;
    started.slots = 1 + (interval_ > 0 ? behind / interval_ : 0);
    last_ = now;
    damaged_ = never;
    deferred_ = never;
    hurried_ = never;
    return started;
}

} // namespace lunette::server
