#pragma once

#include <lunette/record.h>

#include <string>

#include <tl/expected.hpp>

namespace lunette::wezterm {

struct ResolvedPalette {
    Value palette;       // WezTerm's field names; of 256 colours, those that are set or WezTerm's defaults
    std::string warning; // a scheme that does not exist; empty without
};

// The scheme of that name (of `color_schemes`, else built in) over the defaults, and `colors` over both. The
// error names the field that is no colour. Arguments are options in their normal form. Pure; any thread.
tl::expected<ResolvedPalette, std::string> resolve_palette(const Value& color_scheme,
                                                           const Value& color_schemes, const Value& colors);

} // namespace lunette::wezterm
