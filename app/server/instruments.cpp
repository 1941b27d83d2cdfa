#include "server/instruments.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <sys/resource.h>

namespace lunette::server {

std::int64_t monotonic_ns() noexcept {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Instruments::Span::Span(Instruments& instruments, const char* cause, Part part) noexcept
    : instruments_{instruments},
      cause_{cause},
      part_{part},
      start_{monotonic_ns()},
      allocations_{instruments.allocation_counter_ ? instruments.allocation_counter_() : 0} {}

Instruments::Span::~Span() {
    if (instruments_.allocation_counter_ && part_ == Part::frame)
        instruments_.allocations_ += instruments_.allocation_counter_() - allocations_;
    instruments_.span_ended(cause_, part_, start_, monotonic_ns());
}

// getrusage(2): RUSAGE_THREAD, since Linux 2.6.26.
Instruments::Switches Instruments::switches() noexcept {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return {usage.ru_nvcsw, usage.ru_nivcsw};
}

void Instruments::turn_started() noexcept { switches_ = switches(); }

void Instruments::span_ended(const char* cause, Part part, std::int64_t start, std::int64_t end) {
    const std::int64_t duration = end - start;
    if (part == Part::frame)
        script_ += duration;
    else
        script_after_frame_.record(duration);
    if (duration <= stall_limit) return;
    const Switches before = std::exchange(switches_, switches());
    const bool waited = switches_.voluntary != before.voluntary;
    const bool preempted = switches_.involuntary != before.involuntary;
    if (preempted && !waited) return;
    last_stall_end_ = end;
    const auto found = stalls_.try_emplace(cause).first;
    ++found->second.count;
    found->second.max = std::max(found->second.max, duration);
}

void Instruments::frame_started(std::int64_t due, std::int64_t slots, bool late) noexcept {
    due_ += static_cast<std::uint64_t>(std::max<std::int64_t>(slots, 1));
    ++rendered_;
    if (!late) return;
    ++late_;
    // A wait that ended after the frame was due took time from it.
    if (last_stall_end_ > due) ++late_by_script_;
}

void Instruments::frame_ended(std::int64_t duration) noexcept {
    ui_.record(duration);
    script_on_ui_.record(script_);
    if (rebuilt_) script_on_ui_rebuild_.record(script_);
    last_ui_ = duration;
    last_script_ = std::exchange(script_, 0);
    rebuilt_ = false;
}

void Instruments::read(Freshness freshness) noexcept {
    ++views_.reads;
    switch (freshness) {
    case Freshness::fresh: ++views_.fresh; break;
    case Freshness::stale: ++views_.stale; break;
    case Freshness::fallback: ++views_.fallback; break;
    }
}

} // namespace lunette::server
