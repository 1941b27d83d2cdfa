#include "script/io/clock_format.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include <string>

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t now = 1'700'000'000'000'000;

class Zone {
public:
    explicit Zone(const char* zone) : before_{::getenv("TZ") ? ::getenv("TZ") : ""} {
        ::setenv("TZ", zone, 1);
        ::tzset();
    }
    ~Zone() {
        before_.empty() ? ::unsetenv("TZ") : ::setenv("TZ", before_.c_str(), 1);
        ::tzset();
    }

private:
    std::string before_;
};

TEST(ClockFormat, TheFinestSpecifierCounts) {
    const Zone zone{"UTC"};
    EXPECT_EQ(clock_granularity("%H:%M:%S", now), 1s);
    EXPECT_EQ(clock_granularity("%c", now), 1s);
    EXPECT_EQ(clock_granularity("*t", now), 1s);
    EXPECT_EQ(clock_granularity("!*t", now), 1s);
    EXPECT_EQ(clock_granularity("%a %H:%M", now), 60s);
    EXPECT_EQ(clock_granularity("%I %p", now), 1h);
    EXPECT_EQ(clock_granularity("!%Y-%m-%d", now), 24h);
    EXPECT_EQ(clock_granularity("!%EY %Od", now), 24h);
    EXPECT_EQ(clock_granularity("100%% %n%t text", now), 0s);
    EXPECT_EQ(clock_granularity("", now), 0s);
    EXPECT_EQ(clock_granularity("%", now), 0s);
}

TEST(ClockFormat, LocalDaysBeginWithAnHourOrAQuarter) {
    {
        const Zone zone{"XXX-1"};
        EXPECT_EQ(clock_granularity("%d", now), 1h);
    }
    const Zone zone{"XXX-5:45"};
    EXPECT_EQ(clock_granularity("%d", now), 15min);
    EXPECT_EQ(clock_granularity("%H", now), 15min);
    EXPECT_EQ(clock_granularity("%M", now), 1min);
    EXPECT_EQ(clock_granularity("!%d", now), 24h);
}

} // namespace
} // namespace lunette::script::test
