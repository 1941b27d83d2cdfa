#pragma once

#include <lunette/bind.h>

namespace lunette::wezterm {

// A value as data: objects that WezTerm writes as text (Color, Url, Time) become it, wezterm.GLOBAL and its
// parts become what they hold. Other records stay. Reads of GLOBAL are recorded. Cost: without such objects,
// one look at each value, and nothing is copied. Script thread.
Value plain_value(Script& script, const Value& value);

} // namespace lunette::wezterm
