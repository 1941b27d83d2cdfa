#include "terminal/damage.h"

namespace lunette::terminal {

std::vector<RowRange> Damage::take() {
    std::vector<RowRange> ranges;
    if (!changed_) return ranges;
    for (int y = 0; y < static_cast<int>(rows_.size()); ++y) {
        if (rows_[static_cast<std::size_t>(y)] == 0) continue;
        if (!ranges.empty() && ranges.back().last == y - 1)
            ranges.back().last = y;
        else
            ranges.push_back({y, y});
    }
    std::fill(rows_.begin(), rows_.end(), std::uint8_t{0});
    range_ = {0, -1};
    changed_ = false;
    return ranges;
}

} // namespace lunette::terminal
