#pragma once

#include "model/cell_range.h"
#include "terminal/terminal.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lunette::copy {

// The rows of a terminal by stable numbers, for a cursor to walk over. REQUIRES: the terminal stays as it is.
class TextRows {
public:
    explicit TextRows(const terminal::Terminal& terminal)
        : terminal_{terminal},
          above_{static_cast<std::int64_t>(terminal.scrolled_rows())},
          top_{above_ - static_cast<std::int64_t>(terminal.scrollback_size())},
          bottom_{above_ + terminal.rows() - 1} {}

    std::int64_t top() const noexcept { return top_; }
    std::int64_t bottom() const noexcept { return bottom_; }
    std::int64_t columns() const noexcept { return terminal_.columns(); }

    // Up to the last cell that shows something; of a row that goes on, that was written. REQUIRES: top() <= y
    // <= bottom(). Valid until the next call.
    std::span<const terminal::Cell> row(std::int64_t y);
    std::int64_t length(std::int64_t y) { return static_cast<std::int64_t>(row(y).size()); }
    bool goes_on(std::int64_t y) const { return y < bottom_ && terminal_.row_wrapped(y - above_); }
    // Of one cell; a space when it is blank. Valid until the next call.
    std::string_view text(terminal::Cell cell);
    const terminal::Style& style(terminal::Cell cell) const { return terminal_.style(cell); }

    // The nearest cell that there is; the first one of a wide character.
    model::CellPoint clamped(model::CellPoint point);

private:
    const terminal::Terminal& terminal_;
    std::int64_t above_;
    std::int64_t top_;
    std::int64_t bottom_;
    std::vector<terminal::Cell> buffer_;
    std::span<const terminal::Cell> cells_;
    std::int64_t read_ = -1; // the row in cells_
    terminal::Terminal::TextBuffer bytes_{};
};

} // namespace lunette::copy
