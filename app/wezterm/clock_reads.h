#pragma once

#include "wezterm/strftime.h"
#include "wezterm/time_text.h"

#include <lunette/bind.h>

#include <string>
#include <string_view>

// What shows the time has to say how often it changes. Script thread.
namespace lunette::wezterm {

Instant clock_now(Script& script); // without recording a read

// Records a read of the clock as fine as the format's finest specifier.
void reads_clock_for(Script& script, std::string_view format);

// Throws BindError when the format is not one of chrono's.
std::string show_time(std::string_view format, const ZonedTime& time);

} // namespace lunette::wezterm
