#pragma once

#include "terminal/packed_rows.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace lunette::terminal {

// A line as the program wrote it, before wrapping.
struct LogicalLine {
    std::vector<Cell> cells;
    std::vector<std::pair<std::size_t, char>> marks; // of OSC 133, by cell
    bool continues = false;                          // an even longer line, cut where paragraphs end
};

// The lines that left the top of the screen, shown as rows of a width that can change. Rows are kept
// as they came; those that were wrapped into each other make a paragraph, and a paragraph from a
// screen of another width is rewrapped when somebody reads it, not before. How many rows it gives
// then is known from its length alone, so that a new width reads no cells.
// Bounded in rows as they came; a resize drops none. Not thread-safe.
class Scrollback {
public:
    static constexpr std::size_t max_lines = 1'000'000;
    // A line longer than this is rewrapped in pieces, each beginning in the first column.
    static constexpr std::size_t max_paragraph_cells = 16 * 1024;

    Scrollback(std::size_t limit, int columns);

    // Rows at the present width. Cost: once after set_columns() a pass over an index, 16 bytes a row.
    std::size_t size() const;
    // Rows dropped so far; a row keeps `dropped() + i` for as long as it exists and the width stays.
    std::uint64_t dropped() const noexcept { return dropped_; }
    void set_limit(std::size_t lines);
    void set_columns(int columns);
    void clear();

    // A row of output, of the present width; may drop the oldest.
    void push(const Row& row);
    // A row that a resize moves up: nothing is dropped.
    void put_back(const Row& row);
    // Nothing joins what is there.
    void close() noexcept { open_ = false; }
    // Takes back the newest paragraph, for a screen. REQUIRES: !empty().
    LogicalLine pop_line();
    bool empty() const noexcept { return packed_.empty(); }
    // REQUIRES: !empty().
    bool newest_wrapped() const noexcept { return packed_[packed_.end() - 1].wrapped; }

    // Row 0 is the oldest. REQUIRES: i < size().
    void unpack(std::size_t i, std::vector<Cell>& cells) const;
    // The row's text goes on in the next one; for the newest row: if that one continues it.
    bool wrapped(std::size_t i) const;
    char mark(std::size_t i) const;

    // A cell of a packed row: a place that stays what it is at another width.
    using Place = std::pair<std::uint64_t, std::size_t>;
    Place place(std::size_t i) const;
    // The row where a place is shown; the oldest when it was dropped, size() when it was taken back.
    std::size_t row_at(Place place) const;

    void visit(const std::function<void(StyleId)>& style, const std::function<void(Cell)>& cell) const {
        packed_.visit(style, cell);
    }
    std::uint64_t touched() const noexcept { return packed_.touched(); }
    std::size_t memory_bytes() const noexcept {
        return packed_.memory_bytes() + blocks_.size() * sizeof(std::uint32_t);
    }

private:
    // Packed rows [begin, end) of one paragraph.
    struct Paragraph {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::size_t cells = 0;
        std::size_t columns = 0;
        bool has_wide = false;
        bool ends_in_tail = false;
    };
    struct Found {
        Paragraph paragraph;
        std::size_t first = 0; // row of its beginning
    };
    using Range = std::pair<std::size_t, std::size_t>; // cells of a paragraph

    static constexpr std::uint64_t block_rows = 1024;
    static constexpr std::uint32_t uncounted = 0xFFFFFFFF;

    PackedRows::Entry& add(const Row& row);
    void drop_oldest();
    void changed() noexcept { recent_.paragraph.end = 0; }
    std::uint32_t& block_of(std::uint64_t row) const { return blocks_[row / block_rows - first_block()]; }
    std::uint64_t first_block() const noexcept { return packed_.first() / block_rows; }
    std::size_t count_block(std::size_t block) const;
    Paragraph paragraph_at(std::uint64_t begin) const;
    std::uint64_t begin_of(std::uint64_t row) const;
    std::size_t rows_of(const Paragraph& paragraph) const noexcept;
    Range row_of(const Paragraph& paragraph, std::size_t i) const;
    std::size_t cut(const Paragraph& paragraph, std::size_t cell) const;
    const Found& find(std::size_t i) const;
    // Takes rows off a paragraph's count.
    void uncount(std::uint64_t begin, std::size_t rows);
    void count(std::uint64_t begin, std::size_t rows);

    PackedRows packed_;
    std::size_t limit_;
    std::size_t columns_;
    std::uint64_t dropped_ = 0;
    bool open_ = false;              // the newest row may be continued by the next
    std::uint64_t newest_begin_ = 0; // of the newest paragraph, while open_
    std::size_t newest_cells_ = 0;
    // Rows of the paragraphs that begin in each block of packed rows, at the present width.
    mutable std::deque<std::uint32_t> blocks_;
    mutable std::size_t total_ = 0;
    mutable bool counted_ = true; // no block is uncounted
    mutable Found recent_;        // found last; rows are read in order
};

} // namespace lunette::terminal
