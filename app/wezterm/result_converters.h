#pragma once

#include <lunette/engine.h>

namespace lunette::wezterm {

// Adds how results of pure events become values: titles, palette entries, a yes or no. What is none of these
// is an error of the handler, and its default stands. Script thread.
void add_result_converters(EngineOptions& options);

} // namespace lunette::wezterm
