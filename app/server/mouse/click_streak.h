#pragma once

#include "server/mouse/mouse.h"

#include <cstdint>

namespace lunette::server {

// Counts presses of one button on one cell that follow each other quickly. Times are milliseconds of one
// monotonic clock. UI thread only.
class ClickStreak {
public:
    static constexpr std::int64_t longest_ms = 500; // from one press to the next

    // Which one of a row this is.
    int press(Mouse::Button button, int x, int y, std::int64_t now_ms) noexcept {
        const bool goes_on =
            count_ > 0 && button == button_ && x == x_ && y == y_ && now_ms - at_ms_ <= longest_ms;
        count_ = goes_on ? count_ + 1 : 1;
        button_ = button;
        x_ = x;
        y_ = y;
        at_ms_ = now_ms;
        return count_;
    }
    // 0 for another button than the one pressed last.
    int of(Mouse::Button button) const noexcept { return button == button_ ? count_ : 0; }

private:
    Mouse::Button button_ = Mouse::Button::none;
    int count_ = 0;
    int x_ = 0;
    int y_ = 0;
    std::int64_t at_ms_ = 0;
};

} // namespace lunette::server
