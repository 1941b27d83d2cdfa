#include "terminal/screen.h"

#include <algorithm>

namespace lunette::terminal {

void Screen::shift(const Rectangle& area, int right, int down) {
    const int dx = std::clamp(right, -area.width(), area.width());
    const int dy = std::clamp(down, -area.height(), area.height());
    Rectangle from = area;
    from.left += std::max(0, -dx);
    from.right -= std::max(0, dx);
    from.top += std::max(0, -dy);
    from.bottom -= std::max(0, dy);
    if (from.left <= from.right && from.top <= from.bottom)
        copy_rectangle(from, from.left + dx, from.top + dy);
    const Cell cell = blank();
    for (int y = area.top; y <= area.bottom; ++y) {
        const bool whole_row = y < from.top + dy || y > from.bottom + dy;
        if (whole_row || dx > 0) grid_->fill(y, area.left, whole_row ? area.right + 1 : area.left + dx, cell);
        if (!whole_row && dx < 0) grid_->fill(y, area.right + 1 + dx, area.right + 1, cell);
    }
    mark(area);
}

void Screen::insert_characters(int n) {
    cursor_.pending_wrap = false;
    if (full_width()) {
        grid_->insert_cells(cursor_.y, cursor_.x, n, blank());
        damage_.mark(cursor_.y, cursor_.x, columns());
    } else if (cursor_.x >= margins_.left && cursor_.x <= margins_.right) {
        shift({cursor_.x, cursor_.y, margins_.right, cursor_.y}, n, 0);
    }
}

void Screen::delete_characters(int n) {
    cursor_.pending_wrap = false;
    if (full_width()) {
        grid_->delete_cells(cursor_.y, cursor_.x, n, blank());
        damage_.mark(cursor_.y, cursor_.x, columns());
    } else if (cursor_.x >= margins_.left && cursor_.x <= margins_.right) {
        shift({cursor_.x, cursor_.y, margins_.right, cursor_.y}, -n, 0);
    }
}

void Screen::insert_lines(int n) {
    if (!inside_margins()) return;
    if (full_width()) {
        grid_->scroll_down(cursor_.y, margins_.bottom, n, blank());
        damage_.mark(cursor_.y, margins_.bottom);
    } else {
        shift({margins_.left, cursor_.y, margins_.right, margins_.bottom}, 0, n);
    }
    carriage_return();
}

void Screen::delete_lines(int n) {
    if (!inside_margins()) return;
    if (full_width()) {
        grid_->scroll_up(cursor_.y, margins_.bottom, n, blank());
        damage_.mark(cursor_.y, margins_.bottom);
    } else {
        shift({margins_.left, cursor_.y, margins_.right, margins_.bottom}, 0, -n);
    }
    carriage_return();
}

void Screen::insert_columns(int n) {
    if (inside_margins()) shift({cursor_.x, margins_.top, margins_.right, margins_.bottom}, n, 0);
}

void Screen::delete_columns(int n) {
    if (inside_margins()) shift({cursor_.x, margins_.top, margins_.right, margins_.bottom}, -n, 0);
}

void Screen::scroll_up(int n) {
    if (!full_width()) return shift(margins_, 0, -n);
    n = std::min(n, margins_.height());
    if (margins_.top == 0 && !alternate())
        for (int y = 0; y < n; ++y) scrollback_.push(main_.row(y));
    grid_->scroll_up(margins_.top, margins_.bottom, n, blank());
    damage_.mark(margins_.top, margins_.bottom);
}

void Screen::scroll_down(int n) {
    if (!full_width()) return shift(margins_, 0, n);
    grid_->scroll_down(margins_.top, margins_.bottom, n, blank());
    damage_.mark(margins_.top, margins_.bottom);
}

void Screen::scroll_left(int n) { shift(margins_, -n, 0); }
void Screen::scroll_right(int n) { shift(margins_, n, 0); }

void Screen::forward_index() {
    cursor_.pending_wrap = false;
    if (cursor_.x != margins_.right) {
        if (cursor_.x < columns() - 1) ++cursor_.x;
    } else if (inside_margins()) {
        scroll_left(1);
    }
}

void Screen::back_index() {
    cursor_.pending_wrap = false;
    if (cursor_.x != margins_.left) {
        if (cursor_.x > 0) --cursor_.x;
    } else if (inside_margins()) {
        scroll_right(1);
    }
}

void Screen::set_vertical_margins(int top, int bottom) noexcept {
    bottom = std::min(bottom, rows() - 1);
    if (top < 0 || top >= bottom) return;
    margins_.top = top;
    margins_.bottom = bottom;
    move_to_addressed(0, 0);
}

void Screen::set_horizontal_margins(int left, int right) noexcept {
    right = std::min(right, columns() - 1);
    if (left < 0 || left >= right) return;
    margins_.left = left;
    margins_.right = right;
    move_to_addressed(0, 0);
}

void Screen::reset_horizontal_margins() noexcept {
    margins_.left = 0;
    margins_.right = columns() - 1;
}

} // namespace lunette::terminal
