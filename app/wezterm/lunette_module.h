#pragma once

#include <lunette/bind.h>

namespace lunette::wezterm {

// `require 'lunette'`: what goes beyond WezTerm.
Module lunette_module();

} // namespace lunette::wezterm
