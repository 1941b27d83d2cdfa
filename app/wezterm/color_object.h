#pragma once

#include "wezterm/color.h"

#include <lunette/bind.h>

// Colours as they cross to Lua and back.
namespace lunette::wezterm {

// Records whose payload is an Rgba: the object Color.
const TypedSchema<Rgba>& color_schema();
Value color_value(const Rgba& color);

// From a Color, or from text that parse_color() takes; throws BindError.
Rgba require_color(const Value& value);

} // namespace lunette::wezterm
