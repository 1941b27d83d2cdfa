#include "terminal/screen.h"

#include <algorithm>

namespace lunette::terminal {

Screen::Screen(int columns, int rows, std::size_t scrollback_lines)
    : main_(columns, rows),
      alternate_(columns, rows),
      scrollback_(scrollback_lines),
      damage_(rows),
      tabs_(columns),
      bottom_(rows - 1) {}

StyleId Screen::background_style() {
    Style style;
    style.background = pen_.background;
    return styles_.intern(style);
}

void Screen::move_to(int x, int y) noexcept {
    cursor_ = {std::clamp(x, 0, columns() - 1), std::clamp(y, 0, rows() - 1), false};
}

void Screen::move_to_addressed(int x, int y) noexcept {
    if (!modes_.origin) return move_to(x, y);
    move_to(x, std::clamp(y + top_, top_, bottom_));
}

void Screen::move_vertically(int rows) noexcept {
    const int limit_top = cursor_.y >= top_ ? top_ : 0;
    const int limit_bottom = cursor_.y <= bottom_ ? bottom_ : this->rows() - 1;
    cursor_.y = std::clamp(cursor_.y + rows, limit_top, limit_bottom);
    cursor_.pending_wrap = false;
}

void Screen::move_horizontally(int columns) noexcept { move_to(cursor_.x + columns, cursor_.y); }

void Screen::carriage_return() noexcept {
    cursor_.x = 0;
    cursor_.pending_wrap = false;
}

void Screen::line_feed() {
    cursor_.pending_wrap = false;
    if (cursor_.y == bottom_)
        scroll_region_up(top_, 1);
    else if (cursor_.y < rows() - 1)
        ++cursor_.y;
}

void Screen::reverse_line_feed() {
    cursor_.pending_wrap = false;
    if (cursor_.y == top_)
        scroll_down(1);
    else if (cursor_.y > 0)
        --cursor_.y;
}

void Screen::backspace() noexcept {
    if (modes_.reverse_wrap && modes_.autowrap && cursor_.x == 0 && cursor_.y > 0) {
        move_to(columns() - 1, cursor_.y - 1);
        return;
    }
    if (cursor_.pending_wrap && modes_.reverse_wrap)
        cursor_.pending_wrap = false;
    else
        move_horizontally(-1);
}

void Screen::tab(int times) noexcept {
    for (; times > 0 && cursor_.x < columns() - 1; --times) cursor_.x = tabs_.next(cursor_.x);
}

void Screen::back_tab(int times) noexcept {
    cursor_.pending_wrap = false;
    for (; times > 0 && cursor_.x > 0; --times) cursor_.x = tabs_.previous(cursor_.x);
}

void Screen::save_cursor() {
    (alternate() ? saved_alternate_ : saved_main_) = {cursor_, pen_, charsets_, modes_.origin};
}

void Screen::restore_cursor() {
    const SavedCursor& saved = alternate() ? saved_alternate_ : saved_main_;
    pen_ = saved.pen;
    pen_changed();
    charsets_ = saved.charsets;
    modes_.origin = saved.origin;
    move_to(saved.cursor.x, saved.cursor.y);
    cursor_.pending_wrap = saved.cursor.pending_wrap && cursor_.x == columns() - 1;
}

void Screen::erase_line(EraseSpan span) {
    const int from = span == EraseSpan::to_end ? cursor_.x : 0;
    const int to = span == EraseSpan::to_start ? cursor_.x + 1 : columns();
    grid_->fill(cursor_.y, from, to, blank());
    cursor_.pending_wrap = false;
    damage_.mark(cursor_.y);
}

void Screen::erase_display(EraseSpan span) {
    const int first = span == EraseSpan::to_end ? cursor_.y + 1 : 0;
    const int last = span == EraseSpan::to_start ? cursor_.y - 1 : rows() - 1;
    if (span != EraseSpan::all) erase_line(span);
    if (first > last) return;
    const Cell cell = blank();
    for (int y = first; y <= last; ++y) {
        grid_->row(y).clear();
        if (cell != Cell{}) grid_->fill(y, 0, columns(), cell);
    }
    damage_.mark(first, last);
}

void Screen::erase_characters(int n) {
    grid_->fill(cursor_.y, cursor_.x, cursor_.x + std::min(n, columns() - cursor_.x), blank());
    cursor_.pending_wrap = false;
    damage_.mark(cursor_.y);
}

void Screen::insert_characters(int n) {
    grid_->insert_cells(cursor_.y, cursor_.x, n, blank());
    cursor_.pending_wrap = false;
    damage_.mark(cursor_.y);
}

void Screen::delete_characters(int n) {
    grid_->delete_cells(cursor_.y, cursor_.x, n, blank());
    cursor_.pending_wrap = false;
    damage_.mark(cursor_.y);
}

void Screen::insert_lines(int n) {
    if (cursor_.y < top_ || cursor_.y > bottom_) return;
    grid_->scroll_down(cursor_.y, bottom_, n, blank());
    damage_.mark(cursor_.y, bottom_);
    carriage_return();
}

void Screen::delete_lines(int n) {
    if (cursor_.y < top_ || cursor_.y > bottom_) return;
    grid_->scroll_up(cursor_.y, bottom_, n, blank());
    damage_.mark(cursor_.y, bottom_);
    carriage_return();
}

void Screen::scroll_up(int n) { scroll_region_up(top_, n); }

void Screen::scroll_region_up(int top, int n) {
    n = std::min(n, bottom_ - top + 1);
    if (top == 0 && !alternate()) {
        for (int y = 0; y < n; ++y) scrollback_.push(main_.row(y));
        scrolled_rows_ += static_cast<std::uint64_t>(n);
    }
    grid_->scroll_up(top, bottom_, n, blank());
    damage_.mark(top, bottom_);
}

void Screen::scroll_down(int n) {
    grid_->scroll_down(top_, bottom_, n, blank());
    damage_.mark(top_, bottom_);
}

void Screen::fill_with(char32_t code_point) {
    for (int y = 0; y < rows(); ++y) {
        std::fill_n(grid_->write(y, 0, columns()), columns(),
                    Cell::character(code_point, Cell::Shape::narrow, 0));
        grid_->row(y).wrapped = false;
    }
    damage_.mark(0, rows() - 1);
}

void Screen::set_region(int top, int bottom) noexcept {
    bottom = std::min(bottom, rows() - 1);
    if (top < 0 || top >= bottom) return;
    top_ = top;
    bottom_ = bottom;
    move_to_addressed(0, 0);
}

void Screen::mark_prompt(char kind) { grid_->row(cursor_.y).mark = kind; }

void Screen::use_alternate(bool on) {
    if (on == alternate()) return;
    grid_ = on ? &alternate_ : &main_;
    damage_.mark(0, rows() - 1);
}

void Screen::soft_reset() {
    Modes fresh;
    fresh.mouse_tracking = modes_.mouse_tracking;
    fresh.mouse_encoding = modes_.mouse_encoding;
    fresh.bracketed_paste = modes_.bracketed_paste;
    fresh.focus_events = modes_.focus_events;
    fresh.alternate_scroll = modes_.alternate_scroll;
    modes_ = fresh;
    pen_ = {};
    pen_changed();
    charsets_ = {};
    top_ = 0;
    bottom_ = rows() - 1;
    (alternate() ? saved_alternate_ : saved_main_) = {};
}

void Screen::reset() {
    use_alternate(false);
    soft_reset();
    modes_ = {};
    saved_alternate_ = {};
    tabs_.reset();
    move_to(0, 0);
    erase_display(EraseSpan::all);
    alternate_ = Grid{columns(), rows()};
    last_code_point_ = 0;
    end_cluster();
}

void Screen::sweep_if_needed() {
    if (!styles_.wants_sweep() && !clusters_.wants_sweep() && !links_.wants_sweep()) return;
    styles_.begin_marking();
    clusters_.begin_marking();
    links_.begin_marking();
    const auto mark_style = [this](StyleId id) {
        if (styles_.mark(id)) links_.mark(styles_[id].link);
    };
    const auto mark_cell = [this](Cell cell) {
        if (cell.is_cluster()) clusters_.mark(cell.cluster_id());
    };
    for (const Grid* grid : {&main_, &alternate_}) {
        for (int y = 0; y < grid->rows(); ++y) {
            for (const Cell cell : grid->row(y).content()) {
                mark_style(cell.style());
                mark_cell(cell);
            }
        }
    }
    scrollback_.visit(mark_style, mark_cell);
    for (const Style& pen : {pen_, saved_main_.pen, saved_alternate_.pen}) links_.mark(pen.link);
    styles_.sweep();
    clusters_.sweep();
    links_.sweep();
    pen_changed();
}

std::size_t Screen::memory_bytes() const noexcept {
    return main_.memory_bytes() + alternate_.memory_bytes() + scrollback_.memory_bytes() +
           styles_.memory_bytes() + clusters_.memory_bytes() + links_.memory_bytes();
}

} // namespace lunette::terminal
