#pragma once

#include "model/selection.h"
#include "terminal/terminal.h"

#include <cstdint>
#include <string>

// Text out of a terminal. Rows count as in Terminal: from the top of the screen, negative in the scrollback.
namespace lunette::mux {

enum class TextForm : std::uint8_t { plain, escapes }; // escapes: SGR sequences and OSC 8 links

// Rows first..last, blank ends of rows cut; wrapped rows are joined with TextForm::plain and `join`.
std::string rows_text(const terminal::Terminal& terminal, std::int64_t first, std::int64_t last,
                      TextForm form, bool join);

// The row where the last `count` logical lines of the screen begin.
std::int64_t first_of_logical_lines(const terminal::Terminal& terminal, std::int64_t count);

std::string selection_text(const terminal::Terminal& terminal, const model::Selection& selection,
                           TextForm form);

} // namespace lunette::mux
