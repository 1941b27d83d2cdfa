#include "terminal/scrollback.h"

#include <algorithm>

namespace lunette::terminal {

Scrollback::Scrollback(std::size_t limit, int columns)
    : limit_(std::min(limit, max_lines)), columns_(static_cast<std::size_t>(columns)) {}

void Scrollback::set_limit(std::size_t lines) {
    limit_ = std::min(lines, max_lines);
    while (packed_.size() > limit_) drop_oldest();
}

void Scrollback::set_columns(int columns) {
    if (columns_ == static_cast<std::size_t>(columns)) return;
    columns_ = static_cast<std::size_t>(columns);
    open_ = false;
    std::fill(blocks_.begin(), blocks_.end(), uncounted);
    counted_ = false;
    changed();
}

void Scrollback::clear() {
    dropped_ += size();
    packed_.clear();
    std::deque<std::uint32_t>{}.swap(blocks_);
    total_ = 0;
    open_ = false;
    changed();
}

void Scrollback::push(const Row& row) {
    if (limit_ == 0) {
        while (!packed_.empty()) drop_oldest();
        ++dropped_;
        return;
    }
    // Beyond the limit only after resizes, whose rows nobody should pay for at once.
    for (int i = 0; i < 2 && packed_.size() >= limit_; ++i) drop_oldest();
    put_back(row);
}

void Scrollback::put_back(const Row& row) {
    const auto cells = static_cast<std::size_t>(row.used);
    bool joins = open_ && row.continues && newest_cells_ + cells <= max_paragraph_cells;
    if (joins) {
        // Else rewrapping to the same width would give other rows.
        const PackedRows::Entry& last = packed_[packed_.end() - 1];
        const bool begins_wide = cells > 0 && row.cells.front().is_wide();
        joins = last.cells == columns_ || (last.cells + 1U == columns_ && begins_wide);
    }
    PackedRows::Entry& entry = packed_.push(row, static_cast<int>(columns_));
    const std::uint64_t added = packed_.end() - 1;
    if (added / block_rows - first_block() == blocks_.size()) blocks_.push_back(0);
    entry.begins = !joins;
    if (!joins) {
        newest_begin_ = added;
        newest_cells_ = 0;
    }
    newest_cells_ += cells;
    open_ = row.wrapped;
    count(newest_begin_, 1);
    changed();
}

void Scrollback::count(std::uint64_t begin, std::size_t rows) {
    std::uint32_t& block = block_of(begin);
    if (block != uncounted) block += static_cast<std::uint32_t>(rows);
    if (counted_) total_ += rows;
}

void Scrollback::uncount(std::uint64_t begin, std::size_t rows) {
    std::uint32_t& block = block_of(begin);
    if (block != uncounted) block -= static_cast<std::uint32_t>(rows);
    if (counted_) total_ -= rows;
}

void Scrollback::drop_oldest() {
    const std::uint64_t oldest = packed_.first();
    const bool alone = packed_.size() == 1 || packed_[oldest + 1].begins;
    const Paragraph paragraph = alone || packed_[oldest].columns != columns_
                                    ? paragraph_at(oldest)
                                    : Paragraph{oldest, oldest + 1, 0, columns_, false, false};
    // As it came, a row is a row; rewrapped, what is left of the paragraph moves up.
    std::size_t before = rows_of(paragraph);
    std::size_t after = 0;
    if (!alone && packed_[oldest].columns != columns_) {
        Paragraph rest = paragraph;
        ++rest.begin;
        rest.cells -= packed_[oldest].cells;
        after = rows_of(rest);
    } else if (!alone && (oldest + 1) % block_rows == 0) {
        before = rows_of(paragraph_at(oldest));
        after = before - 1;
    }
    uncount(oldest, before);
    dropped_ += before - after;
    packed_.drop_first();
    if (first_block() != oldest / block_rows) blocks_.pop_front();
    if (!alone) {
        packed_[oldest + 1].begins = true;
        if (newest_begin_ == oldest) newest_begin_ = oldest + 1;
        count(oldest + 1, after);
    }
    if (packed_.empty()) open_ = false;
    changed();
}

LogicalLine Scrollback::pop_line() {
    const Paragraph paragraph = paragraph_at(begin_of(packed_.end() - 1));
    LogicalLine line;
    line.continues = packed_[paragraph.begin].continues;
    line.cells.reserve(paragraph.cells);
    for (std::uint64_t row = paragraph.begin; row < paragraph.end; ++row) {
        const PackedRows::Entry& entry = packed_[row];
        if (entry.mark != 0) line.marks.emplace_back(line.cells.size(), entry.mark);
        packed_.unpack(row, 0, entry.cells, line.cells);
    }
    uncount(paragraph.begin, rows_of(paragraph));
    while (packed_.end() > paragraph.begin) packed_.pop();
    const std::uint64_t blocks = packed_.empty() ? 0 : (packed_.end() - 1) / block_rows - first_block() + 1;
    blocks_.resize(blocks);
    open_ = false;
    changed();
    return line;
}

} // namespace lunette::terminal
