#include "wezterm/clock_reads.h"

#include <chrono>

namespace lunette::wezterm {

Instant clock_now(Script& script) {
    const std::int64_t us = script.wall_us();
    const std::int64_t seconds = us / 1'000'000 - (us % 1'000'000 < 0);
    return {seconds, static_cast<std::uint32_t>((us - seconds * 1'000'000) * 1000)};
}

void reads_clock_for(Script& script, std::string_view format) {
    using namespace std::chrono_literals;
    switch (finest_granularity(format)) {
    case Granularity::none: return;
    case Granularity::day:
    case Granularity::hour:
        // Offsets of time zones are multiples of a quarter of an hour, and the clock counts UTC.
        return script.reads_clock(15min);
    case Granularity::minute: return script.reads_clock(1min);
    case Granularity::second: return script.reads_clock(1s);
    case Granularity::subsecond: return script.reads_clock(100ms);
    }
}

std::string show_time(std::string_view format, const ZonedTime& time) {
    auto text = strftime(format, time);
    if (!text) throw BindError{"time format: " + text.error()};
    return std::move(*text);
}

} // namespace lunette::wezterm
