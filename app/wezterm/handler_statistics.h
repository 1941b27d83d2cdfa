#pragma once

#include <lunette/record.h>
#include <lunette/report.h>

namespace lunette::wezterm {

// What a handler cost so far, as `lunette.stats()` and `lunette why` tell it: a map of names to values.
Value handler_statistics(const HandlerReport& row);

double milliseconds(std::int64_t nanoseconds);

} // namespace lunette::wezterm
