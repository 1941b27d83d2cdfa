#pragma once

#include <cstdint>

namespace lunette::model {

// A cell of a pane: its column, and its stable row, counted from the first one that the pane ever had. It
// names the same text for as long as the width stays and the row exists, whatever scrolls.
struct CellPoint {
    std::int64_t x = 0;
    std::int64_t y = 0;
    friend constexpr bool operator==(const CellPoint&, const CellPoint&) = default;
};

// In reading order.
constexpr bool comes_before(CellPoint a, CellPoint b) noexcept {
    return a.y < b.y || (a.y == b.y && a.x < b.x);
}

// Cells in reading order, both ends included.
struct CellRange {
    CellPoint first;
    CellPoint last;

    constexpr bool contains(CellPoint point) const noexcept {
        return !comes_before(point, first) && !comes_before(last, point);
    }
    friend constexpr bool operator==(const CellRange&, const CellRange&) = default;
};

} // namespace lunette::model
