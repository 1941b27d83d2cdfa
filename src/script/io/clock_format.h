#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace lunette::script {

/// How long the text that os.date makes of a format stays true: the finest specifier in it (a second, a
/// minute, an hour, a day), aligned to that in UTC; 0 if it does not depend on the time. In zones that are
/// not whole hours off, hours and days count as quarters of an hour.
std::chrono::microseconds clock_granularity(std::string_view format, std::int64_t wall_us);

} // namespace lunette::script
