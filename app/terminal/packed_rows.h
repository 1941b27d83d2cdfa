#pragma once

#include "terminal/grid.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace lunette::terminal {

// Rows packed one after the other in chunks: 1 byte per cell of plain ASCII (4 otherwise) and runs
// of styles. Rows are added and taken at the new end, dropped at the old one, and counted from the
// first ever. Not thread-safe.
class PackedRows {
public:
    // What is known of a row without unpacking it.
    struct Entry {
        std::uint32_t chunk; // counted from the first chunk ever
        std::uint32_t offset;
        std::uint16_t cells;
        std::uint16_t columns; // of the screen that it was on
        std::uint16_t runs;
        char mark;
        bool begins : 1;    // a paragraph: what is rewrapped together
        bool continues : 1; // the text of the row before, if that one is wrapped
        bool wrapped : 1;
        bool wide_text : 1; // 4 bytes per cell
        bool has_wide : 1;  // characters of two cells
        bool begins_wide : 1;
        bool ends_in_tail : 1;
    };

    std::uint64_t first() const noexcept { return first_; }
    std::uint64_t end() const noexcept { return first_ + entries_.size(); }
    std::size_t size() const noexcept { return entries_.size(); }
    bool empty() const noexcept { return entries_.empty(); }
    // REQUIRES: first() <= row < end().
    const Entry& operator[](std::uint64_t row) const noexcept { return entries_[row - first_]; }
    Entry& operator[](std::uint64_t row) noexcept { return entries_[row - first_]; }

    Entry& push(const Row& row, int columns);
    void pop();
    void drop_first();
    void clear();
    // Appends the cells [from, to) of a row.
    void unpack(std::uint64_t row, std::size_t from, std::size_t to, std::vector<Cell>& cells) const;
    bool is_tail(std::uint64_t row, std::size_t cell) const noexcept;

    // Visits the style of every run, and the content of every cell that is not ASCII, for marking.
    void visit(const std::function<void(StyleId)>& style, const std::function<void(Cell)>& cell) const;

    // Rows packed or unpacked so far.
    std::uint64_t touched() const noexcept { return touched_; }
    std::size_t memory_bytes() const noexcept;

private:
    static constexpr std::size_t chunk_bytes = 64 * 1024;

    struct Chunk {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t capacity = 0;
        std::size_t used = 0;
        std::size_t rows = 0;
    };
    struct Run {
        std::uint16_t length;
        StyleId style;
    };
    static constexpr std::size_t run_bytes = sizeof(std::uint16_t) + sizeof(StyleId);

    std::byte* reserve(std::size_t bytes, Entry& entry);
    const std::byte* at(const Entry& entry) const noexcept {
        return chunks_[entry.chunk - first_chunk_].bytes.get() + entry.offset;
    }
    static Run read_run(const std::byte* p) noexcept;

    std::uint64_t first_ = 0;
    std::deque<Entry> entries_;
    std::deque<Chunk> chunks_;
    std::uint32_t first_chunk_ = 0;
    std::vector<Run> runs_; // of the row being packed
    Chunk spare_;           // the chunk freed last, so that a flood does not go through malloc
    mutable std::uint64_t touched_ = 0;
};

} // namespace lunette::terminal
