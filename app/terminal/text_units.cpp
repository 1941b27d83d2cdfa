#include "terminal/text_units.h"

#include "terminal/semantic_zones.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lunette::terminal {

namespace {

using model::CellPoint;
using model::CellRange;

// Rows as stable ones, kept where there are any.
class Rows {
public:
    explicit Rows(const Terminal& terminal)
        : terminal_{terminal},
          above_{static_cast<std::int64_t>(terminal.scrolled_rows())},
          top_{above_ - static_cast<std::int64_t>(terminal.scrollback_size())},
          bottom_{above_ + terminal.rows() - 1} {}

    std::int64_t top() const noexcept { return top_; }
    std::int64_t bottom() const noexcept { return bottom_; }
    std::int64_t right() const noexcept { return terminal_.columns() - 1; }
    CellPoint clamped(CellPoint point) const noexcept {
        return {std::clamp<std::int64_t>(point.x, 0, right()), std::clamp(point.y, top_, bottom_)};
    }
    // Valid until the next call.
    std::span<const Cell> at(std::int64_t y) { return terminal_.row(y - above_, buffer_); }
    bool goes_on(std::int64_t y) const { return y < bottom_ && terminal_.row_wrapped(y - above_); }

private:
    const Terminal& terminal_;
    std::int64_t above_;
    std::int64_t top_;
    std::int64_t bottom_;
    std::vector<Cell> buffer_;
};

class WordFinder {
public:
    WordFinder(const Terminal& terminal, std::string_view boundary)
        : terminal_{terminal}, rows_{terminal}, boundary_{boundary} {}

    CellRange around(CellPoint point) {
        point = rows_.clamped(point);
        cells_ = rows_.at(point.y);
        if (!is_word(point.x)) return {point, point};
        return {first(point), last(point)};
    }

private:
    bool is_word(std::int64_t x) const {
        if (x < 0) return false;
        std::string_view text;
        Terminal::TextBuffer buffer;
        if (x < static_cast<std::int64_t>(cells_.size())) {
            const Cell cell = cells_[static_cast<std::size_t>(x)];
            if (cell.is_tail()) return is_word(x - 1);
            text = terminal_.text(cell, buffer);
        }
        if (text.empty()) text = " ";
        return boundary_.find(text) == std::string_view::npos;
    }
    CellPoint first(CellPoint at) {
        const std::int64_t least = at.y - most_unit_rows;
        for (;;) {
            cells_ = rows_.at(at.y);
            while (is_word(at.x - 1)) --at.x;
            if (at.x > 0 || at.y == least || at.y == rows_.top() || !rows_.goes_on(at.y - 1)) return at;
            cells_ = rows_.at(at.y - 1);
            // A wide character that did not fit left the last cell blank.
            const auto end = static_cast<std::int64_t>(cells_.size());
            if (!is_word(end - 1)) return at;
            at = {end - 1, at.y - 1};
        }
    }
    CellPoint last(CellPoint at) {
        const std::int64_t most = at.y + most_unit_rows;
        for (;;) {
            cells_ = rows_.at(at.y);
            while (at.x < rows_.right() && is_word(at.x + 1)) ++at.x;
            const auto end = static_cast<std::int64_t>(cells_.size());
            if (at.x + 1 < end || at.y == most || !rows_.goes_on(at.y)) return at;
            cells_ = rows_.at(at.y + 1);
            if (!is_word(0)) return at;
            at = {0, at.y + 1};
        }
    }

    const Terminal& terminal_;
    Rows rows_;
    std::string_view boundary_;
    std::span<const Cell> cells_;
};

} // namespace

CellRange word_at(const Terminal& terminal, CellPoint point, std::string_view boundary) {
    return WordFinder{terminal, boundary}.around(point);
}

CellRange line_at(const Terminal& terminal, CellPoint point) {
    const Rows rows{terminal};
    point = rows.clamped(point);
    std::int64_t first = point.y;
    std::int64_t last = point.y;
    while (first > rows.top() && point.y - first < most_unit_rows && rows.goes_on(first - 1)) --first;
    while (last - point.y < most_unit_rows && rows.goes_on(last)) ++last;
    return {{0, first}, {rows.right(), last}};
}

CellRange zone_at(const Terminal& terminal, CellPoint point) {
    Rows rows{terminal};
    point = rows.clamped(point);
    std::span<const Cell> cells = rows.at(point.y);
    auto length = static_cast<std::int64_t>(zone_length(cells));
    if (length == 0) return {point, point};
    const auto type_at = [&](std::int64_t x) {
        return terminal.style(cells[static_cast<std::size_t>(x)]).semantic;
    };
    const std::int64_t x = std::min(point.x, length - 1);
    const Semantic type = type_at(x);
    CellRange zone{{x, point.y}, {x, point.y}};
    for (std::int64_t at = x + 1; at < length && type_at(at) == type; ++at) zone.last.x = at;
    bool whole = zone.last.x == length - 1;
    for (std::int64_t at = x - 1; at >= 0 && type_at(at) == type; --at) zone.first.x = at;
    for (std::int64_t y = point.y - 1; zone.first.x == 0 && y >= rows.top() && point.y - y <= most_unit_rows;
         --y) {
        cells = rows.at(y);
        std::int64_t at = static_cast<std::int64_t>(zone_length(cells));
        if (at == 0) continue;
        if (type_at(at - 1) != type) break;
        while (at > 0 && type_at(at - 1) == type) --at;
        zone.first = {at, y};
    }
    for (std::int64_t y = point.y + 1; whole && y <= rows.bottom() && y - point.y <= most_unit_rows; ++y) {
        cells = rows.at(y);
        length = static_cast<std::int64_t>(zone_length(cells));
        if (length == 0) continue;
        std::int64_t at = 0;
        while (at < length && type_at(at) == type) ++at;
        if (at == 0) break;
        zone.last = {at - 1, y};
        whole = at == length;
    }
    return zone;
}

} // namespace lunette::terminal
