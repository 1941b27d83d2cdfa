#pragma once

#include <lunette/record.h>

// WezTerm's default key and mouse tables, and what a configuration makes of them. Pure; any thread.
namespace lunette::wezterm {

// Array of {key, mods, action}, as wezterm.gui.default_keys() returns it.
const Value& default_keys();
// Map of arrays: copy_mode and search_mode.
const Value& default_key_tables();
// Array of {event, mods, mouse_reporting, alt_screen, action}.
const Value& default_mouse_bindings();

// The bindings in force for options in their normal form: a map of `keys`, `key_tables`, `mouse` and, where
// there is one, `leader`. Entries of the user have user=true. model::ConfigView reads it.
Value effective_bindings(const Value& options);

} // namespace lunette::wezterm
