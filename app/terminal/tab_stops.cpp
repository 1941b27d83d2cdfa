#include "terminal/tab_stops.h"

namespace lunette::terminal {

void TabStops::resize(int columns) {
    auto x = stops_.size();
    stops_.resize(static_cast<std::size_t>(columns));
    for (; x < stops_.size(); ++x) stops_[x] = x % 8 == 0;
}

void TabStops::reset() {
    for (std::size_t x = 0; x < stops_.size(); ++x) stops_[x] = x % 8 == 0;
}

int TabStops::next(int x) const noexcept {
    const int last = static_cast<int>(stops_.size()) - 1;
    do ++x;
    while (x < last && !stops_[static_cast<std::size_t>(x)]);
    return x < last ? x : last;
}

int TabStops::previous(int x) const noexcept {
    do --x;
    while (x > 0 && !stops_[static_cast<std::size_t>(x)]);
    return x > 0 ? x : 0;
}

} // namespace lunette::terminal
