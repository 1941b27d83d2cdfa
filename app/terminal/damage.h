#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace lunette::terminal {

// Columns of a row in which something changed.
struct DamagedRow {
    int y = 0;
    int first = 0;
    int last = 0; // inclusive
    friend bool operator==(const DamagedRow&, const DamagedRow&) = default;
};

// What of a screen changed since the last take(): of each row one span. Not thread-safe.
class Damage {
public:
    Damage(int columns, int rows) { resize(columns, rows); }

    void resize(int columns, int rows) {
        columns_ = static_cast<std::uint16_t>(columns);
        rows_.assign(static_cast<std::size_t>(rows), {});
        mark(0, rows - 1);
    }
    // Columns [from, to) of a row. REQUIRES: from < to.
    void mark(int y, int from, int to) noexcept {
        Span& span = rows_[static_cast<std::size_t>(y)];
        span.from = std::min(span.from, static_cast<std::uint16_t>(from));
        span.to = std::max(span.to, static_cast<std::uint16_t>(to));
        changed_ = touched_ = true;
    }
    // The rows first to last.
    void mark(int first, int last) noexcept {
        changed_ = touched_ = true;
        // A flood scrolls the same region again and again.
        if (first >= whole_first_ && last <= whole_last_) return;
        std::fill(rows_.begin() + first, rows_.begin() + last + 1, Span{0, columns_});
        whole_first_ = first;
        whole_last_ = last;
    }
    void mark_row(int y) noexcept { mark(y, 0, columns_); }
    // True when anything was marked since this was asked last.
    bool take_touched() noexcept { return std::exchange(touched_, false); }
    // In order, one for each row that changed.
    std::vector<DamagedRow> take();

private:
    struct Span {
        std::uint16_t from = std::numeric_limits<std::uint16_t>::max();
        std::uint16_t to = 0;
    };

    std::vector<Span> rows_;
    int whole_first_ = 0; // rows marked as a whole since the last take()
    int whole_last_ = -1;
    std::uint16_t columns_ = 0;
    bool changed_ = false;
    bool touched_ = false;
};

} // namespace lunette::terminal
