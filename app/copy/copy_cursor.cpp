#include "copy/copy_cursor.h"

#include "terminal/text_units.h"

#include <algorithm>
#include <cmath>

namespace lunette::copy {

using model::CellPoint;
using model::CellRange;
using model::SelectionMode;
using terminal::Terminal;

namespace {

constexpr std::int64_t usual_margin = 5; // rows to be seen around the cursor
constexpr double most_pages = 1e6;

std::int64_t screen_top(const Terminal& terminal) {
    return static_cast<std::int64_t>(terminal.scrolled_rows());
}

std::int64_t clamped_top(const Terminal& terminal, std::int64_t top) {
    const std::int64_t newest = screen_top(terminal);
    return std::clamp(top, newest - static_cast<std::int64_t>(terminal.scrollback_size()), newest);
}

} // namespace

CopyCursor::CopyCursor(const Terminal& terminal, CellPoint at, std::int64_t top)
    : at_{TextRows{terminal}.clamped(at)}, column_{at.x}, top_{clamped_top(terminal, top)} {}

void CopyCursor::look_at(const Terminal& terminal, std::int64_t top) { top_ = clamped_top(terminal, top); }

void CopyCursor::renumbered(const Terminal& terminal, CellPoint at, std::int64_t top) {
    at_ = TextRows{terminal}.clamped(at);
    column_ = at_.x;
    top_ = clamped_top(terminal, top);
    stop_selecting();
}

void CopyCursor::follow(const Terminal& terminal) {
    TextRows rows{terminal};
    top_ = clamped_top(terminal, top_);
    at_ = rows.clamped(at_);
    if (start_ && start_->y < rows.top()) stop_selecting();
}

void CopyCursor::go(const Terminal& terminal, CellPoint to) {
    at_ = TextRows{terminal}.clamped(to);
    column_ = at_.x;
    reselect(terminal);
    scroll_to_cursor(terminal);
}

void CopyCursor::go_rows(const Terminal& terminal, std::int64_t rows) {
    const std::int64_t column = column_;
    go(terminal, {column, at_.y + rows});
    column_ = column;
}

void CopyCursor::go_pages(const Terminal& terminal, double pages) {
    go_rows(terminal, static_cast<std::int64_t>(
                          std::trunc(std::clamp(pages, -most_pages, most_pages) * terminal.rows())));
}

void CopyCursor::go_to_view(const Terminal& terminal, Place place) {
    const TextRows rows{terminal};
    const std::int64_t last = top_ + terminal.rows() - 1;
    std::int64_t y = top_ + terminal.rows() / 2;
    // The margin is kept but for the ends, where nothing is left to scroll.
    if (place == Place::top) y = top_ == rows.top() ? top_ : top_ + margin(terminal);
    if (place == Place::bottom) y = last == rows.bottom() ? last : last - margin(terminal) + 1;
    go_rows(terminal, y - at_.y);
}

void CopyCursor::select(const Terminal& terminal, SelectionMode mode) {
    if (start_ && mode_ == mode) {
        stop_selecting();
        return;
    }
    if (!start_) start_ = at_;
    mode_ = mode;
    reselect(terminal);
    scroll_to_cursor(terminal);
}

void CopyCursor::stop_selecting() noexcept {
    start_.reset();
    selection_.reset();
}

void CopyCursor::select_range(const Terminal& terminal, const CellRange& range) {
    start_ = range.first;
    at_ = TextRows{terminal}.clamped(range.last);
    column_ = at_.x;
    selection_ = model::Selection{range.first, range.last, false};
    scroll_to_cursor(terminal);
}

void CopyCursor::swap_ends(const Terminal& terminal, bool in_row) {
    if (!start_) return;
    const CellPoint start = *start_;
    if (in_row && mode_ == SelectionMode::block) {
        start_->x = at_.x;
        go(terminal, {start.x, at_.y});
    } else {
        start_ = at_;
        go(terminal, start);
    }
}

void CopyCursor::reselect(const Terminal& terminal) {
    if (!start_) return;
    const auto between = [&](auto unit) { selection_ = model::selection_between(unit(*start_), unit(at_)); };
    switch (mode_) {
    case SelectionMode::cell: selection_ = model::Selection{*start_, at_, false}; break;
    case SelectionMode::block: selection_ = model::Selection{*start_, at_, true}; break;
    case SelectionMode::word:
        between([&](CellPoint point) { return terminal::word_at(terminal, point, boundary_); });
        break;
    case SelectionMode::line:
        between([&](CellPoint point) { return terminal::line_at(terminal, point); });
        break;
    case SelectionMode::semantic_zone:
        between([&](CellPoint point) { return terminal::zone_at(terminal, point); });
        break;
    }
}

std::int64_t CopyCursor::margin(const Terminal& terminal) const {
    const std::int64_t wanted = screen_top(terminal) <= usual_margin ? 1 : usual_margin;
    return std::min<std::int64_t>(wanted, (terminal.rows() - 1) / 4);
}

void CopyCursor::scroll_to_cursor(const Terminal& terminal) {
    const std::int64_t rows = terminal.rows();
    const std::int64_t kept = margin(terminal);
    std::int64_t top = top_;
    if (at_.y - kept < top) top = at_.y - kept;
    if (at_.y + std::max<std::int64_t>(kept - 1, 0) > top + rows - 1)
        top = at_.y + std::max<std::int64_t>(kept - 1, 0) - rows + 1;
    top_ = clamped_top(terminal, top);
}

} // namespace lunette::copy
