#pragma once

#include <lunette/bind.h>

// The configuration's part of WezTerm's API, plugged in with one call each.
namespace lunette::wezterm {

void add_config_functions(Module& wezterm);  // config_builder
void add_default_key_functions(Module& gui); // default_keys, default_key_tables

} // namespace lunette::wezterm
