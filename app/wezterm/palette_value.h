#pragma once

#include "wezterm/schemes.h"

#include <lunette/record.h>

#include <string>

#include <tl/expected.hpp>

// Palettes as Lua and scheme files have them. Pure; any thread.
namespace lunette::wezterm {

// A map of WezTerm's field names; colours as text.
Value palette_to_value(const Palette& palette);
// Unknown fields are ignored; the error names the field that is no colour.
tl::expected<Palette, std::string> palette_from_value(const Value& value);

} // namespace lunette::wezterm
