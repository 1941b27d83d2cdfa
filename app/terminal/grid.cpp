#include "terminal/grid.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace lunette::terminal {

void Row::clear() noexcept {
    std::fill_n(cells.begin(), used, Cell{});
    used = 0;
    wrapped = continues = false;
    mark = 0;
}

Grid::Grid(int columns, int rows)
    : columns_(columns), order_(static_cast<std::size_t>(rows)), rows_(static_cast<std::size_t>(rows)) {
    std::iota(order_.begin(), order_.end(), std::uint16_t{0});
}

void Grid::straighten() {
    std::rotate(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(top_), order_.end());
    top_ = 0;
}

Cell* Grid::write(int y, int from, int to) {
    Row& row = this->row(y);
    if (row.cells.empty()) row.cells.resize(static_cast<std::size_t>(columns_));
    split_wide(y, from, to);
    row.used = std::max(row.used, to);
    return row.cells.data() + from;
}

void Grid::split_wide(int y, int from, int to) {
    Row& row = this->row(y);
    if (from > 0 && from < row.used && row.cells[from].is_tail()) {
        row.cells[from - 1] = Cell::blank(row.cells[from - 1].style());
        row.cells[from] = Cell::blank(row.cells[from].style());
    }
    if (to > 0 && to < row.used && row.cells[to].is_tail()) {
        row.cells[to - 1] = Cell::blank(row.cells[to - 1].style());
        row.cells[to] = Cell::blank(row.cells[to].style());
    }
}

void Grid::fill(int y, int from, int to, Cell cell) {
    Row& row = this->row(y);
    if (to == columns_) row.wrapped = false;
    if (cell == Cell{}) {
        split_wide(y, from, to);
        const int end = std::min(to, row.used);
        if (from < end) std::fill(row.cells.begin() + from, row.cells.begin() + end, cell);
        if (to >= row.used) row.used = std::min(row.used, from);
        return;
    }
    std::fill_n(write(y, from, to), to - from, cell);
}

void Grid::wrap(int y, int to) {
    write(y, to, to);
    row(y).wrapped = true;
}

void Grid::insert_cells(int y, int from, int n, Cell cell) {
    n = std::min(n, columns_ - from);
    Row& row = this->row(y);
    if (from < row.used) {
        split_wide(y, from, from);
        const int end = std::min(columns_, row.used + n);
        Cell* const cells = write(y, end, end) - end;
        std::copy_backward(cells + from, cells + end - n, cells + end);
        // What was the head of a wide character may have lost its tail over the edge.
        if (end == columns_ && cells[end - 1].is_wide()) cells[end - 1] = Cell::blank(cells[end - 1].style());
        std::fill_n(cells + from, n, Cell{});
    }
    fill(y, from, from + n, cell);
}

void Grid::delete_cells(int y, int from, int n, Cell cell) {
    n = std::min(n, columns_ - from);
    Row& row = this->row(y);
    if (from < row.used) {
        split_wide(y, from, from + n);
        const int moved = std::max(0, row.used - from - n);
        std::copy_n(row.cells.begin() + (row.used - moved), moved, row.cells.begin() + from);
        std::fill(row.cells.begin() + from + moved, row.cells.begin() + row.used, Cell{});
        row.used = from + moved;
    }
    fill(y, columns_ - n, columns_, cell);
}

void Grid::clear_row(int y, Cell fill) {
    row(y).clear();
    if (fill != Cell{}) this->fill(y, 0, columns_, fill);
}

void Grid::scroll_up(int top, int bottom, int n, Cell fill) {
    n = std::min(n, bottom - top + 1);
    if (top == 0 && bottom == rows() - 1) {
        top_ = index(n == rows() ? 0 : n);
    } else {
        straighten();
        std::rotate(order_.begin() + top, order_.begin() + top + n, order_.begin() + bottom + 1);
    }
    for (int y = bottom - n + 1; y <= bottom; ++y) clear_row(y, fill);
}

void Grid::scroll_down(int top, int bottom, int n, Cell fill) {
    n = std::min(n, bottom - top + 1);
    if (top == 0 && bottom == rows() - 1) {
        top_ = index(rows() - n == rows() ? 0 : rows() - n);
    } else {
        straighten();
        std::rotate(order_.begin() + top, order_.begin() + bottom + 1 - n, order_.begin() + bottom + 1);
    }
    for (int y = top; y < top + n; ++y) clear_row(y, fill);
}

void Grid::crop(int columns, int rows) {
    std::vector<Row> kept(static_cast<std::size_t>(rows));
    for (int y = 0; y < std::min(rows, this->rows()); ++y)
        kept[static_cast<std::size_t>(y)] = std::move(row(y));
    replace(columns_, std::move(kept));
    if (columns == columns_) return;
    for (Row& row : rows_) {
        if (columns < row.used) {
            row.used = columns;
            if (row.cells[columns - 1].is_wide()) row.cells[columns - 1] = Cell{};
        }
        row.wrapped = row.continues = false;
        if (!row.cells.empty()) row.cells.resize(static_cast<std::size_t>(columns));
    }
    columns_ = columns;
}

void Grid::replace(int columns, std::vector<Row> rows) {
    columns_ = columns;
    top_ = 0;
    rows_ = std::move(rows);
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), std::uint16_t{0});
}

std::size_t Grid::memory_bytes() const noexcept {
    std::size_t bytes = rows_.capacity() * sizeof(Row) + order_.capacity() * sizeof(std::uint16_t);
    for (const Row& row : rows_) bytes += row.cells.capacity() * sizeof(Cell);
    return bytes;
}

} // namespace lunette::terminal
