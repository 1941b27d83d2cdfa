#include "wezterm/sun_times.h"
#include "wezterm/time_text.h"

#include <gtest/gtest.h>

namespace lunette::wezterm {
namespace {

TEST(TimeText, ParsesRfc3339) {
    EXPECT_EQ(*parse_rfc3339("1970-01-01T00:00:00Z"), (Instant{0, 0}));
    EXPECT_EQ(*parse_rfc3339("2024-02-29 12:30:00.5+01:00"), (Instant{1709206200, 500'000'000}));
    EXPECT_EQ(*parse_rfc3339("1969-12-31T23:59:59-00:00"), (Instant{-1, 0}));
    for (const char* text : {"", "2024-02-30T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00",
                             "2024-13-01T00:00:00Z", "2024-01-01T25:00:00Z", "2024-01-01T00:00:00Zx"})
        EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(TimeText, ParsesByFormat) {
    EXPECT_EQ(parse_time("5 March 2021, 7:08 PM +0200", "%d %B %Y, %I:%M %p %z")->seconds, 1614964080);
    EXPECT_EQ(parse_time("2021-064 00:00:00 Z", "%Y-%j %T %z")->seconds, 1614902400);
    EXPECT_EQ(parse_time("1614902400", "%s")->seconds, 1614902400);
    EXPECT_FALSE(parse_time("2021-03-05 10:00", "%Y-%m-%d %H:%M")); // no offset
    EXPECT_FALSE(parse_time("x", "%Y"));
    EXPECT_FALSE(parse_time("2021", "%Q"));
    EXPECT_FALSE(parse_time("2021", "%"));
}

TEST(TimeText, WritesRfc3339) {
    EXPECT_EQ(to_rfc3339({0, 0}), "1970-01-01T00:00:00+00:00");
    EXPECT_EQ(to_rfc3339({1709206200, 500'000'000}), "2024-02-29T11:30:00.500+00:00");
    EXPECT_EQ(to_rfc3339({1709206200, 1'000}), "2024-02-29T11:30:00.000001+00:00");
    EXPECT_EQ(to_rfc3339({1709206200, 1}), "2024-02-29T11:30:00.000000001+00:00");
}

TEST(SunTimes, RisesAndSetsInBerlin) {
    // 21 June 2024: rise 02:43 UTC, set 19:33 UTC (published tables).
    const SunTimes times = sun_times({1718971200, 0}, 52.52, 13.405); // noon UTC
    ASSERT_TRUE(times.rise && times.set);
    EXPECT_NEAR(static_cast<double>(times.rise->seconds), 1718937780, 300);
    EXPECT_NEAR(static_cast<double>(times.set->seconds), 1718998380, 300);
    EXPECT_TRUE(times.up);
    EXPECT_NEAR(times.progression, 0.55, 0.02);
}

TEST(SunTimes, KnowsPolarDayAndNight) {
    const SunTimes day = sun_times({1718971200, 0}, 80, 15);
    EXPECT_TRUE(day.up);
    EXPECT_FALSE(day.rise || day.set);
    const SunTimes night = sun_times({1734782400, 0}, 80, 15); // 21 December
    EXPECT_FALSE(night.up);
    EXPECT_FALSE(night.rise || night.set);
}

} // namespace
} // namespace lunette::wezterm
