#pragma once

#include "model/cell_range.h"

#include <cstdint>
#include <string>

namespace lunette::model {

// Cells of a pane that are to look different from what the program wrote.
struct Highlight {
    enum class Kind : std::uint8_t {
        link,          // under the mouse
        match,         // of a search
        current_match, // the one that the cursor is at
        quick_match,   // of quick select
        label,         // that chooses such a match
        selection,
        bar, // a line of a mode's own text
    };
    static constexpr std::size_t kinds = 7;

    CellRange range;
    Kind kind = Kind::match;
    std::string text; // shown instead of what the cells hold, as far as they are wide enough; empty: that
};

} // namespace lunette::model
