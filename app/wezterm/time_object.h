#pragma once

#include "wezterm/time_text.h"

#include <lunette/record.h>

#include <string>

namespace lunette::wezterm {

// What the object Time holds.
struct TimeValue {
    Instant instant;
    bool from_clock = false; // what shows it changes as the clock goes on
    friend bool operator==(const TimeValue&, const TimeValue&) = default;
};

const TypedSchema<TimeValue>& time_schema();
Value time_value(const Instant& instant, bool from_clock);
std::string time_text(const TimeValue& time); // "Time(utc: …)"

} // namespace lunette::wezterm
