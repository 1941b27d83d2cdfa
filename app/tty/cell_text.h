#pragma once

#include "tty/capabilities.h"
#include "ui/frame.h"

#include <cstdint>
#include <string>

// The text of cells as a terminal gets it. Pure.
namespace lunette::tty {

// Whether a terminal moves its cursor by as many cells as we do when it shows a cell.
enum class Agreement : std::uint8_t { sure, unsure, differs };
Agreement agreement_on(const ui::Frame& frame, ui::FrameCell cell, const Capabilities& capabilities) noexcept;

// Appends what shows the cell; nothing for a tail. Never a control character. Without UTF-8 lines and blocks
// become ASCII ones, the rest "?", as many as the cell is wide.
void append_text(std::string& out, const ui::Frame& frame, ui::FrameCell cell,
                 const Capabilities& capabilities);

// The same for titles and notifications: without controls, at most `most_bytes`.
std::string plain_text(std::string_view text, std::size_t most_bytes, const Capabilities& capabilities);

} // namespace lunette::tty
