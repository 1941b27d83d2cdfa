#pragma once

#include "ui/frame.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lunette::tty {

// Hash of the cells of a row.
std::uint64_t row_hash(std::span<const ui::FrameCell> cells) noexcept;

// A shift of whole rows: what is at `y` becomes what was at `y + by`, for the rows of the region for which
// that is in it.
struct RowShift {
    int top = 0;
    int bottom = 0; // inclusive
    int by = 0;     // positive: upwards
};

// Two pictures as hashes of their rows; 0 in `before`: not known.
struct RowHashes {
    std::span<const std::uint64_t> before;
    std::span<const std::uint64_t> after;
    std::uint64_t blank = 0; // of a row with nothing on it: says nothing
};

// The shift that explains most rows at least three of which are not blank, if any. Linear in the rows.
std::optional<RowShift> find_shift(const RowHashes& hashes);

} // namespace lunette::tty
