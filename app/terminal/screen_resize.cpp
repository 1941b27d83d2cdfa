#include "terminal/screen.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace lunette::terminal {

namespace {

// A line as the program wrote it, before wrapping.
struct LogicalLine {
    std::vector<Cell> cells;
    char mark = 0;
};

// The lines of a screen and where the cursor is among them.
struct Lines {
    std::vector<LogicalLine> lines;
    std::size_t cursor_line = 0;
    std::size_t cursor_offset = 0;
};

void append_row(Lines& lines, const Row& row, bool continues) {
    if (!continues) lines.lines.push_back({{}, row.mark});
    std::vector<Cell>& cells = lines.lines.back().cells;
    cells.insert(cells.end(), row.content().begin(), row.content().end());
}

std::size_t row_length(const std::vector<Cell>& cells, std::size_t begin, std::size_t columns) {
    if (cells.size() - begin <= columns) return cells.size() - begin;
    return columns > 1 && cells[begin + columns].is_tail() ? columns - 1 : columns;
}

} // namespace

void Screen::resize(int columns, int rows) {
    if (columns == this->columns() && rows == this->rows()) return;
    end_cluster();
    const bool was_alternate = alternate();
    const Cursor alternate_cursor = cursor_;
    if (was_alternate) cursor_ = saved_main_.cursor;
    resize_main(columns, rows);
    if (was_alternate) saved_main_.cursor = std::exchange(cursor_, alternate_cursor);
    alternate_.crop(columns, rows);
    tabs_.resize(columns);
    damage_.resize(rows);
    top_ = 0;
    bottom_ = rows - 1;
    move_to(cursor_.x, cursor_.y);
}

void Screen::resize_main(int columns, int rows) {
    // A line that began in the scrollback is rewrapped whole, unless it is absurdly long; and a
    // taller screen shows older rows again.
    constexpr int max_recalled = 1024;
    std::vector<Row> recalled;
    const int wanted = cursor_.y == main_.rows() - 1 ? rows - main_.rows() : 0;
    while (scrollback_.size() > 0 && static_cast<int>(recalled.size()) < max_recalled &&
           (static_cast<int>(recalled.size()) < wanted || scrollback_.wrapped(scrollback_.size() - 1))) {
        recalled.push_back(scrollback_.pop());
    }
    scrolled_rows_ -= recalled.size();

    Lines lines;
    bool continues = false;
    for (std::size_t i = recalled.size(); i-- > 0;) {
        append_row(lines, recalled[i], continues);
        continues = recalled[i].wrapped;
    }
    for (int y = 0; y < main_.rows(); ++y) {
        const Row& row = main_.row(y);
        if (y == cursor_.y) {
            lines.cursor_line = lines.lines.size() - (continues ? 1 : 0);
            lines.cursor_offset = (continues ? lines.lines.back().cells.size() : 0) +
                                  static_cast<std::size_t>(cursor_.x) + (cursor_.pending_wrap ? 1 : 0);
        }
        append_row(lines, row, continues);
        continues = row.wrapped;
    }
    // Blank lines below the cursor are no text.
    while (lines.lines.size() > lines.cursor_line + 1 && lines.lines.back().cells.empty())
        lines.lines.pop_back();

    std::vector<Row> wrapped;
    std::size_t cursor_row = 0;
    int cursor_x = 0;
    for (std::size_t i = 0; i < lines.lines.size(); ++i) {
        LogicalLine& line = lines.lines[i];
        std::size_t begin = 0;
        do {
            const std::size_t length = row_length(line.cells, begin, static_cast<std::size_t>(columns));
            const std::size_t end = begin + length;
            Row row;
            if (length > 0) {
                row.cells.assign(line.cells.begin() + static_cast<std::ptrdiff_t>(begin),
                                 line.cells.begin() + static_cast<std::ptrdiff_t>(end));
                row.cells.resize(static_cast<std::size_t>(columns));
            }
            row.used = static_cast<int>(length);
            row.wrapped = end < line.cells.size();
            row.mark = begin == 0 ? line.mark : 0;
            if (i == lines.cursor_line && lines.cursor_offset >= begin &&
                (lines.cursor_offset < end || !row.wrapped)) {
                cursor_row = wrapped.size();
                cursor_x = static_cast<int>(
                    std::min(lines.cursor_offset - begin, static_cast<std::size_t>(columns)));
            }
            wrapped.push_back(std::move(row));
            begin = end;
        } while (begin < line.cells.size());
    }

    // The rows above those that fit go to the scrollback, in the worst case the cursor's row too.
    const auto height = static_cast<std::size_t>(rows);
    const std::size_t gone = wrapped.size() > height ? wrapped.size() - height : 0;
    for (std::size_t i = 0; i < gone; ++i) scrollback_.push(wrapped[i]);
    scrolled_rows_ += gone;
    wrapped.erase(wrapped.begin(), wrapped.begin() + static_cast<std::ptrdiff_t>(gone));
    wrapped.resize(height);
    main_.replace(columns, std::move(wrapped));
    cursor_.x = std::min(cursor_x, columns - 1);
    cursor_.y = static_cast<int>(cursor_row - std::min(gone, cursor_row));
    cursor_.pending_wrap = cursor_x == columns;
}

} // namespace lunette::terminal
