#include "terminal/damage.h"

namespace lunette::terminal {

std::vector<DamagedRow> Damage::take() {
    std::vector<DamagedRow> damaged;
    if (!changed_) return damaged;
    for (int y = 0; y < static_cast<int>(rows_.size()); ++y) {
        Span& span = rows_[static_cast<std::size_t>(y)];
        if (span.from < span.to) damaged.push_back({y, span.from, span.to - 1});
        span = {};
    }
    whole_first_ = 0;
    whole_last_ = -1;
    changed_ = false;
    return damaged;
}

} // namespace lunette::terminal
