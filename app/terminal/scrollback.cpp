#include "terminal/scrollback.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lunette::terminal {

void Scrollback::set_limit(std::size_t lines) {
    limit_ = std::min(lines, max_lines);
    while (lines_.size() > limit_) drop_oldest();
}

void Scrollback::clear() {
    std::deque<Position>{}.swap(lines_);
    std::deque<Chunk>{}.swap(chunks_);
    spare_ = {};
}

std::byte* Scrollback::reserve(std::size_t bytes) {
    if (chunks_.empty() || chunks_.back().capacity - chunks_.back().used < bytes) {
        Chunk chunk = std::exchange(spare_, {});
        if (chunk.capacity < bytes) {
            // The first chunk is small: most panes print little.
            const std::size_t capacity = std::max(bytes, chunks_.empty() ? chunk_bytes / 16 : chunk_bytes);
            chunk = {std::make_unique_for_overwrite<std::byte[]>(capacity), capacity, 0, 0};
        }
        chunk.used = chunk.lines = 0;
        chunks_.push_back(std::move(chunk));
    }
    Chunk& chunk = chunks_.back();
    lines_.push_back({static_cast<std::uint32_t>(first_chunk_ + chunks_.size() - 1),
                      static_cast<std::uint32_t>(chunk.used)});
    std::byte* const p = chunk.bytes.get() + chunk.used;
    chunk.used += bytes;
    ++chunk.lines;
    return p;
}

void Scrollback::push(const Row& row) {
    if (limit_ == 0) return;
    if (lines_.size() == limit_) drop_oldest();
    const std::span<const Cell> cells = row.content();
    std::uint32_t all_content = 0;
    std::uint32_t all_styles = 0;
    for (const Cell cell : cells) {
        all_content |= cell.content();
        all_styles |= cell.style();
    }
    runs_.clear();
    if (all_styles != 0) {
        for (const Cell cell : cells) {
            if (runs_.empty() || runs_.back().style != cell.style()) runs_.push_back({0, cell.style()});
            ++runs_.back().length;
        }
    }
    const std::size_t runs = runs_.size();
    Header header{static_cast<std::uint16_t>(cells.size()), static_cast<std::uint16_t>(runs), row.wrapped,
                  all_content >= 0x80, row.mark};
    const std::size_t text_bytes = cells.size() * (header.wide_text ? 4 : 1);
    std::byte* p = reserve(sizeof header + runs * run_bytes + text_bytes);
    std::memcpy(p, &header, sizeof header);
    p += sizeof header;
    for (const Run& run : runs_) {
        std::memcpy(p, &run.length, sizeof run.length);
        std::memcpy(p + sizeof run.length, &run.style, sizeof run.style);
        p += run_bytes;
    }
    if (header.wide_text) {
        for (const Cell cell : cells) {
            const std::uint32_t content = cell.content();
            std::memcpy(p, &content, 4);
            p += 4;
        }
    } else {
        for (std::size_t i = 0; i < cells.size(); ++i) p[i] = static_cast<std::byte>(cells[i].content());
    }
}

const std::byte* Scrollback::at(std::size_t i, Header& header) const noexcept {
    const Position position = lines_[i];
    const std::byte* const p = chunks_[position.chunk - first_chunk_].bytes.get() + position.offset;
    std::memcpy(&header, p, sizeof header);
    return p + sizeof header;
}

Scrollback::Run Scrollback::read_run(const std::byte* p) noexcept {
    Run run;
    std::memcpy(&run.length, p, sizeof run.length);
    std::memcpy(&run.style, p + sizeof run.length, sizeof run.style);
    return run;
}

void Scrollback::unpack(std::size_t i, std::vector<Cell>& cells) const {
    Header header;
    const std::byte* run_at = at(i, header);
    const std::byte* text = run_at + header.runs * run_bytes;
    cells.resize(header.cells);
    Run run{header.runs > 0 ? std::uint16_t{0} : header.cells, 0};
    for (Cell& cell : cells) {
        if (run.length == 0 && header.runs > 0) {
            run = read_run(run_at);
            run_at += run_bytes;
        }
        --run.length;
        std::uint32_t content = static_cast<std::uint8_t>(*text);
        if (header.wide_text) std::memcpy(&content, text, 4);
        text += header.wide_text ? 4 : 1;
        cell = Cell::packed(content, run.style);
    }
}

bool Scrollback::wrapped(std::size_t i) const noexcept {
    Header header;
    at(i, header);
    return header.wrapped;
}

char Scrollback::mark(std::size_t i) const noexcept {
    Header header;
    at(i, header);
    return header.mark;
}

Row Scrollback::pop() {
    Row row;
    const std::size_t last = lines_.size() - 1;
    unpack(last, row.cells);
    row.used = static_cast<int>(row.cells.size());
    row.wrapped = wrapped(last);
    row.mark = mark(last);
    Chunk& chunk = chunks_.back();
    chunk.used = lines_.back().offset;
    lines_.pop_back();
    if (--chunk.lines == 0) chunks_.pop_back();
    return row;
}

void Scrollback::drop_oldest() {
    lines_.pop_front();
    if (--chunks_.front().lines > 0) return;
    spare_ = std::move(chunks_.front());
    chunks_.pop_front();
    ++first_chunk_;
}

void Scrollback::visit(const std::function<void(StyleId)>& style,
                       const std::function<void(Cell)>& cell) const {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        Header header;
        const std::byte* p = at(i, header);
        for (unsigned run = 0; run < header.runs; ++run, p += run_bytes) style(read_run(p).style);
        if (!header.wide_text) continue;
        for (unsigned n = 0; n < header.cells; ++n, p += 4) {
            std::uint32_t content;
            std::memcpy(&content, p, 4);
            cell(Cell::packed(content, 0));
        }
    }
}

std::size_t Scrollback::memory_bytes() const noexcept {
    std::size_t bytes = lines_.size() * sizeof(Position) + spare_.capacity;
    for (const Chunk& chunk : chunks_) bytes += chunk.capacity;
    return bytes;
}

} // namespace lunette::terminal
