#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// Formatting of times with chrono's specifiers. Independent of the locale: English names.
// Pure; any thread.
namespace lunette::wezterm {

// A point in time, and where to show it.
struct ZonedTime {
    std::int64_t seconds = 0; // since 1970-01-01 00:00:00 UTC
    std::uint32_t nanoseconds = 0;
    std::int32_t utc_offset = 0; // seconds east of Greenwich
    std::string zone_name;       // what %Z prints ("CET"); empty: the offset, as chrono
};

// The local zone at a time (reads TZ or /etc/localtime through localtime_r).
ZonedTime local_time(std::int64_t seconds, std::uint32_t nanoseconds);
ZonedTime utc_time(std::int64_t seconds, std::uint32_t nanoseconds);

// The text, or what is wrong with the format and where. The result is at most 64 KiB.
tl::expected<std::string, std::string> strftime(std::string_view format, const ZonedTime& time);

// How often the text can change.
enum class Granularity : std::uint8_t { none, day, hour, minute, second, subsecond };

// The finest specifier of a format; `none` when it shows no time at all or is invalid. A day ends
// at local midnight, which a change of the offset moves as well.
Granularity finest_granularity(std::string_view format) noexcept;

} // namespace lunette::wezterm
