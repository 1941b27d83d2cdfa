#include "model/nearest.h"

#include <algorithm>
#include <vector>

namespace lunette::model {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    // Rows of the table for the prefixes of `a`: two before the last, the last, the current.
    std::vector<std::size_t> older(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            current[j] = std::min(
                {previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], older[j - 2] + 1);
        }
        std::swap(older, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

void Nearest::offer(std::string_view word) {
    const std::size_t longer = std::max(word.size(), wanted_.size());
    const std::size_t shorter = std::min(word.size(), wanted_.size());
    if (longer - shorter >= distance_ || longer > 256) return;
    const std::size_t distance = edit_distance(wanted_, word);
    if (distance >= distance_ || distance >= longer) return;
    distance_ = distance;
    word_ = word;
}

} // namespace lunette::model
