#pragma once

#include <vector>

namespace lunette::terminal {

// Tab stops of a screen, every eight columns at first.
class TabStops {
public:
    explicit TabStops(int columns) { resize(columns); }

    // Keeps the stops that exist; new columns get the usual ones.
    void resize(int columns);
    void reset();
    void clear_all() { stops_.assign(stops_.size(), false); }
    void set(int x, bool stop) { stops_[static_cast<std::size_t>(x)] = stop; }
    // The next stop right of x, else the last column.
    int next(int x) const noexcept;
    // The next stop left of x, else 0.
    int previous(int x) const noexcept;

private:
    std::vector<bool> stops_;
};

} // namespace lunette::terminal
