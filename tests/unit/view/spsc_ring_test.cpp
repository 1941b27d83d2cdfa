#include <deque>
#include <memory>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "view/spsc_ring.h"

namespace {

using lunette::view::SpscRing;

TEST(SpscRing, IsFirstInFirstOut) {
    SpscRing<int> ring{4};
    EXPECT_EQ(ring.capacity(), 4U);
    EXPECT_EQ(ring.front(), nullptr);
    EXPECT_TRUE(ring.empty());
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(ring.try_push(int{i}));
    EXPECT_EQ(ring.size(), 3U);
    for (int i = 0; i < 3; ++i) {
        ASSERT_NE(ring.front(), nullptr);
        EXPECT_EQ(*ring.front(), i);
        EXPECT_EQ(*ring.front(), i);
        ring.pop();
    }
    EXPECT_EQ(ring.front(), nullptr);
}

TEST(SpscRing, RefusesWhenFullAndLeavesTheValue) {
    SpscRing<std::unique_ptr<int>> ring{2};
    EXPECT_TRUE(ring.try_push(std::make_unique<int>(1)));
    EXPECT_TRUE(ring.try_push(std::make_unique<int>(2)));
    auto third = std::make_unique<int>(3);
    EXPECT_FALSE(ring.try_push(std::move(third)));
    ASSERT_NE(third, nullptr); // NOLINT(bugprone-use-after-move)
    ring.pop();
    EXPECT_TRUE(ring.try_push(std::move(third)));
    EXPECT_EQ(**ring.front(), 2);
}

TEST(SpscRing, OneSlotIsARing) {
    SpscRing<int> ring{1};
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(ring.try_push(int{i}));
        EXPECT_FALSE(ring.try_push(int{i}));
        EXPECT_EQ(*ring.front(), i);
        ring.pop();
    }
}

TEST(SpscRing, ThePoppedAreDestroyedByTheProducer) {
    SpscRing<std::shared_ptr<int>> ring{4};
    const auto value = std::make_shared<int>(1);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(ring.try_push(std::shared_ptr<int>{value}));
    EXPECT_EQ(value.use_count(), 4);
    ring.pop();
    ring.pop();
    EXPECT_EQ(value.use_count(), 4);
    EXPECT_EQ(ring.reclaim(), 2U);
    EXPECT_EQ(value.use_count(), 2);
    ring.pop();
    ASSERT_TRUE(ring.try_push(nullptr));
    EXPECT_EQ(value.use_count(), 1);
}

TEST(SpscRing, DestroysWhatIsLeft) {
    const auto value = std::make_shared<int>(1);
    {
        SpscRing<std::shared_ptr<int>> ring{4};
        for (int i = 0; i < 4; ++i) ASSERT_TRUE(ring.try_push(std::shared_ptr<int>{value}));
        ring.pop();
    }
    EXPECT_EQ(value.use_count(), 1);
}

TEST(SpscRing, BehavesAsAQueueInAnyOrderOfSteps) {
    for (unsigned seed = 1; seed <= 100; ++seed) {
        std::minstd_rand random{seed};
        SpscRing<int> ring{8};
        std::deque<int> model;
        for (int i = 0; i < 1000; ++i) {
            switch (random() % 3) {
            case 0:
                ASSERT_EQ(ring.try_push(int{i}), model.size() < 8) << "seed " << seed;
                if (model.size() < 8) model.push_back(i);
                break;
            case 1:
                ASSERT_EQ(ring.front() != nullptr, !model.empty()) << "seed " << seed;
                if (!model.empty()) {
                    ASSERT_EQ(*ring.front(), model.front()) << "seed " << seed;
                    ring.pop();
                    model.pop_front();
                }
                break;
            default: ring.reclaim();
            }
            ASSERT_EQ(ring.size(), model.size()) << "seed " << seed;
        }
    }
}

TEST(SpscRing, HoldsBetweenThreads) {
    constexpr int count = 200'000;
    SpscRing<std::unique_ptr<int>> ring{64};
    std::thread producer{[&] {
        for (int i = 0; i < count; ++i) {
            auto value = std::make_unique<int>(i);
            while (!ring.try_push(std::move(value))) std::this_thread::yield();
        }
    }};
    for (int i = 0; i < count; ++i) {
        std::unique_ptr<int>* front = nullptr;
        while (!(front = ring.front())) std::this_thread::yield();
        ASSERT_EQ(**front, i);
        ring.pop();
    }
    producer.join();
    EXPECT_TRUE(ring.empty());
}

} // namespace
