#pragma once

// A bounded queue from one thread to one other.
//
// `tail_` counts what was pushed, `head_` what was popped; neither wraps in practice (64 bits). Slots from
// `head_` to `tail_` belong to the consumer, the others to the producer; those from `reclaimed_` to `head_`
// still hold values that the consumer is done with.
//
// Memory order. Pushing releases `tail_` after filling the slot; the consumer acquires it before looking.
// Popping releases `head_` after the last look; the producer acquires it before destroying or refilling the
// slot. The consumer reads the real `tail_` only when the copy it keeps says empty.

#include <atomic>
#include <bit>
#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace lunette::view {

/// The consumer reads values in place and frees nothing; the producer destroys them later, when it pushes.
///
/// Threads: try_push(), reclaim() by one, front(), pop() by another; size() by either. Destruction when
/// neither uses it.
template<class T>
class SpscRing {
public:
    /// REQUIRES: a power of two.
    explicit SpscRing(std::size_t capacity)
        : mask_{capacity - 1}, slots_{std::make_unique<std::optional<T>[]>(capacity)} {
        assert(std::has_single_bit(capacity));
    }
    SpscRing(const SpscRing&) = delete;
    SpscRing& operator=(const SpscRing&) = delete;

    std::size_t capacity() const noexcept { return mask_ + 1; }

    /// Producer. False, and `value` untouched, when full.
    bool try_push(T&& value) {
        reclaim();
        const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
        if (tail - reclaimed_ > mask_) return false;
        slots_[tail & mask_].emplace(std::move(value));
        tail_.store(tail + 1, std::memory_order_release);
        return true;
    }

    /// Producer. Destroys what was popped. Returns how many.
    std::size_t reclaim() noexcept {
        const std::uint64_t head = head_.load(std::memory_order_acquire);
        const std::size_t count = head - reclaimed_;
        for (; reclaimed_ != head; ++reclaimed_) slots_[reclaimed_ & mask_].reset();
        return count;
    }

    /// Consumer. The oldest value, or null. Stays until pop().
    T* front() noexcept {
        const std::uint64_t head = head_.load(std::memory_order_relaxed);
        if (head == known_tail_) {
            known_tail_ = tail_.load(std::memory_order_acquire);
            if (head == known_tail_) return nullptr;
        }
        return &*slots_[head & mask_];
    }

    /// Consumer. Done with front(). REQUIRES: front() is not null.
    void pop() noexcept { head_.store(head_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

    /// How many are waiting. Exact on a side as long as the other one does nothing.
    std::size_t size() const noexcept {
        const std::uint64_t head = head_.load(std::memory_order_acquire);
        const std::uint64_t tail = tail_.load(std::memory_order_acquire);
        return tail - head;
    }
    bool empty() const noexcept { return size() == 0; }

private:
    static constexpr std::size_t cache_line = 64;

    const std::size_t mask_;
    const std::unique_ptr<std::optional<T>[]> slots_;

    alignas(cache_line) std::atomic<std::uint64_t> tail_{0};
    std::uint64_t reclaimed_ = 0; ///< producer

    alignas(cache_line) std::atomic<std::uint64_t> head_{0};
    std::uint64_t known_tail_ = 0; ///< consumer

    static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
};

} // namespace lunette::view
