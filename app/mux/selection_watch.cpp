#include "mux/selection_watch.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace lunette::mux {

namespace {

using terminal::Cell;
using terminal::Terminal;

// Of the characters, not of their looks; erased cells and spaces are the same.
std::uint64_t hash_of(const Terminal& terminal, std::int64_t y, const model::ColumnSpan& columns,
                      std::vector<Cell>& buffer) {
    const std::span<const Cell> cells = terminal.row(y, buffer);
    const std::int64_t end =
        std::min<std::int64_t>(columns.last + 1, static_cast<std::int64_t>(cells.size()));
    std::string text;
    for (std::int64_t x = columns.first; x < end; ++x) {
        const Cell cell = cells[static_cast<std::size_t>(x)];
        if (cell.is_tail()) continue;
        Terminal::TextBuffer bytes;
        const std::string_view shown = terminal.text(cell, bytes);
        text += shown.empty() ? std::string_view{" "} : shown;
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return std::hash<std::string_view>{}(text);
}

} // namespace

SelectionWatch::SelectionWatch(const model::Selection& selection, const Terminal& terminal)
    : selection_{selection} {
    remember(terminal);
}

void SelectionWatch::remember(const Terminal& terminal) {
    sequence_ = terminal.content_sequence();
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    first_ = std::max(above, selection_.first().y);
    const std::int64_t last = std::min(above + terminal.rows() - 1, selection_.last().y);
    hashes_.clear();
    std::vector<Cell> buffer;
    for (std::int64_t y = first_; y <= last; ++y) {
        const auto columns = selection_.columns_at(y, terminal.columns());
        hashes_.push_back(columns ? hash_of(terminal, y - above, *columns, buffer) : 0);
    }
}

bool SelectionWatch::changed(const Terminal& terminal) {
    if (terminal.content_sequence() == sequence_) return false;
    sequence_ = terminal.content_sequence();
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    std::vector<Cell> buffer;
    for (std::size_t i = 0; i < hashes_.size(); ++i) {
        const std::int64_t y = first_ + static_cast<std::int64_t>(i);
        const auto columns = selection_.columns_at(y, terminal.columns());
        if (columns && hash_of(terminal, y - above, *columns, buffer) != hashes_[i]) return true;
    }
    // Rows that left the screen stay what they are; some may have come back to it.
    const std::int64_t first = std::max(above, selection_.first().y);
    if (first < first_) {
        remember(terminal);
    } else {
        const auto gone = std::min<std::int64_t>(first - first_, static_cast<std::int64_t>(hashes_.size()));
        hashes_.erase(hashes_.begin(), hashes_.begin() + gone);
        first_ = first;
    }
    return false;
}

} // namespace lunette::mux
