#include "copy/text_search.h"

#include "copy/letter_case.h"

#include <algorithm>
#include <utility>

namespace lunette::copy {

using model::CellPoint;
using model::CellRange;
using model::Regex;
using terminal::LogicalLines;
using terminal::Terminal;

namespace {

// As PCRE2 takes text literally.
std::string quoted(std::string_view text) {
    std::string pattern = "\\Q";
    for (std::size_t from = 0;;) {
        const std::size_t end = text.find("\\E", from);
        pattern += text.substr(from, end - from);
        if (end == std::string_view::npos) break;
        pattern += "\\E\\\\E\\Q";
        from = end + 2;
    }
    return pattern + "\\E";
}

std::int64_t above(const Terminal& terminal) { return static_cast<std::int64_t>(terminal.scrolled_rows()); }
std::int64_t top_of(const Terminal& terminal) {
    return above(terminal) - static_cast<std::int64_t>(terminal.scrollback_size());
}

} // namespace

void TextSearch::start(const Terminal& terminal, const SearchPattern& pattern) {
    wanted_.clear();
    regex_.reset();
    error_.clear();
    matches_.clear();
    ++revision_;
    down_from_.reset();
    down_began_ = false;
    up_from_.reset();
    rows_left_ = 0;
    if (pattern.text.empty()) return;
    using Kind = SearchPattern::Kind;
    const bool plain = pattern.kind == Kind::case_sensitive ||
                       (pattern.kind == Kind::smart_case && lower_case(pattern.text) != pattern.text);
    if (plain) {
        wanted_ = pattern.text;
    } else {
        auto regex = pattern.kind == Kind::regex
                         ? Regex::compile(pattern.text)
                         : Regex::compile(quoted(pattern.text), Regex::Case::insensitive);
        if (!regex) {
            error_ = std::move(regex.error());
            return;
        }
        regex_ = std::move(*regex);
    }
    sequence_ = terminal.content_sequence();
    screen_top_ = above(terminal);
    up_from_ = screen_top_ + terminal.rows() - 1;
    rows_left_ = *up_from_ - top_of(terminal) + 1;
}

// What the screen showed may be other text now, and what was below it has come in.
void TextSearch::follow(const Terminal& terminal) {
    if (terminal.content_sequence() != sequence_) {
        if (!down_from_ || screen_top_ < *down_from_) {
            down_from_ = screen_top_;
            down_began_ = false;
        }
        sequence_ = terminal.content_sequence();
        screen_top_ = above(terminal);
    }
    const std::int64_t top = top_of(terminal);
    while (!matches_.empty() && matches_.front().first.y < top) {
        matches_.pop_front();
        ++revision_;
    }
}

bool TextSearch::step(const Terminal& terminal, std::int64_t rows) {
    if (!is_on()) return false;
    follow(terminal);
    if (down_from_) rows = search_down(terminal, rows);
    if (up_from_ && rows > 0) search_up(terminal, rows);
    const std::int64_t top = top_of(terminal);
    rows_left_ = up_from_ ? std::max<std::int64_t>(*up_from_ - top + 1, 0) : 0;
    return down_from_ || up_from_;
}

void TextSearch::find(const LogicalLines& line, std::vector<CellRange>& found) {
    found.clear();
    if (regex_)
        find_in_line(line, *regex_, most_matches, found);
    else
        find_in_line(line, wanted_, terminal::LetterCase::sensitive, most_matches, found);
}

void TextSearch::drop_from(std::int64_t row) {
    while (!matches_.empty() && matches_.back().last.y >= row) {
        matches_.pop_back();
        ++revision_;
    }
}

std::int64_t TextSearch::search_down(const Terminal& terminal, std::int64_t rows) {
    LogicalLines lines{terminal, *down_from_, LogicalLines::Direction::down,
                       down_began_ ? LogicalLines::Begin::exactly : LogicalLines::Begin::whole_line};
    while (rows > 0) {
        if (!lines.next()) {
            down_from_.reset();
            down_began_ = false;
            return rows;
        }
        if (!std::exchange(down_began_, true)) {
            drop_from(lines.first_row());
            // What is searched for the first time ends where this begins.
            if (up_from_) up_from_ = std::min(*up_from_, lines.first_row() - 1);
        }
        find(lines, found_);
        matches_.insert(matches_.end(), found_.begin(), found_.end());
        revision_ += found_.size();
        // The oldest go, and what is above them stays unsearched.
        while (matches_.size() > most_matches) matches_.pop_front();
        if (is_full()) up_from_.reset();
        rows -= lines.last_row() - lines.first_row() + 1;
        down_from_ = lines.resume_row();
    }
    return rows;
}

std::int64_t TextSearch::search_up(const Terminal& terminal, std::int64_t rows) {
    const std::int64_t top = top_of(terminal);
    if (*up_from_ < top || is_full()) {
        up_from_.reset();
        return rows;
    }
    LogicalLines lines{terminal, *up_from_, LogicalLines::Direction::up, LogicalLines::Begin::exactly};
    while (rows > 0) {
        if (is_full() || !lines.next()) {
            up_from_.reset();
            return rows;
        }
        find(lines, found_);
        const std::size_t kept = std::min(found_.size(), most_matches - matches_.size());
        matches_.insert(matches_.begin(), found_.end() - static_cast<std::ptrdiff_t>(kept), found_.end());
        revision_ += kept;
        rows -= lines.last_row() - lines.first_row() + 1;
        up_from_ = lines.resume_row();
    }
    return rows;
}

std::size_t TextSearch::first_at(CellPoint point) const noexcept {
    const auto found = std::lower_bound(
        matches_.begin(), matches_.end(), point,
        [](const CellRange& match, CellPoint wanted) { return comes_before(match.last, wanted); });
    return static_cast<std::size_t>(found - matches_.begin());
}

std::optional<std::size_t> TextSearch::index_of(const CellRange& match) const noexcept {
    const std::size_t index = first_at(match.last);
    if (index < matches_.size() && matches_[index] == match) return index;
    return std::nullopt;
}

} // namespace lunette::copy
