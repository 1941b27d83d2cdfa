#include "script/io/completions.h"

#include <algorithm>

namespace lunette::script {

bool Completions::deliver(WaitOwner only) {
    std::deque<Completion> now;
    if (only) {
        const auto mine = std::stable_partition(queue_.begin(), queue_.end(),
                                                [only](const Completion& c) { return c.owner != only; });
        std::move(mine, queue_.end(), std::back_inserter(now));
        queue_.erase(mine, queue_.end());
    } else {
        now.swap(queue_);
    }
    for (auto& completion : now) completion.tell();
    return !now.empty();
}

bool Completions::ready(WaitOwner only) const noexcept {
    if (!only) return !queue_.empty();
    return std::any_of(queue_.begin(), queue_.end(), [only](const Completion& c) { return c.owner == only; });
}

} // namespace lunette::script
