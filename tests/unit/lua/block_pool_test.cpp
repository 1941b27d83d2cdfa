#include "lua/block_pool.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "lua/memory.h"

namespace lunette::lua::test {
namespace {

struct Taken {
    unsigned char* block;
    std::size_t size;
    unsigned char mark;
};

bool intact(const Taken& taken) {
    return std::all_of(taken.block, taken.block + taken.size,
                       [&](unsigned char byte) { return byte == taken.mark; });
}

/// Takes and gives back at random; every block keeps what was written into it.
void churn(BlockPool& pool, unsigned seed, int rounds) {
    std::mt19937 random{seed};
    std::vector<Taken> taken;
    const auto give = [&](std::size_t at) {
        EXPECT_TRUE(intact(taken[at]));
        pool.give(taken[at].block);
        taken[at] = taken.back();
        taken.pop_back();
    };
    for (int i = 0; i < rounds; ++i) {
        const bool grows = taken.size() < 10 || (taken.size() < 20'000 && random() % 3 != 0);
        if (!grows) {
            give(random() % taken.size());
            continue;
        }
        const std::size_t size = 1 + random() % BlockPool::largest;
        auto* const block = static_cast<unsigned char*>(pool.take(size));
        ASSERT_NE(block, nullptr);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignof(std::max_align_t), 0U);
        taken.push_back({block, size, static_cast<unsigned char>(random())});
        std::memset(block, taken.back().mark, size);
    }
    while (!taken.empty()) give(taken.size() - 1);
}

TEST(BlockPool, BlocksAreApartAndAligned) {
    BlockPool pool;
    churn(pool, 1, 200'000);
}

TEST(BlockPool, SpansComeBackWhenTheirBlocksDo) {
    BlockPool pool;
    std::vector<void*> blocks;
    for (int i = 0; i < 100'000; ++i) blocks.push_back(pool.take(100));
    const std::size_t most = pool.spans();
    EXPECT_GE(most * BlockPool::span_bytes, 100'000U * 100);
    EXPECT_LE(most * BlockPool::span_bytes, 100'000U * 120);
    for (void* block : blocks) pool.give(block);
    EXPECT_EQ(pool.spans(), 1U); // of each size that was in use one is kept
}

TEST(BlockPool, HolesAreFilledBeforeMoreIsTaken) {
    BlockPool pool;
    std::vector<void*> blocks;
    for (int i = 0; i < 50'000; ++i) blocks.push_back(pool.take(64));
    const std::size_t most = pool.spans();
    for (std::size_t i = 0; i < blocks.size(); i += 2) pool.give(blocks[i]);
    for (std::size_t i = 0; i < blocks.size(); i += 2) blocks[i] = pool.take(64);
    EXPECT_EQ(pool.spans(), most);
}

TEST(BlockPool, TheNextPoolGetsTheSpansOfTheLast) {
    std::map<void*, int> seen;
    for (int round = 0; round < 50; ++round) {
        BlockPool pool;
        for (int i = 0; i < 1000; ++i) ++seen[pool.take(200)];
    }
    EXPECT_LT(seen.size(), 2000U); // not 50 times as much memory
}

TEST(BlockPool, PoolsOfSeveralThreads) {
    std::vector<std::thread> threads;
    for (unsigned seed = 1; seed <= 4; ++seed)
        threads.emplace_back([seed] {
            for (unsigned round = 0; round < 5; ++round) {
                BlockPool pool;
                churn(pool, seed * 100 + round, 20'000);
            }
        });
    for (std::thread& thread : threads) thread.join();
}

TEST(Memory, BlocksKeepTheirContentWhenTheyGrowAndShrink) {
    Memory memory{std::size_t{64} << 20};
    std::mt19937 random{7};
    unsigned char* block = nullptr;
    std::size_t size = 0;
    for (int i = 0; i < 20'000; ++i) {
        // Within a size of the pool, between sizes, and across its largest.
        const std::size_t wanted = 1 + random() % (i % 4 == 0 ? 3000 : 600);
        auto* const moved = static_cast<unsigned char*>(Memory::allocate(&memory, block, size, wanted));
        ASSERT_NE(moved, nullptr);
        const std::size_t kept = std::min(size, wanted);
        EXPECT_TRUE(std::all_of(moved, moved + kept, [](unsigned char byte) { return byte == 0xA5; }));
        std::memset(moved, 0xA5, wanted);
        block = moved;
        size = wanted;
        EXPECT_EQ(memory.lua_bytes(), size);
    }
    Memory::allocate(&memory, block, size, 0);
    EXPECT_EQ(memory.lua_bytes(), 0U);
}

TEST(Memory, TheLimitHoldsForSmallBlocks) {
    Memory memory{100'000};
    std::vector<void*> blocks;
    while (void* const block = Memory::allocate(&memory, nullptr, LUA_TTABLE, 56)) blocks.push_back(block);
    EXPECT_EQ(blocks.size(), 100'000U / 56);
    EXPECT_EQ(memory.refused(), 1U);
    for (void* block : blocks) Memory::allocate(&memory, block, 56, 0);
    EXPECT_EQ(memory.lua_bytes(), 0U);
}

} // namespace
} // namespace lunette::lua::test
