#include "lua/block_pool.h"

#include "lua/span_store.h"

namespace lunette::lua {

BlockPool::~BlockPool() {
    while (all_) give_span(std::exchange(all_, all_->next_in_pool));
}

void BlockPool::link(Span* span) noexcept {
    Span*& first = with_room_[span->class_index];
    if (first) first->previous = span;
    span->next = std::exchange(first, span);
}

void BlockPool::unlink(Span* span) noexcept {
    (span->previous ? span->previous->next : with_room_[span->class_index]) = span->next;
    if (span->next) span->next->previous = span->previous;
    span->previous = span->next = nullptr;
}

BlockPool::Span* BlockPool::add_span(std::size_t class_index) noexcept {
    static_assert(sizeof(Span) % granule == 0);
    void* const memory = take_span();
    if (!memory) return nullptr;
    char* const blocks = static_cast<char*>(memory) + sizeof(Span);
    auto* const span = new (memory) Span{nullptr, nullptr, nullptr, all_, class_index, 0, nullptr, blocks};
    if (all_) all_->previous_in_pool = span;
    all_ = span;
    link(span);
    ++spans_;
    return span;
}

void BlockPool::drop(Span* span) noexcept {
    unlink(span);
    (span->previous_in_pool ? span->previous_in_pool->next_in_pool : all_) = span->next_in_pool;
    if (span->next_in_pool) span->next_in_pool->previous_in_pool = span->previous_in_pool;
    --spans_;
    give_span(span);
}

} // namespace lunette::lua
