#pragma once

#include "model/cell_range.h"
#include "model/regex.h"
#include "terminal/terminal.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::terminal {

// Goes through the text of a terminal by lines as the program wrote them, one at a time, upwards or
// downwards, and knows the cell of every byte: for searching, literally or with a regular
// expression. It keeps one line; whoever has a budget stops between two and goes on later at
// resume_row(), exactly. REQUIRES: the terminal stays as it is between construction and the last call.
class LogicalLines {
public:
    enum class Direction : std::uint8_t { up, down };
    // A longer line comes in pieces of whole rows.
    static constexpr std::size_t max_rows = 1024;

    using Position = model::CellPoint;

    // Begins with the line that `row` (stable) lies in, or the nearest there is; at `exactly` that row, where
    // an earlier one left off in a line that came in pieces.
    enum class Begin : std::uint8_t { whole_line, exactly };
    LogicalLines(const Terminal& terminal, std::int64_t row, Direction direction,
                 Begin begin = Begin::whole_line);

    // The next line, first the one of `row`. False when there is none.
    bool next();
    // Without blanks at its end.
    const std::string& text() const noexcept { return text_; }
    std::int64_t first_row() const noexcept { return first_; }
    std::int64_t last_row() const noexcept { return last_; }
    // Where next() would begin.
    std::int64_t resume_row() const noexcept { return direction_ == Direction::up ? first_ - 1 : last_ + 1; }
    // The cell that shows the byte; its head when it is wide. REQUIRES: byte < text().size().
    Position position(std::size_t byte) const noexcept;
    // The first byte of what a cell shows, either half of it when it is wide; nothing when the cell is not of
    // the line or behind its text.
    std::optional<std::size_t> byte_at(Position position) const;

private:
    bool wrapped(std::int64_t row) const { return terminal_.row_wrapped(row - above_); }
    void read();

    const Terminal& terminal_;
    Direction direction_;
    std::int64_t above_; // stable number of the screen's first row
    std::int64_t top_;   // of what there is
    std::int64_t bottom_;
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
    std::string text_;
    struct Mark {
        std::size_t byte;
        std::int32_t x;
        std::int32_t row; // from first_
    };
    // Each begins a run of cells of one byte each, or one cell of several.
    std::vector<Mark> marks_;
    std::vector<Cell> buffer_;
};

using TextMatch = model::CellRange;

enum class LetterCase : std::uint8_t { sensitive, ascii_insensitive };

// All places of `wanted` in a line, from left to right, not overlapping; at most `limit` more.
void find_in_line(const LogicalLines& line, std::string_view wanted, LetterCase letter_case,
                  std::size_t limit, std::vector<TextMatch>& matches);
// The same for a regular expression: the last group of each match, if one took part in it. What matches
// without any text is left out.
void find_in_line(const LogicalLines& line, model::Regex& wanted, std::size_t limit,
                  std::vector<TextMatch>& matches);

} // namespace lunette::terminal
