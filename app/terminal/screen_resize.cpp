#include "terminal/screen.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>
#include <vector>

namespace lunette::terminal {

namespace {

// The lines of a screen and where the cursor is among them.
struct Lines {
    std::deque<LogicalLine> lines;
    std::size_t cursor_line = 0;
    std::size_t cursor_offset = 0;
};

void append_row(Lines& lines, const Row& row, bool joins) {
    if (!joins) lines.lines.push_back({{}, {}, row.continues});
    LogicalLine& line = lines.lines.back();
    if (row.mark != 0) line.marks.emplace_back(line.cells.size(), row.mark);
    line.cells.insert(line.cells.end(), row.content().begin(), row.content().end());
}

std::size_t row_length(const std::vector<Cell>& cells, std::size_t begin, std::size_t columns) {
    if (cells.size() - begin <= columns) return cells.size() - begin;
    return columns > 1 && cells[begin + columns].is_tail() ? columns - 1 : columns;
}

// Rows of `columns` cells that a line makes. `goes_on`: the line was cut, its text goes on in the next.
std::vector<Row> rows_of(const LogicalLine& line, std::size_t columns, bool goes_on) {
    std::vector<Row> rows;
    auto mark = line.marks.begin();
    std::size_t begin = 0;
    do {
        const std::size_t end = begin + row_length(line.cells, begin, columns);
        Row& row = rows.emplace_back();
        if (end > begin) {
            row.cells.assign(line.cells.begin() + static_cast<std::ptrdiff_t>(begin),
                             line.cells.begin() + static_cast<std::ptrdiff_t>(end));
            row.cells.resize(columns);
        }
        row.used = static_cast<int>(end - begin);
        row.wrapped = end < line.cells.size() || goes_on;
        row.continues = begin > 0 || line.continues;
        for (; mark != line.marks.end() && (mark->first < end || end == line.cells.size()); ++mark)
            if (row.mark == 0) row.mark = mark->second;
        begin = end;
    } while (begin < line.cells.size());
    return rows;
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
    damage_.resize(columns, rows);
    margins_ = whole();
    const bool pending_wrap = cursor_.pending_wrap && cursor_.x == columns - 1;
    move_to(cursor_.x, cursor_.y);
    cursor_.pending_wrap = pending_wrap;
}

void Screen::resize_main(int columns, int rows) {
    const auto width = static_cast<std::size_t>(columns);
    const auto height = static_cast<std::size_t>(rows);
    cursor_.x = std::min(cursor_.x, main_.columns() - 1);
    cursor_.y = std::min(cursor_.y, main_.rows() - 1);
    Lines lines;
    // A line that began in the scrollback is rewrapped whole, as far as the scrollback does so itself.
    bool joins = !scrollback_.empty() && main_.row(0).continues && scrollback_.newest_wrapped();
    if (joins) lines.lines.push_back(scrollback_.pop_line());
    const bool full = cursor_.y == main_.rows() - 1 || main_.row(main_.rows() - 1).used > 0;
    for (int y = 0; y < main_.rows(); ++y) {
        const Row& row = main_.row(y);
        if (y == cursor_.y) {
            lines.cursor_line = lines.lines.size() - (joins ? 1 : 0);
            lines.cursor_offset = (joins ? lines.lines.back().cells.size() : 0) +
                                  static_cast<std::size_t>(cursor_.x) + (cursor_.pending_wrap ? 1 : 0);
        }
        append_row(lines, row, joins);
        joins = main_.wrapped(y);
    }
    // Blank lines below the cursor are no text.
    while (lines.lines.size() > lines.cursor_line + 1 && lines.lines.back().cells.empty())
        lines.lines.pop_back();

    std::deque<Row> wrapped;
    std::size_t cursor_row = 0;
    std::size_t cursor_x = 0;
    for (std::size_t i = 0; i < lines.lines.size(); ++i) {
        std::vector<Row> made = rows_of(lines.lines[i], width, false);
        if (i == lines.cursor_line) {
            std::size_t row = 0;
            cursor_x = lines.cursor_offset;
            for (; row + 1 < made.size() && cursor_x >= static_cast<std::size_t>(made[row].used); ++row)
                cursor_x -= static_cast<std::size_t>(made[row].used);
            cursor_row = wrapped.size() + row;
        }
        std::move(made.begin(), made.end(), std::back_inserter(wrapped));
    }
    // A screen that was full stays so: a taller or wider one shows older rows again.
    while (full && wrapped.size() < height && !scrollback_.empty()) {
        const bool goes_on = scrollback_.newest_wrapped() && wrapped.front().continues;
        std::vector<Row> made = rows_of(scrollback_.pop_line(), width, goes_on);
        cursor_row += made.size();
        wrapped.insert(wrapped.begin(), std::move_iterator(made.begin()), std::move_iterator(made.end()));
    }
    rewrapped_ += wrapped.size();

    // The rows above those that fit go to the scrollback, in the worst case the cursor's row too.
    scrollback_.set_columns(columns);
    const std::size_t gone = wrapped.size() > height ? wrapped.size() - height : 0;
    for (std::size_t i = 0; i < gone; ++i) scrollback_.put_back(wrapped[i]);
    wrapped.erase(wrapped.begin(), wrapped.begin() + static_cast<std::ptrdiff_t>(gone));
    wrapped.resize(height);
    main_.replace(columns, {std::move_iterator(wrapped.begin()), std::move_iterator(wrapped.end())});
    cursor_.x = static_cast<int>(std::min(cursor_x, width - 1));
    cursor_.y = static_cast<int>(cursor_row - std::min(gone, cursor_row));
    cursor_.pending_wrap = cursor_x == width;
}

} // namespace lunette::terminal
