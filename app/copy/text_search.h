#pragma once

#include "model/cell_range.h"
#include "model/regex.h"
#include "terminal/logical_lines.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace lunette::copy {

// What is searched for; WezTerm's kinds.
struct SearchPattern {
    enum class Kind : std::uint8_t { case_sensitive, ignore_case, smart_case, regex };
    Kind kind = Kind::case_sensitive;
    std::string text;
    friend bool operator==(const SearchPattern&, const SearchPattern&) = default;
};

// Searches scrollback and screen of one terminal, the newest lines first, a part at each step; lines that
// are printed or changed meanwhile are searched again. UI thread only.
class TextSearch {
public:
    // More are not kept; the oldest lines stay unsearched then.
    static constexpr std::size_t most_matches = 100'000;

    // Begins anew. An empty pattern finds nothing; neither does one that cannot be understood, see error().
    void start(const terminal::Terminal& terminal, const SearchPattern& pattern);
    // What is wrong with the pattern; empty: nothing.
    const std::string& error() const noexcept { return error_; }
    // Searches about so many rows, at least a line. True when there is more to do.
    bool step(const terminal::Terminal& terminal, std::int64_t rows);
    // Of those that are known to be not searched yet.
    std::int64_t rows_left() const noexcept { return rows_left_; }
    bool is_full() const noexcept { return matches_.size() >= most_matches; }

    // In reading order.
    const std::deque<model::CellRange>& matches() const noexcept { return matches_; }
    // Index of the first match that does not end before the point.
    std::size_t first_at(model::CellPoint point) const noexcept;
    // The index of this very match.
    std::optional<std::size_t> index_of(const model::CellRange& match) const noexcept;
    // Grows whenever matches come or go.
    std::uint64_t revision() const noexcept { return revision_; }

private:
    bool is_on() const noexcept { return regex_ || !wanted_.empty(); }
    void follow(const terminal::Terminal& terminal);
    std::int64_t search_down(const terminal::Terminal& terminal, std::int64_t rows);
    std::int64_t search_up(const terminal::Terminal& terminal, std::int64_t rows);
    void find(const terminal::LogicalLines& line, std::vector<model::CellRange>& found);
    void drop_from(std::int64_t row);

    std::string wanted_; // literally; empty: by the regular expression
    std::optional<model::Regex> regex_;
    std::string error_;
    std::deque<model::CellRange> matches_;
    std::vector<model::CellRange> found_;
    std::uint64_t revision_ = 0;
    std::uint64_t sequence_ = 0;            // of the content seen last
    std::int64_t screen_top_ = 0;           // then: rows from there on may change
    std::optional<std::int64_t> down_from_; // rows from there on are to be searched again
    bool down_began_ = false;
    std::optional<std::int64_t> up_from_; // and those up from there for the first time
    std::int64_t rows_left_ = 0;
};

} // namespace lunette::copy
