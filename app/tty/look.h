#pragma once

#include "tty/capabilities.h"
#include "ui/frame.h"

#include <string>

// Styles as a terminal can show them, and the sequences that change one into another. Pure.
namespace lunette::tty {

// The nearest of what the terminal has. Colours become indexed ones, underlines plain ones; a transparent
// background is the terminal's own. The link is kept.
ui::FrameStyle look_of(const ui::FrameStyle& style, const Capabilities& capabilities) noexcept;

// Appends the shortest SGR that leads from one look to another; links are not its matter.
void append_sgr(std::string& out, const ui::FrameStyle& from, const ui::FrameStyle& to);

// True when a blank of this look is what erasing leaves: nothing but text colours differs from the default.
bool is_erased(const ui::FrameStyle& look) noexcept;

} // namespace lunette::tty
