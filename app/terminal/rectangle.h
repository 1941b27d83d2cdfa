#pragma once

namespace lunette::terminal {

// Cells of a screen, edges inclusive.
struct Rectangle {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    constexpr bool contains(int x, int y) const noexcept {
        return x >= left && x <= right && y >= top && y <= bottom;
    }
    constexpr int width() const noexcept { return right - left + 1; }
    constexpr int height() const noexcept { return bottom - top + 1; }
    friend bool operator==(const Rectangle&, const Rectangle&) = default;
};

} // namespace lunette::terminal
