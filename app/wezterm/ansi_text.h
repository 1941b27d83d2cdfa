#pragma once

#include "model/styled_text.h"

#include <string_view>

// Pure; any thread.
namespace lunette::wezterm {

// Reads one line of text with SGR sequences (both "38;2;r;g;b" and "38:2::r:g:b" forms). The first
// CR or LF ends the text; every other escape sequence and control character is left out. SGR 0 and
// default colours mean the style of the area that shows the text.
model::StyledText parse_ansi_text(std::string_view text);

// The same for a text that comes in pieces which share one state (a sequence may not span pieces).
class AnsiTextReader {
public:
    // Appends to `out`, starting in the style the last piece ended with.
    void read(std::string_view piece, model::StyledText& out);

    // The style that the next text would have, to be read and changed between pieces.
    model::TextStyle& style() noexcept { return style_; }
    bool ended() const noexcept { return ended_; }

private:
    void sgr(std::string_view parameters);

    model::TextStyle style_;
    bool ended_ = false;
};

// The parameters of one "\x1b[...m" applied to a style.
void apply_sgr(std::string_view parameters, model::TextStyle& style);

} // namespace lunette::wezterm
