#include <atomic>
#include <random>
#include <set>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "view/latest.h"

namespace {

using lunette::view::Latest;

struct Halves {
    std::uint64_t left = 0;
    std::uint64_t right = 0;
};

/// Both sides as sequences of steps, so that a schedule can suspend either one anywhere. A publisher's round
/// is: write one half, write the other, publish. A reader's: look for news, refresh, read one half, read the
/// other.
class Steps {
public:
    void publisher() {
        switch (publisher_step_) {
        case 0:
            ASSERT_NE(&box_.back(), &box_.front()) << "both sides have the same node";
            box_.back().left = written_ + 1;
            break;
        case 1: box_.back().right = written_ + 1; break;
        default:
            ++written_;
            box_.publish();
            break;
        }
        publisher_step_ = (publisher_step_ + 1) % 3;
    }

    void reader() {
        switch (reader_step_) {
        case 0:
            news_ = box_.has_news();
            EXPECT_EQ(news_, written_ > taken_);
            break;
        case 1:
            if (news_) {
                EXPECT_TRUE(box_.refresh());
                taken_ = written_;
            }
            break;
        case 2: left_ = box_.front().left; break;
        default:
            EXPECT_EQ(left_, box_.front().right) << "torn";
            EXPECT_EQ(left_, taken_) << "not what was newest when it was taken";
            break;
        }
        reader_step_ = (reader_step_ + 1) % 4;
    }

private:
    Latest<Halves> box_;
    std::uint64_t written_ = 0;
    std::uint64_t taken_ = 0;
    std::uint64_t left_ = 0;
    bool news_ = false;
    int publisher_step_ = 0;
    int reader_step_ = 0;
};

TEST(Latest, HoldsInEverySchedule) {
    constexpr int length = 16;
    for (unsigned schedule = 0; schedule < (1U << length); ++schedule) {
        Steps steps;
        for (int i = 0; i < length; ++i) {
            if (schedule >> i & 1)
                steps.publisher();
            else
                steps.reader();
        }
        ASSERT_FALSE(::testing::Test::HasFailure()) << "schedule " << schedule;
    }
}

TEST(Latest, HoldsInLongRandomSchedules) {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        std::minstd_rand random{seed};
        Steps steps;
        for (int i = 0; i < 2000; ++i) {
            const bool publisher = random() % 2;
            for (std::size_t run = random() % 20; run > 0; --run)
                publisher ? steps.publisher() : steps.reader();
        }
        ASSERT_FALSE(::testing::Test::HasFailure()) << "seed " << seed;
    }
}

TEST(Latest, StartsWithItsInitialValueAndNoNews) {
    Latest<std::string> box{"initial"};
    EXPECT_FALSE(box.has_news());
    EXPECT_FALSE(box.refresh());
    EXPECT_EQ(box.front(), "initial");
}

TEST(Latest, GivesTheNewestOnce) {
    Latest<int> box;
    for (int i = 1; i <= 3; ++i) {
        box.back() = i;
        box.publish();
    }
    EXPECT_TRUE(box.refresh());
    EXPECT_EQ(box.front(), 3);
    EXPECT_FALSE(box.refresh());
    EXPECT_EQ(box.front(), 3);
}

TEST(Latest, AReaderThatSleepsPinsItsValueAndNoMore) {
    std::multiset<int> alive;
    struct Tracked {
        std::multiset<int>* alive = nullptr;
        int number = 0;
        Tracked() = default;
        Tracked(std::multiset<int>& all, int n) : alive{&all}, number{n} { all.insert(n); }
        Tracked(Tracked&& other) noexcept
            : alive{std::exchange(other.alive, nullptr)}, number{other.number} {}
        Tracked& operator=(Tracked other) noexcept {
            std::swap(alive, other.alive);
            std::swap(number, other.number);
            return *this;
        }
        ~Tracked() {
            if (alive) alive->erase(alive->find(number));
        }
    };
    Latest<Tracked> box;
    box.back() = Tracked{alive, 0};
    box.publish();
    ASSERT_TRUE(box.refresh());
    for (int i = 1; i <= 1000; ++i) {
        box.back() = Tracked{alive, i};
        box.publish();
        ASSERT_LE(alive.size(), 3U);
        ASSERT_EQ(box.front().number, 0);
    }
    EXPECT_TRUE(alive.count(0));
    EXPECT_TRUE(alive.count(1000));
    EXPECT_TRUE(box.refresh());
    EXPECT_EQ(box.front().number, 1000);
}

/// The values own memory, which only the publisher may free.
TEST(Latest, HoldsBetweenThreads) {
    constexpr std::uint64_t count = 200'000;
    struct Owned {
        std::uint64_t number = 0;
        std::unique_ptr<std::uint64_t> copy;
    };
    Latest<Owned> box;
    std::thread publisher{[&] {
        std::minstd_rand random{1};
        for (std::uint64_t i = 1; i <= count; ++i) {
            box.back() = {i, std::make_unique<std::uint64_t>(i)};
            box.publish();
            if (random() % 64 == 0) std::this_thread::yield();
        }
    }};
    std::uint64_t last = 0;
    std::minstd_rand random{2};
    while (last < count) {
        const bool news = box.refresh();
        const Owned& now = box.front();
        if (news) {
            ASSERT_GT(now.number, last);
            ASSERT_EQ(*now.copy, now.number);
        }
        last = now.number;
        if (random() % 64 == 0) std::this_thread::yield();
    }
    publisher.join();
    EXPECT_FALSE(box.refresh());
}

} // namespace
