#include "wezterm/sun_times.h"

#include <cmath>
#include <numbers>

namespace lunette::wezterm {

namespace {

double radians(double degrees) noexcept { return degrees * std::numbers::pi / 180; }
double degrees(double radians) noexcept { return radians * 180 / std::numbers::pi; }

constexpr double epoch_julian_day = 2440587.5; // 1970-01-01 00:00 UTC
constexpr double j2000 = 2451545.0;
constexpr std::int64_t day_seconds = 86400;

Instant from_julian(double julian_day) noexcept {
    return {std::llround((julian_day - epoch_julian_day) * static_cast<double>(day_seconds)), 0};
}

} // namespace

SunTimes sun_times(const Instant& at, double latitude, double longitude) noexcept {
    // The sunrise equation, with the constants of the low-precision formulae for the sun of the Astronomical
    // Almanac.
    const double noon_of_day =
        std::floor(static_cast<double>(at.seconds) / static_cast<double>(day_seconds)) + epoch_julian_day +
        0.5;
    const double n = std::round(noon_of_day - j2000 + 0.0008);
    const double mean_noon = n - longitude / 360;
    const double anomaly = std::fmod(357.5291 + 0.98560028 * mean_noon, 360);
    const double center = 1.9148 * std::sin(radians(anomaly)) + 0.02 * std::sin(radians(2 * anomaly)) +
                          0.0003 * std::sin(radians(3 * anomaly));
    const double ecliptic = std::fmod(anomaly + center + 180 + 102.9372, 360);
    const double transit =
        j2000 + mean_noon + 0.0053 * std::sin(radians(anomaly)) - 0.0069 * std::sin(radians(2 * ecliptic));
    const double declination = std::asin(std::sin(radians(ecliptic)) * std::sin(radians(23.4397)));
    const double cosine = (std::sin(radians(-0.833)) - std::sin(radians(latitude)) * std::sin(declination)) /
                          (std::cos(radians(latitude)) * std::cos(declination));

    SunTimes times;
    if (!(cosine >= -1 && cosine <= 1)) {
        times.up = cosine < -1;
        return times;
    }
    const double hour_angle = degrees(std::acos(cosine)) / 360;
    const Instant rise = from_julian(transit - hour_angle);
    const Instant set = from_julian(transit + hour_angle);
    times.rise = rise;
    times.set = set;
    times.up = at.seconds >= rise.seconds && at.seconds <= set.seconds;
    const std::int64_t day = set.seconds - rise.seconds;
    const std::int64_t night = day_seconds - day;
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return whole / 60 == 0 ? 0.0 : static_cast<double>(part / 60) / static_cast<double>(whole / 60);
    };
    if (times.up)
        times.progression = share(at.seconds - rise.seconds, day);
    else if (at.seconds < rise.seconds)
        times.progression = share(night - (rise.seconds - at.seconds), night);
    else
        times.progression = share(at.seconds - set.seconds, night);
    return times;
}

} // namespace lunette::wezterm
