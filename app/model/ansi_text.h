#pragma once

#include "model/styled_text.h"

#include <string_view>

// Pure; any thread.
namespace lunette::model {

// Reads one line of text with SGR sequences (both "38;2;r;g;b" and "38:2::r:g:b" forms). The first
// CR or LF ends the text, as in WezTerm; every other escape sequence and control character is left
// out. SGR 0 and
// default colours mean the style of the area that shows the text.
StyledText parse_ansi_text(std::string_view text);

// The parameters of one "\x1b[...m" applied to a style. Unknown ones are skipped.
void apply_sgr(std::string_view parameters, TextStyle& style);

} // namespace lunette::model
