#pragma once

#include "terminal/grid.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace lunette::terminal {

// Rows that left the top of the screen, packed: 1 byte per cell of plain ASCII (4 otherwise) and
// runs of styles, one after the other in chunks. Bounded in lines. Not thread-safe.
class Scrollback {
public:
    static constexpr std::size_t max_lines = 1'000'000;

    explicit Scrollback(std::size_t limit) : limit_(limit < max_lines ? limit : max_lines) {}

    std::size_t size() const noexcept { return lines_.size(); }
    void set_limit(std::size_t lines);
    void clear();

    void push(const Row& row);
    // Row 0 is the oldest. REQUIRES: i < size().
    void unpack(std::size_t i, std::vector<Cell>& cells) const;
    bool wrapped(std::size_t i) const noexcept;
    char mark(std::size_t i) const noexcept;
    // Takes back the newest row. REQUIRES: size() > 0.
    Row pop();

    // Visits the style of every run, and the content of every cell that is not ASCII, for marking.
    void visit(const std::function<void(StyleId)>& style, const std::function<void(Cell)>& cell) const;

    std::size_t memory_bytes() const noexcept;

private:
    static constexpr std::size_t chunk_bytes = 64 * 1024;

    struct Chunk {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t capacity = 0;
        std::size_t used = 0;
        std::size_t lines = 0;
    };
    struct Position {
        std::uint32_t chunk; // counted from the first chunk ever
        std::uint32_t offset;
    };
    struct Header {
        std::uint16_t cells;
        std::uint16_t runs;
        bool wrapped;
        bool wide_text; // 4 bytes per cell
        char mark;
    };
    struct Run {
        std::uint16_t length;
        StyleId style;
    };
    static constexpr std::size_t run_bytes = sizeof(std::uint16_t) + sizeof(StyleId);

    std::byte* reserve(std::size_t bytes);
    const std::byte* at(std::size_t i, Header& header) const noexcept;
    static Run read_run(const std::byte* p) noexcept;
    void drop_oldest();

    std::size_t limit_;
    std::deque<Position> lines_;
    std::deque<Chunk> chunks_;
    std::uint32_t first_chunk_ = 0;
    std::vector<Run> runs_; // of the row being packed
    Chunk spare_;           // the chunk freed last, so that a flood does not go through malloc
};

} // namespace lunette::terminal
