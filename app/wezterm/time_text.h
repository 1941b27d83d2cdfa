#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

// Points in time from text. Pure; any thread.
namespace lunette::wezterm {

struct Instant {
    std::int64_t seconds = 0; // since 1970-01-01 00:00:00 UTC
    std::uint32_t nanoseconds = 0;
    friend bool operator==(const Instant&, const Instant&) = default;
};

// "2024-02-29T12:30:00.5+01:00"; a lower-case or blank separator and "z" are taken too.
tl::expected<Instant, std::string> parse_rfc3339(std::string_view text);

// By chrono's specifiers. The text must give a date, a time and an offset (%z, or %s), as WezTerm demands.
tl::expected<Instant, std::string> parse_time(std::string_view text, std::string_view format);

// "2024-02-29T11:30:00+00:00", with as many digits of a second as it has: 0, 3, 6 or 9.
std::string to_rfc3339(const Instant& instant);

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar. REQUIRES: 1 <= month <= 12.
std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept;

} // namespace lunette::wezterm
