#include "wezterm/strftime.h"

#include <gtest/gtest.h>

#include <ctime>

namespace lunette::wezterm {
namespace {

// 2001-07-08 00:34:60.026490708 +09:30, the example of chrono's documentation (a leap second there; :59
// here).
constexpr std::int64_t example = 994518299;

std::string at(std::string_view format, std::int64_t seconds = example,
               std::uint32_t nanoseconds = 26'490'708, std::int32_t offset = 34200) {
    const auto text = strftime(format, ZonedTime{seconds, nanoseconds, offset, {}});
    return text ? *text : "error: " + text.error();
}

TEST(Strftime, DateSpecifiers) {
    EXPECT_EQ(at("%Y %C %y %m %b %B %h %d %e"), "2001 20 01 07 Jul July Jul 08  8");
    EXPECT_EQ(at("%a %A %w %u %U %W %G %g %V %j"), "Sun Sunday 0 7 27 27 2001 01 27 189");
    EXPECT_EQ(at("%D|%x|%F|%v"), "07/08/01|07/08/01|2001-07-08| 8-Jul-2001");
    EXPECT_EQ(at("%q"), "3");
}

TEST(Strftime, TimeSpecifiers) {
    EXPECT_EQ(at("%H %k %I %l %P %p %M %S"), "00  0 12 12 am AM 34 59");
    EXPECT_EQ(at("%R|%T|%X|%r"), "00:34|00:34:59|00:34:59|12:34:59 AM");
    EXPECT_EQ(at("%f %.f %.3f %.6f %.9f %3f %6f %9f"),
              "026490708 .026490708 .026 .026490 .026490708 026 026490 026490708");
    EXPECT_EQ(at("[%.f]", example, 0), "[]");
    EXPECT_EQ(at("%.f", example, 500'000'000), ".500");
    EXPECT_EQ(at("%S", example, 1'026'490'708), "60");
}

TEST(Strftime, ZoneAndCombined) {
    EXPECT_EQ(at("%Z %z %:z %::z %:::z"), "+09:30 +0930 +09:30 +09:30:00 +09");
    EXPECT_EQ(at("%z", example, 0, -19800), "-0530");
    EXPECT_EQ(at("%c"), "Sun Jul  8 00:34:59 2001");
    EXPECT_EQ(at("%+"), "2001-07-08T00:34:59.026490708+09:30");
    EXPECT_EQ(at("%s"), "994518299");
    EXPECT_EQ(strftime("%Z %z", utc_time(0, 0)), "UTC +0000");
    EXPECT_EQ(at("%t%n%%"), "\t\n%");
}

TEST(Strftime, Padding) {
    EXPECT_EQ(at("%-d %_d %0e %-H %-I %-m %-j %_m %-M"), "8  8 08 0 12 7 189  7 34");
    EXPECT_EQ(at("%-l:%M"), "12:34");
    EXPECT_EQ(at("%_H|%0k"), " 0|00");
}

TEST(Strftime, TextAroundIsKept) {
    EXPECT_EQ(at(""), "");
    EXPECT_EQ(at("no time"), "no time");
    EXPECT_EQ(at("\xC3\xA9 %H\xE2\x80\xA2%M"), "\xC3\xA9 00\xE2\x80\xA2"
                                               "34");
}

TEST(Strftime, InvalidSpecifiersAreErrors) {
    for (const char* format : {"%", "%Q", "a%", "%-", "%-A", "%:", "%:H", "%::::z", "%3", "%.", "%.3", "%4f",
                               "%.2f", "%#z", "%E", "%Oy", "%!", "%\xC3\xA9", "%-%"}) {
        const auto result = strftime(format, utc_time(0, 0));
        EXPECT_FALSE(result) << format;
        EXPECT_EQ(finest_granularity(format), Granularity::none) << format;
    }
    EXPECT_EQ(strftime("ab %J", utc_time(0, 0)).error(),
              "invalid specifier '%J' at byte 4 of the time format 'ab %J'");
    EXPECT_FALSE(strftime(std::string_view{"%\0", 2}, utc_time(0, 0)));
}

TEST(Strftime, LengthAndRangeAreBounded) {
    std::string format;
    for (int i = 0; i < 10'000; ++i) format += "%c%c";
    EXPECT_FALSE(strftime(format, utc_time(0, 0)));
    EXPECT_FALSE(strftime("%Y", utc_time(INT64_MAX, 0)));
    EXPECT_FALSE(strftime("%Y", utc_time(INT64_MIN, 0)));
}

TEST(Strftime, FarYearsHaveASign) {
    EXPECT_EQ(at("%F", 253402300800, 0, 0), "+10000-01-01");
    EXPECT_EQ(at("%F", -62198755200, 0, 0), "-0001-01-01");
    EXPECT_EQ(at("%C %y", -62198755200, 0, 0), "-1 99");
}

TEST(Strftime, AgreesWithTheCLibraryOverManyDays) {
    for (std::int64_t day = -25'000; day < 40'000; day += 13) {
        const std::int64_t seconds = day * 86400 + (day * 7919 % 86400);
        const std::time_t time = seconds;
        std::tm parts{};
        gmtime_r(&time, &parts);
        char expected[100];
        std::strftime(expected, sizeof expected, "%Y-%m-%d %H:%M:%S %j %U %W %V %G %g %u %w %I %e", &parts);
        ASSERT_EQ(strftime("%Y-%m-%d %H:%M:%S %j %U %W %V %G %g %u %w %I %e", utc_time(seconds, 0)),
                  expected);
    }
}

TEST(LocalTime, AgreesWithTheCLibrary) {
    for (std::int64_t seconds : {std::int64_t{0}, example, example + 15'000'000}) {
        const std::time_t time = seconds;
        std::tm parts{};
        localtime_r(&time, &parts);
        char expected[40];
        std::strftime(expected, sizeof expected, "%F %T %z", &parts);
        EXPECT_EQ(strftime("%F %T %z", local_time(seconds, 0)), expected);
    }
}

TEST(Granularity, FinestSpecifierDecides) {
    EXPECT_EQ(finest_granularity("plain"), Granularity::none);
    EXPECT_EQ(finest_granularity("%%%n%t"), Granularity::none);
    EXPECT_EQ(finest_granularity("%Y-%m-%d %A"), Granularity::day);
    EXPECT_EQ(finest_granularity("%d %H %Z"), Granularity::hour);
    EXPECT_EQ(finest_granularity("%a %b %-d %H:%M"), Granularity::minute);
    EXPECT_EQ(finest_granularity("%R"), Granularity::minute);
    EXPECT_EQ(finest_granularity("%H:%M:%S"), Granularity::second);
    EXPECT_EQ(finest_granularity("%T"), Granularity::second);
    EXPECT_EQ(finest_granularity("%c"), Granularity::second);
    EXPECT_EQ(finest_granularity("%H %.3f"), Granularity::subsecond);
    EXPECT_EQ(finest_granularity("%+"), Granularity::subsecond);
}

} // namespace
} // namespace lunette::wezterm
