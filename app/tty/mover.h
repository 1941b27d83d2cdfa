#pragma once

#include <string>

namespace lunette::tty {

// Knows where a terminal's cursor is and moves it in as few bytes as possible. A value.
class Mover {
public:
    // Nothing is known of the place any more.
    void forget() noexcept { row_known_ = column_known_ = false; }
    // Of the column only: text was written whose width is not certain, or the last column was.
    void forget_column() noexcept { column_known_ = false; }
    void set(int x, int y) noexcept {
        x_ = x;
        y_ = y;
        row_known_ = column_known_ = true;
    }
    // Text of some cells was written.
    void advance(int cells) noexcept { x_ += cells; }
    bool is_at(int x, int y) const noexcept { return row_known_ && column_known_ && x_ == x && y_ == y; }
    // The column in a row, or -1.
    int column_in(int y) const noexcept { return row_known_ && column_known_ && y_ == y ? x_ : -1; }

    // REQUIRES: the place is on the screen, no scrolling region is set.
    void move(std::string& out, int x, int y);
    // Bytes that move() would append.
    int cost(int x, int y) const;

private:
    void append_best(std::string& out, int x, int y) const;

    int x_ = 0;
    int y_ = 0;
    bool row_known_ = false;
    bool column_known_ = false;
};

} // namespace lunette::tty
