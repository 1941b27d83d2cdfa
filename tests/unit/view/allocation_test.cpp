// Reading views must neither allocate nor free. This file replaces the global allocation functions of the
// test program with counting ones.

#include <cstddef>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "view/spsc_ring.h"
#include "view/view_table.h"

namespace {

thread_local std::size_t heap_calls = 0;

// Not inlined, or gcc takes `new` with `free` for a mistake.
[[gnu::noinline]] void* take(std::size_t size, std::size_t alignment) {
    ++heap_calls;
    if (void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment))
        return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void give_back(void* memory) noexcept {
    if (memory) ++heap_calls;
    std::free(memory);
}

} // namespace

void* operator new(std::size_t size) { return take(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }

namespace {

using lunette::Freshness;
using lunette::Value;
using lunette::View;
using lunette::ViewEntry;

lunette::ViewValue fresh(Value value) {
    return {.value = std::move(value),
            .revision = 1,
            .serial = 0,
            .published_us = 0,
            .freshness = Freshness::fresh};
}

TEST(Allocation, TheCounterCounts) {
    const std::size_t before = heap_calls;
    Value{"a string"};
    EXPECT_GE(heap_calls - before, 2U);
}

TEST(Allocation, ReadingAViewTouchesNoHeap) {
    lunette::ViewTable table;
    ViewEntry& entry = table.create("e", {}, "default");
    View view{&entry};
    std::size_t in_reading = 0;
    std::size_t bytes = 0;
    for (int i = 0; i < 100; ++i) {
        if (i % 3)
            entry.mailbox().publish(fresh(Value::list({"some text that is long enough to be allocated", i})));
        if (i % 5 == 0) entry.mailbox().mark_stale();
        const std::size_t before = heap_calls;
        view.changed();
        bytes += view.latest().value.size();
        view.freshness();
        bytes += view.name().size();
        in_reading += heap_calls - before;
    }
    EXPECT_EQ(in_reading, 0U);
    EXPECT_GT(bytes, 0U);
}

TEST(Allocation, AskingAgainForAViewTouchesNoHeap) {
    lunette::ViewTable table;
    const Value arguments = Value::list({1, "argument"});
    ViewEntry& entry = table.create("e", arguments, {});
    const Value same = Value::list({1, "argument"});
    const std::size_t before = heap_calls;
    const ViewEntry* found = table.find("e", same);
    EXPECT_EQ(heap_calls, before);
    EXPECT_EQ(found, &entry);
}

TEST(Allocation, TheConsumerOfARingFreesNothing) {
    lunette::view::SpscRing<std::string> ring{8};
    for (int i = 0; i < 8; ++i) ring.try_push(std::string(100, 'x'));
    const std::size_t before = heap_calls;
    while (ring.front()) ring.pop();
    EXPECT_EQ(heap_calls, before);
    ring.reclaim();
    EXPECT_EQ(heap_calls, before + 8);
}

TEST(Allocation, ANewRevisionOfAPublishedValueIsNotCopied) {
    lunette::ViewTable table;
    ViewEntry& entry = table.create("e", {}, "default");
    const Value value = Value::list({"text"});
    for (int i = 0; i < 3; ++i) entry.mailbox().publish(fresh(value));
    const std::size_t before = heap_calls;
    entry.mailbox().publish(fresh(value));
    EXPECT_EQ(heap_calls, before);
}

} // namespace
