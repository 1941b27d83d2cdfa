#include "terminal/packed_rows.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lunette::terminal {

void PackedRows::clear() {
    first_ = end();
    std::deque<Entry>{}.swap(entries_);
    std::deque<Chunk>{}.swap(chunks_);
    spare_ = {};
}

std::byte* PackedRows::reserve(std::size_t bytes, Entry& entry) {
    if (chunks_.empty() || chunks_.back().capacity - chunks_.back().used < bytes) {
        Chunk chunk = std::exchange(spare_, {});
        if (chunk.capacity < bytes) {
            // The first chunk is small: most panes print little.
            const std::size_t capacity = std::max(bytes, chunks_.empty() ? chunk_bytes / 16 : chunk_bytes);
            chunk = {std::make_unique_for_overwrite<std::byte[]>(capacity), capacity, 0, 0};
        }
        chunk.used = chunk.rows = 0;
        chunks_.push_back(std::move(chunk));
    }
    Chunk& chunk = chunks_.back();
    entry.chunk = static_cast<std::uint32_t>(first_chunk_ + chunks_.size() - 1);
    entry.offset = static_cast<std::uint32_t>(chunk.used);
    std::byte* const p = chunk.bytes.get() + chunk.used;
    chunk.used += bytes;
    ++chunk.rows;
    return p;
}

PackedRows::Entry& PackedRows::push(const Row& row, int columns) {
    const std::span<const Cell> cells = row.content();
    std::uint32_t all_content = 0;
    std::uint32_t all_styles = 0;
    for (const Cell cell : cells) {
        all_content |= cell.content();
        all_styles |= cell.style();
    }
    runs_.clear();
    if (all_styles != 0) {
        for (std::size_t begin = 0, i = 1; begin < cells.size(); ++i) {
            const StyleId style = cells[begin].style();
            while (i < cells.size() && cells[i].style() == style) ++i;
            runs_.push_back({static_cast<std::uint16_t>(i - begin), style});
            begin = i;
        }
    }
    Entry entry{};
    entry.cells = static_cast<std::uint16_t>(cells.size());
    entry.columns = static_cast<std::uint16_t>(columns);
    entry.runs = static_cast<std::uint16_t>(runs_.size());
    entry.mark = row.mark;
    entry.continues = row.continues;
    entry.wrapped = row.wrapped;
    entry.wide_text = all_content >= 0x80;
    entry.has_wide = all_content >> Cell::shape_shift != 0;
    entry.begins_wide = !cells.empty() && cells.front().is_wide();
    entry.ends_in_tail = !cells.empty() && cells.back().is_tail();
    std::byte* p = reserve(runs_.size() * run_bytes + cells.size() * (entry.wide_text ? 4 : 1), entry);
    for (const Run& run : runs_) {
        std::memcpy(p, &run.length, sizeof run.length);
        std::memcpy(p + sizeof run.length, &run.style, sizeof run.style);
        p += run_bytes;
    }
    if (entry.wide_text) {
        for (const Cell cell : cells) {
            const std::uint32_t content = cell.content();
            std::memcpy(p, &content, 4);
            p += 4;
        }
    } else {
        for (std::size_t i = 0; i < cells.size(); ++i) p[i] = static_cast<std::byte>(cells[i].content());
    }
    ++touched_;
    entries_.push_back(entry);
    return entries_.back();
}

void PackedRows::pop() {
    Chunk& chunk = chunks_.back();
    chunk.used = entries_.back().offset;
    entries_.pop_back();
    if (--chunk.rows == 0) chunks_.pop_back();
}

void PackedRows::drop_first() {
    entries_.pop_front();
    ++first_;
    if (--chunks_.front().rows > 0) return;
    spare_ = std::move(chunks_.front());
    chunks_.pop_front();
    ++first_chunk_;
}

PackedRows::Run PackedRows::read_run(const std::byte* p) noexcept {
    Run run;
    std::memcpy(&run.length, p, sizeof run.length);
    std::memcpy(&run.style, p + sizeof run.length, sizeof run.style);
    return run;
}

void PackedRows::unpack(std::uint64_t row, std::size_t from, std::size_t to, std::vector<Cell>& cells) const {
    const Entry& entry = (*this)[row];
    const std::byte* run_at = at(entry);
    const std::byte* const text = run_at + entry.runs * run_bytes;
    std::size_t run_end = entry.runs > 0 ? 0 : entry.cells;
    StyleId style = 0;
    cells.reserve(cells.size() + to - from);
    for (std::size_t i = from; i < to; ++i) {
        while (i >= run_end) {
            const Run run = read_run(run_at);
            run_at += run_bytes;
            run_end += run.length;
            style = run.style;
        }
        std::uint32_t content = static_cast<std::uint8_t>(text[i]);
        if (entry.wide_text) std::memcpy(&content, text + i * 4, 4);
        cells.push_back(Cell::packed(content, style));
    }
    ++touched_;
}

bool PackedRows::is_tail(std::uint64_t row, std::size_t cell) const noexcept {
    const Entry& entry = (*this)[row];
    if (!entry.has_wide) return false;
    std::uint32_t content;
    std::memcpy(&content, at(entry) + entry.runs * run_bytes + cell * 4, 4);
    return Cell::packed(content, 0).is_tail();
}

void PackedRows::visit(const std::function<void(StyleId)>& style,
                       const std::function<void(Cell)>& cell) const {
    for (const Entry& entry : entries_) {
        const std::byte* p = at(entry);
        for (unsigned run = 0; run < entry.runs; ++run, p += run_bytes) style(read_run(p).style);
        if (!entry.wide_text) continue;
        for (unsigned n = 0; n < entry.cells; ++n, p += 4) {
            std::uint32_t content;
            std::memcpy(&content, p, 4);
            cell(Cell::packed(content, 0));
        }
    }
}

std::size_t PackedRows::memory_bytes() const noexcept {
    std::size_t bytes = entries_.size() * sizeof(Entry) + spare_.capacity;
    for (const Chunk& chunk : chunks_) bytes += chunk.capacity;
    return bytes;
}

} // namespace lunette::terminal
