#pragma once

#include "terminal/params.h"
#include "terminal/style.h"

namespace lunette::terminal {

// Applies the parameters of SGR (CSI m). Colours in both notations: `38;2;r;g;b`, `38:2::r:g:b`
// and its short form `38:2:r:g:b`. What is unknown is skipped. A hyperlink is not changed.
void apply_sgr(Style& style, const Params& params) noexcept;

} // namespace lunette::terminal
