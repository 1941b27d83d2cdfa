#pragma once

#include "terminal/terminal.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lunette::terminal {

// A run of cells of one meaning (OSC 133), over as many rows as it goes, as WezTerm's
// get_semantic_zones has it. Both ends are cells that belong to it; rows are stable ones.
struct SemanticZone {
    std::int64_t start_x = 0;
    std::int64_t start_y = 0;
    std::int64_t end_x = 0;
    std::int64_t end_y = 0;
    Semantic type = Semantic::output;

    bool contains(std::int64_t x, std::int64_t y) const noexcept {
        return (y > start_y || (y == start_y && x >= start_x)) && (y < end_y || (y == end_y && x <= end_x));
    }
    friend bool operator==(const SemanticZone&, const SemanticZone&) = default;
};

// Cells of a row that belong to zones: up to the last that shows something, because blanks that erasing left
// behind separate none. A row of nothing else is output.
std::size_t zone_length(std::span<const Cell> cells) noexcept;

// The zones of scrollback and screen in order. Cost: reads every row once.
std::vector<SemanticZone> semantic_zones(const Terminal& terminal);

} // namespace lunette::terminal
