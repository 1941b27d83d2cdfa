#pragma once

#include "model/cell_range.h"
#include "terminal/terminal.h"

#include <string_view>

// What of a terminal's text belongs together around a cell, for selecting. Rows are stable ones.
namespace lunette::terminal {

// Rows of a line or a zone beyond these, upwards and downwards, are left out.
inline constexpr std::int64_t most_unit_rows = 20'000;

// Cells up to the next ones whose text is one of the characters in `boundary`, over the ends of wrapped rows.
// A cell with such a character is alone; blanks count as spaces. Cost: the rows that it spans.
model::CellRange word_at(const Terminal& terminal, model::CellPoint point, std::string_view boundary);
// All rows that were wrapped into each other.
model::CellRange line_at(const Terminal& terminal, model::CellPoint point);
// The semantic zone (OSC 133); of a cell behind the end of a row, that of the row's last one.
model::CellRange zone_at(const Terminal& terminal, model::CellPoint point);

} // namespace lunette::terminal
