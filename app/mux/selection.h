#pragma once

#include <cstdint>

namespace lunette::mux {

// Selected cells of a pane, both ends included, in stable rows. A value.
struct Selection {
    struct Point {
        std::int64_t x = 0;
        std::int64_t y = 0;
        friend bool operator==(const Point&, const Point&) = default;
    };
    Point anchor;
    Point head;
    bool rectangular = false;

    bool forward() const noexcept { return anchor.y < head.y || (anchor.y == head.y && anchor.x <= head.x); }
    Point first() const noexcept { return forward() ? anchor : head; }
    Point last() const noexcept { return forward() ? head : anchor; }
    bool contains(std::int64_t x, std::int64_t y) const noexcept {
        const Point a = first();
        const Point b = last();
        if (y < a.y || y > b.y) return false;
        if (rectangular) {
            const bool rightwards = anchor.x <= head.x;
            return x >= (rightwards ? anchor.x : head.x) && x <= (rightwards ? head.x : anchor.x);
        }
        return (y > a.y || x >= a.x) && (y < b.y || x <= b.x);
    }
    friend bool operator==(const Selection&, const Selection&) = default;
};

} // namespace lunette::mux
