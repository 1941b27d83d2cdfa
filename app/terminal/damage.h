#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace lunette::terminal {

struct RowRange {
    int first = 0;
    int last = 0; // inclusive
    friend bool operator==(const RowRange&, const RowRange&) = default;
};

// Which rows of a screen changed since the last take().
class Damage {
public:
    explicit Damage(int rows) { resize(rows); }

    void resize(int rows) {
        rows_.assign(static_cast<std::size_t>(rows), 0);
        mark(0, rows - 1);
    }
    void mark(int y) noexcept {
        rows_[static_cast<std::size_t>(y)] = 1;
        changed_ = touched_ = true;
    }
    void mark(int first, int last) noexcept {
        changed_ = touched_ = true;
        // A flood scrolls the same region again and again.
        if (first >= range_.first && last <= range_.last) return;
        std::fill(rows_.begin() + first, rows_.begin() + last + 1, std::uint8_t{1});
        range_ = {first, last};
    }
    // True when anything was marked since this was asked last.
    bool take_touched() noexcept { return std::exchange(touched_, false); }
    std::vector<RowRange> take();

private:
    std::vector<std::uint8_t> rows_;
    RowRange range_{0, -1}; // marked as a whole since the last take()
    bool changed_ = false;
    bool touched_ = false;
};

} // namespace lunette::terminal
