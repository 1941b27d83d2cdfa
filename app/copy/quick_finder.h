#pragma once

#include "model/cell_range.h"
#include "model/regex.h"
#include "terminal/logical_lines.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::copy {

// Finds what quick select offers in some rows of a terminal, a part at each step, and labels it: equal texts
// alike, from the last on. UI thread only.
class QuickFinder {
public:
    struct Match {
        model::CellRange range;
        std::string text;
        std::string label; // empty: there are more matches than labels
    };
    static constexpr std::size_t most_matches = 10'000;

    // Patterns that cannot be understood are left out; each gives a sentence.
    QuickFinder(const std::vector<std::string>& patterns, std::string alphabet,
                std::vector<std::string>& problems);

    // Begins with rows first..last (stable).
    void start(const terminal::Terminal& terminal, std::int64_t first, std::int64_t last);
    // Searches about so many rows. True when there is more to do.
    bool step(const terminal::Terminal& terminal, std::int64_t rows);
    // Labels are there.
    bool is_done() const noexcept { return done_; }
    // In reading order.
    const std::vector<Match>& matches() const noexcept { return matches_; }
    // The last match with this label; null: there is none.
    const Match* labelled(std::string_view label) const noexcept;
    // Does a label begin with the text?
    bool is_prefix(std::string_view text) const noexcept;

private:
    void find(const terminal::LogicalLines& line);
    void give_labels();

    std::vector<model::Regex> patterns_;
    std::string alphabet_;
    std::vector<Match> matches_;
    std::int64_t next_ = 0;
    std::int64_t last_ = -1;
    bool began_ = false;
    bool done_ = false;
};

} // namespace lunette::copy
