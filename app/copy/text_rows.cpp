#include "copy/text_rows.h"

#include <algorithm>

namespace lunette::copy {

std::span<const terminal::Cell> TextRows::row(std::int64_t y) {
    if (y == read_) return cells_;
    cells_ = terminal_.row(y - above_, buffer_);
    read_ = y;
    std::size_t length = cells_.size();
    // Spaces that were written at the end of a row that goes on are within the line.
    const bool inside = goes_on(y);
    const auto shows_nothing = [&](terminal::Cell cell) {
        return !cell.is_tail() && (inside ? cell.is_blank() : text(cell) == " ");
    };
    while (length > 0 && shows_nothing(cells_[length - 1])) --length;
    cells_ = cells_.first(length);
    return cells_;
}

std::string_view TextRows::text(terminal::Cell cell) {
    const std::string_view shown = terminal_.text(cell, bytes_);
    return shown.empty() ? std::string_view{" "} : shown;
}

model::CellPoint TextRows::clamped(model::CellPoint point) {
    point = {std::clamp<std::int64_t>(point.x, 0, columns() - 1), std::clamp(point.y, top_, bottom_)};
    const std::span<const terminal::Cell> cells = row(point.y);
    if (point.x < static_cast<std::int64_t>(cells.size()) &&
        cells[static_cast<std::size_t>(point.x)].is_tail())
        --point.x;
    return point;
}

} // namespace lunette::copy
