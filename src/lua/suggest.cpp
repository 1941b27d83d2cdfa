#include "lua/suggest.h"

#include <algorithm>

namespace lunette::lua {

namespace {

constexpr std::size_t longest_name = 64;

/// Insertions, removals, replacements and swaps of neighbours.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two_up(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], two_up[j - 2] + 1);
        }
        two_up.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

} // namespace

std::string_view closest_name(std::string_view name, const std::vector<std::string_view>& candidates) {
    if (name.size() > longest_name) return {};
    std::size_t best = std::max<std::size_t>(1, name.size() / 3) + 1;
    std::string_view found;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > longest_name) continue;
        const std::size_t distance = edits(name, candidate);
        if (distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return found;
}

} // namespace lunette::lua
