#include "lua/span_store.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include <sys/mman.h>

#include "lua/block_pool.h"

namespace lunette::lua {

namespace {

constexpr std::size_t span_bytes = BlockPool::span_bytes;
constexpr std::size_t batch_bytes = 16 * span_bytes;
constexpr std::size_t most_kept = 64;

/// A fresh page costs more than all the blocks in it, so that the next load of a configuration gets those of
/// the last one. Nobody waits for it: who has it may be a thread that was left behind, which hardly ever
/// runs.
struct SpanStore {
    std::mutex mutex;
    std::array<void*, most_kept> kept{};
    std::size_t count = 0;
    char* fresh = nullptr; ///< the rest of a batch from the system
    char* fresh_end = nullptr;
};

SpanStore& store() noexcept {
    static SpanStore& one = *new SpanStore; // for ever: other static objects may own engines
    return one;
}

/// Aligned to span_bytes, of which `bytes` is a multiple; null when the system has no memory.
char* map(std::size_t bytes) noexcept {
    constexpr int access = PROT_READ | PROT_WRITE, kind = MAP_PRIVATE | MAP_ANONYMOUS;
    void* const mapped = mmap(nullptr, bytes + span_bytes, access, kind, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    // What is beside the aligned part goes back.
    char* const begin = static_cast<char*>(mapped);
    const std::size_t before = -reinterpret_cast<std::uintptr_t>(mapped) & (span_bytes - 1);
    if (before > 0) munmap(begin, before);
    if (before < span_bytes) munmap(begin + before + bytes, span_bytes - before);
    return begin + before;
}

} // namespace

void* take_span() noexcept {
    SpanStore& spans = store();
    const std::unique_lock lock{spans.mutex, std::try_to_lock};
    if (!lock) return map(span_bytes);
    if (spans.count > 0) return spans.kept[--spans.count];
    if (spans.fresh == spans.fresh_end) {
        char* const batch = map(batch_bytes);
        if (!batch) return nullptr;
        spans.fresh = batch;
        spans.fresh_end = batch + batch_bytes;
    }
    char* const span = spans.fresh;
    spans.fresh += span_bytes;
    return span;
}

void give_span(void* span) noexcept {
    SpanStore& spans = store();
    {
        const std::unique_lock lock{spans.mutex, std::try_to_lock};
        if (lock && spans.count < most_kept) {
            spans.kept[spans.count++] = span;
            return;
        }
    }
    munmap(span, span_bytes);
}

} // namespace lunette::lua
