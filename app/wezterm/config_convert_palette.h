#pragma once

#include <lunette/record.h>

#include <string>
#include <vector>

namespace lunette::wezterm {

struct ResolvedPalette {
    Value palette; // WezTerm's field names; of 256 colours, those that are set or WezTerm's defaults
    std::vector<std::string> warnings; // a scheme that does not exist, fields that are no colours
};

// The scheme of that name (of `color_schemes`, else built in) over the defaults, and `colors` over both.
// Arguments are options in their normal form. Pure; any thread.
ResolvedPalette resolve_palette(const Value& color_scheme, const Value& color_schemes, const Value& colors);

} // namespace lunette::wezterm
