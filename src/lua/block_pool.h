#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace lunette::lua {

/// Blocks of up to 512 bytes, which is nearly all that Lua asks for. They come from spans of 64 KiB that hold
/// blocks of one size each, so taking and giving back is a few instructions, and no block needs a header.
/// Spans that become empty, and all spans of a pool that ends, serve other pools of the process; what is more
/// than 4 MiB of them goes back to the system.
///
/// Thread: one at a time. Any number of pools at once.
class BlockPool {
public:
    static constexpr std::size_t largest = 512;
    static constexpr std::size_t span_bytes = std::size_t{64} << 10;

    BlockPool() = default;
    ~BlockPool();
    BlockPool(const BlockPool&) = delete;
    BlockPool& operator=(const BlockPool&) = delete;

    /// `size` is 1 to `largest`. Null when the system has no memory.
    void* take(std::size_t size) noexcept {
        const std::size_t index = class_of(size);
        Span* span = with_room_[index];
        if (!span && !(span = add_span(index))) return nullptr;
        void* block = span->free;
        if (block)
            span->free = span->free->next;
        else
            block = std::exchange(span->untouched, span->untouched + (index + 1) * granule);
        ++span->blocks;
        if (span->full()) unlink(span);
        return block;
    }
    void give(void* block) noexcept {
        Span* const span = span_of(block);
        if (span->full()) link(span);
        span->free = new (block) Block{span->free};
        // The only one of its class is kept: the next block comes soon.
        if (--span->blocks == 0 && (span->previous || span->next)) drop(span);
    }
    /// Blocks of equal class have equal room.
    static constexpr std::size_t class_of(std::size_t size) noexcept { return (size - 1) / granule; }

    std::size_t spans() const noexcept { return spans_; }

private:
    static constexpr std::size_t granule = 16;
    static constexpr std::size_t classes = largest / granule;

    struct Block {
        Block* next;
    };
    /// Lies at the start of its memory, which is aligned to its size: blocks lead to their span.
    struct Span {
        Span* previous; ///< of its class, with room
        Span* next;
        Span* previous_in_pool;
        Span* next_in_pool;
        std::size_t class_index;
        std::size_t blocks; ///< taken now
        Block* free;
        char* untouched; ///< from here on no block has ever been taken

        bool full() const noexcept {
            const char* const end = reinterpret_cast<const char*>(this) + span_bytes;
            return !free && untouched + (class_index + 1) * granule > end;
        }
    };

    static Span* span_of(void* block) noexcept {
        return reinterpret_cast<Span*>(reinterpret_cast<std::uintptr_t>(block) & ~(span_bytes - 1));
    }
    Span* add_span(std::size_t class_index) noexcept;
    void drop(Span* span) noexcept;
    void link(Span* span) noexcept;
    void unlink(Span* span) noexcept;

    std::array<Span*, classes> with_room_{}; ///< blocks are taken from the first of their class
    Span* all_ = nullptr;
    std::size_t spans_ = 0;
};

} // namespace lunette::lua
