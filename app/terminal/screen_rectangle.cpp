#include "terminal/screen.h"

#include <algorithm>
#include <vector>

namespace lunette::terminal {

void Screen::mark(const Rectangle& area) noexcept {
    if (area.width() == columns()) return damage_.mark(area.top, area.bottom);
    for (int y = area.top; y <= area.bottom; ++y) damage_.mark(y, area.left, area.right + 1);
}

void Screen::fill_rectangle(const Rectangle& area, char32_t code_point) {
    const Cell cell = Cell::character(code_point, Cell::Shape::narrow, style_id());
    for (int y = area.top; y <= area.bottom; ++y) grid_->fill(y, area.left, area.right + 1, cell);
    mark(area);
}

void Screen::erase_rectangle(const Rectangle& area, Erasing erasing) {
    for (int y = area.top; y <= area.bottom; ++y) erase_cells(y, area.left, area.right + 1, erasing);
    mark(area);
}

void Screen::copy_rectangle(const Rectangle& from, int x, int y) {
    const int width = std::min(from.width(), columns() - x);
    const int height = std::min(from.height(), rows() - y);
    if (width <= 0 || height <= 0) return;
    std::vector<Cell> buffer(static_cast<std::size_t>(width));
    for (int i = 0; i < height; ++i) {
        // Each row is read before a copy overwrites it.
        const int row = y > from.top ? height - 1 - i : i;
        const std::span<const Cell> source = grid_->row(from.top + row).content();
        const int there = std::clamp(static_cast<int>(source.size()) - from.left, 0, width);
        if (there > 0) std::copy_n(source.begin() + from.left, there, buffer.begin());
        std::fill(buffer.begin() + there, buffer.end(), Cell{});
        if (buffer.front().is_tail()) buffer.front() = Cell::blank(buffer.front().style());
        if (buffer.back().is_wide()) buffer.back() = Cell::blank(buffer.back().style());
        int used = width;
        while (used > 0 && buffer[static_cast<std::size_t>(used) - 1] == Cell{}) --used;
        grid_->fill(y + row, x + used, x + width, Cell{});
        if (used > 0) std::copy_n(buffer.begin(), used, grid_->write(y + row, x, x + used));
        if (x + width == columns()) grid_->row(y + row).wrapped = false;
    }
    mark({x, y, x + width - 1, y + height - 1});
}

} // namespace lunette::terminal
