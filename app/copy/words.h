#pragma once

#include "copy/text_rows.h"

#include <cstdint>

namespace lunette::copy {

// Steps from word to word, as WezTerm's copy mode makes them: a word is a run of letters and digits, with a
// mark inside it that belongs there ("don't", "3.14"); any other character that shows something is one of its
// own. Wrapped rows are one line. All stay inside of the terminal's rows. Cost: the rows in between.
model::CellPoint next_word(TextRows& rows, model::CellPoint from);
model::CellPoint previous_word(TextRows& rows, model::CellPoint from);
// The last cell before the next blank.
model::CellPoint end_of_word(TextRows& rows, model::CellPoint from);

} // namespace lunette::copy
