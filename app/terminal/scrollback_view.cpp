// The rows of a Scrollback at its present width.

#include "terminal/scrollback.h"

#include <algorithm>

namespace lunette::terminal {

Scrollback::Paragraph Scrollback::paragraph_at(std::uint64_t begin) const {
    Paragraph paragraph{begin, begin, 0, packed_[begin].columns, false, false};
    do {
        const PackedRows::Entry& entry = packed_[paragraph.end];
        paragraph.cells += entry.cells;
        paragraph.has_wide = paragraph.has_wide || entry.has_wide;
        paragraph.ends_in_tail = entry.ends_in_tail;
        ++paragraph.end;
    } while (paragraph.end < packed_.end() && !packed_[paragraph.end].begins);
    return paragraph;
}

std::uint64_t Scrollback::begin_of(std::uint64_t row) const {
    while (!packed_[row].begins) --row;
    return row;
}

// Rows from a screen of this width are shown as they were. Others are cut every `columns_` cells;
// with wide characters every `columns_ - 1`, so that a row can take the second half of one that the
// cut would split: then the number of rows follows from the length.
std::size_t Scrollback::rows_of(const Paragraph& paragraph) const noexcept {
    if (paragraph.columns == columns_) return paragraph.end - paragraph.begin;
    if (paragraph.cells <= columns_) return 1;
    if (!paragraph.has_wide || columns_ == 1) return (paragraph.cells + columns_ - 1) / columns_;
    const std::size_t cells = paragraph.cells - (paragraph.ends_in_tail ? 1 : 0);
    return (cells + columns_ - 2) / (columns_ - 1);
}

std::size_t Scrollback::cut(const Paragraph& paragraph, std::size_t cell) const {
    if (cell == 0 || cell >= paragraph.cells || !paragraph.has_wide) return std::min(cell, paragraph.cells);
    std::size_t in_row = cell;
    for (std::uint64_t row = paragraph.begin;; ++row) {
        if (in_row < packed_[row].cells) return packed_.is_tail(row, in_row) ? cell + 1 : cell;
        in_row -= packed_[row].cells;
    }
}

Scrollback::Range Scrollback::row_of(const Paragraph& paragraph, std::size_t i) const {
    if (paragraph.columns == columns_) {
        std::size_t from = 0;
        std::uint64_t row = paragraph.begin;
        for (; row < paragraph.begin + i; ++row) from += packed_[row].cells;
        return {from, from + packed_[row].cells};
    }
    if (paragraph.cells <= columns_) return {0, paragraph.cells};
    if (!paragraph.has_wide || columns_ == 1)
        return {i * columns_, std::min((i + 1) * columns_, paragraph.cells)};
    const std::size_t stride = columns_ - 1;
    return {cut(paragraph, i * stride), cut(paragraph, (i + 1) * stride)};
}

std::size_t Scrollback::count_block(std::size_t block) const {
    std::uint64_t row = std::max(packed_.first(), (first_block() + block) * block_rows);
    const std::uint64_t end = std::min(packed_.end(), (first_block() + block + 1) * block_rows);
    while (row < end && !packed_[row].begins) ++row;
    std::size_t rows = 0;
    while (row < end) {
        const Paragraph paragraph = paragraph_at(row);
        rows += rows_of(paragraph);
        row = paragraph.end;
    }
    return rows;
}

std::size_t Scrollback::size() const {
    if (counted_) return total_;
    total_ = 0;
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        if (blocks_[block] == uncounted) blocks_[block] = static_cast<std::uint32_t>(count_block(block));
        total_ += blocks_[block];
    }
    counted_ = true;
    return total_;
}

const Scrollback::Found& Scrollback::find(std::size_t i) const {
    if (recent_.paragraph.end != 0 && i >= recent_.first) {
        const std::size_t next = recent_.first + rows_of(recent_.paragraph);
        if (i < next) return recent_;
        if (i == next && recent_.paragraph.end < packed_.end())
            return recent_ = {paragraph_at(recent_.paragraph.end), next};
    }
    // Upwards the row above is asked whether it goes on before its turn comes.
    if (recent_.paragraph.end != 0 && i < recent_.first) {
        Found found = recent_;
        for (int steps = 0; steps < 2 && found.paragraph.begin > packed_.first(); ++steps) {
            found.paragraph = paragraph_at(begin_of(found.paragraph.begin - 1));
            found.first -= rows_of(found.paragraph);
            if (i >= found.first) return recent_ = found;
        }
    }
    std::size_t first = 0;
    std::size_t block = 0;
    if (i < size() / 2) {
        while (i >= first + blocks_[block]) first += blocks_[block++];
    } else {
        block = blocks_.size();
        first = size();
        while (i < first) first -= blocks_[--block];
    }
    std::uint64_t row = std::max(packed_.first(), (first_block() + block) * block_rows);
    while (!packed_[row].begins) ++row;
    for (;;) {
        recent_ = {paragraph_at(row), first};
        first += rows_of(recent_.paragraph);
        if (i < first) return recent_;
        row = recent_.paragraph.end;
    }
}

void Scrollback::unpack(std::size_t i, std::vector<Cell>& cells) const {
    cells.clear();
    const auto& [paragraph, first] = find(i);
    if (paragraph.columns == columns_) {
        const std::uint64_t row = paragraph.begin + (i - first);
        packed_.unpack(row, 0, packed_[row].cells, cells);
        return;
    }
    auto [from, to] = row_of(paragraph, i - first);
    for (std::uint64_t row = paragraph.begin; row < paragraph.end && to > 0; ++row) {
        const std::size_t length = packed_[row].cells;
        if (from < length) {
            packed_.unpack(row, from, std::min(to, length), cells);
            from = length;
        }
        from -= length;
        to -= std::min(to, length);
    }
}

bool Scrollback::wrapped(std::size_t i) const {
    const auto& [paragraph, first] = find(i);
    if (i + 1 < first + rows_of(paragraph) && paragraph.columns != columns_) return true;
    const std::uint64_t row =
        paragraph.columns == columns_ ? paragraph.begin + (i - first) : paragraph.end - 1;
    return packed_[row].wrapped && (row + 1 == packed_.end() || packed_[row + 1].continues);
}

char Scrollback::mark(std::size_t i) const {
    const auto& [paragraph, first] = find(i);
    if (paragraph.columns == columns_) return packed_[paragraph.begin + (i - first)].mark;
    const auto [from, to] = row_of(paragraph, i - first);
    std::size_t cell = 0;
    for (std::uint64_t row = paragraph.begin; row < paragraph.end; ++row) {
        const bool inside = cell >= from && (cell < to || to == paragraph.cells);
        if (inside && packed_[row].mark != 0) return packed_[row].mark;
        cell += packed_[row].cells;
    }
    return 0;
}

Scrollback::Place Scrollback::place(std::size_t i) const {
    const auto& [paragraph, first] = find(i);
    std::size_t cell = row_of(paragraph, i - first).first;
    std::uint64_t row = paragraph.begin;
    while (row + 1 < paragraph.end && cell >= packed_[row].cells) cell -= packed_[row++].cells;
    return {row, cell};
}

std::size_t Scrollback::row_at(Place place) const {
    const auto [packed_row, cell_in_row] = place;
    if (packed_row < packed_.first()) return 0;
    if (packed_row >= packed_.end()) return size();
    const Paragraph paragraph = paragraph_at(begin_of(packed_row));
    std::size_t cell = cell_in_row;
    for (std::uint64_t row = paragraph.begin; row < packed_row; ++row) cell += packed_[row].cells;
    size();
    const std::size_t block = paragraph.begin / block_rows - first_block();
    std::size_t i = 0;
    for (std::size_t before = 0; before < block; ++before) i += blocks_[before];
    std::uint64_t row = std::max(packed_.first(), (first_block() + block) * block_rows);
    while (!packed_[row].begins) ++row;
    while (row < paragraph.begin) {
        const Paragraph earlier = paragraph_at(row);
        i += rows_of(earlier);
        row = earlier.end;
    }
    const std::size_t rows = rows_of(paragraph);
    std::size_t in_paragraph = 0;
    while (in_paragraph + 1 < rows && row_of(paragraph, in_paragraph).second <= cell) ++in_paragraph;
    return i + in_paragraph;
}

} // namespace lunette::terminal
