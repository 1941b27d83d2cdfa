#pragma once

#include "terminal/cell.h"

#include <cstdint>
#include <span>
#include <vector>

namespace lunette::terminal {

// One row of a screen. Cells from `used` on are blank and of default style.
struct Row {
    std::vector<Cell> cells; // empty until first written, then one per column
    int used = 0;
    // The text goes on in the next row if that one continues it; then all columns are used, but a last
    // one too narrow for what came next.
    bool wrapped = false;
    bool continues = false;
    char mark = 0; // 'A' where a prompt begins (OSC 133), or 0

    std::span<const Cell> content() const noexcept { return {cells.data(), static_cast<std::size_t>(used)}; }
    void clear() noexcept;
};

// The rows of one screen. Scrolling all of it turns a ring, scrolling a part moves two bytes a row.
// Rows take memory when first written. Not thread-safe.
class Grid {
public:
    Grid(int columns, int rows);

    int columns() const noexcept { return columns_; }
    int rows() const noexcept { return static_cast<int>(rows_.size()); }

    // REQUIRES: 0 <= y < rows().
    Row& row(int y) noexcept { return rows_[order_[index(y)]]; }
    const Row& row(int y) const noexcept { return rows_[order_[index(y)]]; }

    // The cells of a row for writing columns [from, to); `used` covers them afterwards.
    Cell* write(int y, int from, int to);
    // Fills columns [from, to); wide characters cut by the edges lose their other half as well. Up to
    // the last column it ends a wrapped row.
    void fill(int y, int from, int to, Cell cell);
    // The row's text goes on in the next one, which continues it; up to `to` its cells are used.
    void wrap(int y, int to);
    bool wrapped(int y) const noexcept { return row(y).wrapped && y + 1 < rows() && row(y + 1).continues; }
    // Makes the halves of wide characters on either side of a coming write to [from, to) blank.
    void split_wide(int y, int from, int to);
    // Moves cells [from, columns) right or left by n; the gap is filled.
    void insert_cells(int y, int from, int n, Cell cell);
    void delete_cells(int y, int from, int n, Cell cell);
    // Moves the rows [top, bottom] up (down) by n; rows that leave come back cleared at the other end.
    void scroll_up(int top, int bottom, int n, Cell fill);
    void scroll_down(int top, int bottom, int n, Cell fill);

    // Cuts or extends to a new size from the top left.
    void crop(int columns, int rows);
    // Exchanges all rows. REQUIRES: rows.size() > 0, each row has no or `columns` cells.
    void replace(int columns, std::vector<Row> rows);

    std::size_t memory_bytes() const noexcept;

private:
    std::size_t index(int y) const noexcept {
        const std::size_t i = top_ + static_cast<std::size_t>(y);
        return i < order_.size() ? i : i - order_.size();
    }
    void clear_row(int y, Cell fill);
    // Makes the ring begin with the first row.
    void straighten();

    int columns_;
    std::size_t top_ = 0;
    std::vector<std::uint16_t> order_; // places in rows_; the first row is at top_
    std::vector<Row> rows_;
};

} // namespace lunette::terminal
