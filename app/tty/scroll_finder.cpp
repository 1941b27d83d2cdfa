#include "tty/scroll_finder.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace lunette::tty {

namespace {

constexpr int least_rows = 2; // that a shift must explain to be worth its bytes
constexpr int most_alike = 4; // rows of one content that are looked at

struct Run {
    int first = 0; // in `after`
    int last = -1;
    int explained = 0; // rows that differ in place, are not blank, and match when shifted
};

// The best stretch of rows that match when shifted.
Run best_run(const RowHashes& hashes, int by) noexcept {
    const int rows = static_cast<int>(hashes.after.size());
    Run best;
    Run run;
    for (int y = std::max(0, -by); y < std::min(rows, rows - by); ++y) {
        const auto at = static_cast<std::size_t>(y);
        const std::uint64_t hash = hashes.after[at];
        if (hash != hashes.before[static_cast<std::size_t>(y + by)]) {
            run = {y + 1, y, 0};
            continue;
        }
        if (run.last < run.first) run = {y, y, 0};
        run.last = y;
        if (hash != hashes.before[at] && hash != hashes.blank) ++run.explained;
        if (run.explained > best.explained) best = run;
    }
    return best;
}

} // namespace

std::uint64_t row_hash(std::span<const ui::FrameCell> cells) noexcept {
    std::uint64_t hash = 0x9E3779B97F4A7C15U;
    for (const ui::FrameCell& cell : cells) {
        std::uint64_t word;
        std::memcpy(&word, &cell, sizeof word);
        hash = (hash ^ word) * 0x9FB21C651E98DF25U;
        hash ^= hash >> 32;
    }
    return hash | 1; // 0 is: not known
}

std::optional<RowShift> find_shift(const RowHashes& hashes) {
    const int rows = static_cast<int>(hashes.after.size());
    std::unordered_multimap<std::uint64_t, int> places;
    for (int y = 0; y < rows; ++y) {
        const std::uint64_t hash = hashes.before[static_cast<std::size_t>(y)];
        if (hash != 0 && hash != hashes.blank && hash != hashes.after[static_cast<std::size_t>(y)])
            places.emplace(hash, y);
    }
    std::unordered_map<int, int> votes;
    for (int y = 0; y < rows; ++y) {
        const auto [begin, end] = places.equal_range(hashes.after[static_cast<std::size_t>(y)]);
        int looked_at = 0;
        for (auto at = begin; at != end && looked_at < most_alike; ++at, ++looked_at) ++votes[at->second - y];
    }
    int by = 0;
    int most = least_rows - 1;
    for (const auto& [shift, count] : votes) {
        // The smaller shift where they are equal, so that the result is the same on every machine.
        if (shift == 0 || count < most) continue;
        const bool nearer = std::abs(shift) < std::abs(by) || (std::abs(shift) == std::abs(by) && shift > by);
        if (count > most || (by != 0 && nearer)) {
            most = count;
            by = shift;
        }
    }
    if (by == 0) return std::nullopt;
    const Run run = best_run(hashes, by);
    if (run.explained < least_rows) return std::nullopt;
    return by > 0 ? RowShift{run.first, run.last + by, by} : RowShift{run.first + by, run.last, by};
}

} // namespace lunette::tty
