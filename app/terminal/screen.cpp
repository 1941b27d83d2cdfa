#include "terminal/screen.h"

#include <algorithm>

namespace lunette::terminal {

Screen::Screen(int columns, int rows, std::size_t scrollback_lines)
    : main_(columns, rows),
      alternate_(columns, rows),
      scrollback_(scrollback_lines, columns),
      damage_(columns, rows),
      tabs_(columns),
      margins_{0, 0, columns - 1, rows - 1} {}

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
    move_to(std::clamp(x + margins_.left, margins_.left, margins_.right),
            std::clamp(y + margins_.top, margins_.top, margins_.bottom));
}

void Screen::move_vertically(int rows) noexcept {
    const int top = cursor_.y >= margins_.top ? margins_.top : 0;
    const int bottom = cursor_.y <= margins_.bottom ? margins_.bottom : this->rows() - 1;
    move_to(cursor_.x, std::clamp(cursor_.y + rows, top, bottom));
}

void Screen::move_horizontally(int columns) noexcept {
    const int left = cursor_.x >= margins_.left ? margins_.left : 0;
    move_to(std::clamp(cursor_.x + columns, left, line_end() - 1), cursor_.y);
}

void Screen::move_back(int columns) noexcept {
    const bool wraps = modes_.autowrap && (modes_.reverse_wrap || modes_.extended_reverse_wrap);
    if (!wraps) return move_horizontally(-columns);
    // The column beyond the last one counts: going back from there stays in the last column.
    if (cursor_.pending_wrap) --columns;
    columns = std::min(columns, this->columns() * rows());
    int x = cursor_.x;
    int y = cursor_.y;
    while (columns > 0) {
        const int left = x >= margins_.left ? margins_.left : 0;
        const int step = std::min(columns, x - left);
        x -= step;
        columns -= step;
        if (columns == 0) break;
        int above = y - 1;
        if (y == margins_.top) above = modes_.extended_reverse_wrap ? margins_.bottom : -1;
        if (above < 0 && modes_.extended_reverse_wrap) above = rows() - 1;
        if (above < 0 || (!modes_.extended_reverse_wrap && !grid_->row(above).wrapped)) break;
        y = above;
        x = margins_.right;
        --columns;
    }
    move_to(x, y);
}

void Screen::carriage_return() noexcept {
    cursor_.x = modes_.origin || cursor_.x >= margins_.left ? margins_.left : 0;
    cursor_.pending_wrap = false;
}

void Screen::line_feed() {
    cursor_.pending_wrap = false;
    if (input_until_newline_) set_semantic(Semantic::output);
    if (cursor_.y != margins_.bottom) {
        if (cursor_.y < rows() - 1) ++cursor_.y;
    } else if (inside_margins()) {
        scroll_up(1);
    }
}

void Screen::reverse_line_feed() {
    cursor_.pending_wrap = false;
    if (cursor_.y != margins_.top) {
        if (cursor_.y > 0) --cursor_.y;
    } else if (inside_margins()) {
        scroll_down(1);
    }
}

void Screen::tab(int times) {
    if (modes_.tab_wraps && cursor_.pending_wrap && modes_.autowrap) wrap();
    const int last = line_end() - 1;
    for (; times > 0 && cursor_.x < last; --times) cursor_.x = std::min(tabs_.next(cursor_.x), last);
}

void Screen::back_tab(int times) noexcept {
    cursor_.pending_wrap = false;
    const int first = modes_.origin ? margins_.left : 0;
    for (; times > 0 && cursor_.x > first; --times) cursor_.x = std::max(tabs_.previous(cursor_.x), first);
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

void Screen::set_protection(Protection kind, bool on) noexcept {
    constexpr std::uint16_t guarded = attribute::guarded;
    pen_.attributes = static_cast<std::uint16_t>(on ? pen_.attributes | guarded : pen_.attributes & ~guarded);
    pen_changed();
    if (on) protection_ = kind;
}

void Screen::erase_cells(int y, int from, int to, Erasing erasing) {
    if (!spares(erasing)) return grid_->fill(y, from, to, blank());
    const Cell cell = blank();
    for (int x = from; x < to; ++x) {
        const std::span<const Cell> cells = grid_->row(y).content();
        const bool kept = static_cast<std::size_t>(x) < cells.size() &&
                          styles_[cells[static_cast<std::size_t>(x)].style()].has(attribute::guarded);
        if (!kept) grid_->fill(y, x, x + 1, cell);
    }
}

void Screen::erase_line(EraseSpan span, Erasing erasing) {
    // After the last column there is nothing to the end: `grep --color` erases there to spread a
    // background, and xterm, which counts from the last column, loses a character by it.
    const int from = span == EraseSpan::to_end ? cursor_.x + (cursor_.pending_wrap ? 1 : 0) : 0;
    const int to = span == EraseSpan::to_start ? cursor_.x + 1 : columns();
    if (from >= to) return;
    erase_cells(cursor_.y, from, to, erasing);
    damage_.mark(cursor_.y, from, to);
}

void Screen::erase_display(EraseSpan span, Erasing erasing) {
    const int first = span == EraseSpan::to_end ? cursor_.y + 1 : 0;
    const int last = span == EraseSpan::to_start ? cursor_.y - 1 : rows() - 1;
    if (span != EraseSpan::all) erase_line(span, erasing);
    if (first > last) return;
    const Cell cell = blank();
    for (int y = first; y <= last; ++y) {
        if (spares(erasing)) {
            erase_cells(y, 0, columns(), erasing);
            continue;
        }
        grid_->row(y).clear();
        if (cell != Cell{}) grid_->fill(y, 0, columns(), cell);
    }
    damage_.mark(first, last);
}

void Screen::erase_characters(int n) {
    const int end = cursor_.x + std::min(n, columns() - cursor_.x);
    erase_cells(cursor_.y, cursor_.x, end, Erasing::normal);
    cursor_.pending_wrap = false;
    damage_.mark(cursor_.y, cursor_.x, end);
}

// DECALN.
void Screen::align() {
    modes_.origin = false;
    margins_ = whole();
    move_to(0, 0);
    for (int y = 0; y < rows(); ++y) {
        std::fill_n(grid_->write(y, 0, columns()), columns(), Cell::character('E', Cell::Shape::narrow, 0));
        grid_->row(y).wrapped = grid_->row(y).continues = false;
    }
    damage_.mark(0, rows() - 1);
}

void Screen::set_semantic(Semantic semantic) noexcept {
    semantic_ = semantic;
    input_until_newline_ = false;
    pen_changed();
}

void Screen::mark_prompt(char kind) {
    const bool fresh_line = kind == 'L' || kind == 'A' || kind == 'N';
    if (fresh_line && (cursor_.x > margins_.left || cursor_.pending_wrap)) {
        carriage_return();
        line_feed();
    }
    if (kind == 'A' || kind == 'N' || kind == 'P') {
        grid_->row(cursor_.y).mark = 'A';
        set_semantic(Semantic::prompt);
    } else if (kind == 'B' || kind == 'I') {
        set_semantic(Semantic::input);
        input_until_newline_ = kind == 'I';
    } else if (kind == 'C') {
        set_semantic(Semantic::output);
    }
}

void Screen::use_alternate(bool on) {
    if (on == alternate()) return;
    grid_ = on ? &alternate_ : &main_;
    damage_.mark(0, rows() - 1);
}

void Screen::soft_reset() {
    const Modes fresh;
    modes_.insert = fresh.insert;
    modes_.application_cursor = fresh.application_cursor;
    modes_.origin = fresh.origin;
    modes_.autowrap = fresh.autowrap;
    modes_.cursor_visible = fresh.cursor_visible;
    modes_.reverse_wrap = fresh.reverse_wrap;
    modes_.extended_reverse_wrap = fresh.extended_reverse_wrap;
    modes_.application_keypad = fresh.application_keypad;
    modes_.horizontal_margins = fresh.horizontal_margins;
    modes_.national_charsets = fresh.national_charsets;
    pen_ = {};
    pen_changed();
    charsets_ = {};
    margins_ = whole();
    protection_ = Protection::none;
    (alternate() ? saved_alternate_ : saved_main_) = {};
}

void Screen::reset() {
    set_semantic(Semantic::output);
    use_alternate(false);
    soft_reset();
    modes_ = {};
    saved_alternate_ = {};
    tabs_.reset();
    move_to(0, 0);
    erase_display(EraseSpan::all);
    alternate_ = Grid{columns(), rows()};
    last_code_point_ = 0;
    last_cluster_ = {};
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
    last_cluster_ = {};
    pen_changed();
}

std::size_t Screen::memory_bytes() const noexcept {
    return main_.memory_bytes() + alternate_.memory_bytes() + scrollback_.memory_bytes() +
           styles_.memory_bytes() + clusters_.memory_bytes() + links_.memory_bytes();
}

} // namespace lunette::terminal
