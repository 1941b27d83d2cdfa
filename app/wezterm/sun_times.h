#pragma once

#include "wezterm/time_text.h"

#include <optional>

namespace lunette::wezterm {

// Where the sun stands on the day of a time, by the sunrise equation (good to a few minutes between the polar
// circles). Pure; any thread.
struct SunTimes {
    std::optional<Instant> rise, set; // nothing on a polar day or night
    bool up = false;
    double progression = 0; // 0..1 through the day or the night
};

SunTimes sun_times(const Instant& at, double latitude, double longitude) noexcept;

} // namespace lunette::wezterm
