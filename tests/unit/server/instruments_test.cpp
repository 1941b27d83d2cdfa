#include "server/instruments.h"

#include <gtest/gtest.h>

#include <thread>

namespace lunette::server {

namespace {

void wait_5_ms() { std::this_thread::sleep_for(std::chrono::milliseconds{5}); }

std::uint64_t counted = 0;

TEST(InstrumentsTest, AWaitIsAStallAndBelongsToItsFrame) {
    Instruments instruments;
    const std::int64_t due = monotonic_ns();
    {
        const Instruments::Span span{instruments, "publish"};
        wait_5_ms();
    }
    instruments.frame_started(due, 2, true);
    instruments.frame_ended(1000);
    EXPECT_EQ(instruments.due(), 2U);
    EXPECT_EQ(instruments.rendered(), 1U);
    EXPECT_EQ(instruments.late(), 1U);
    EXPECT_EQ(instruments.late_by_script(), 1U);
    EXPECT_GE(instruments.script_on_ui().max(), 5'000'000);
    ASSERT_EQ(instruments.stalls().count("publish"), 1U);
    EXPECT_EQ(instruments.stalls().at("publish").count, 1U);
    EXPECT_GE(instruments.stalls().at("publish").max, 5'000'000);

    instruments.frame_started(monotonic_ns(), 1, false);
    instruments.frame_ended(1000);
    EXPECT_LT(instruments.last_script(), 1'000'000) << "the wait belongs to one frame only";
}

TEST(InstrumentsTest, LateForOtherReasonsIsNotByTheScript) {
    Instruments instruments;
    {
        const Instruments::Span span{instruments, "publish"};
        wait_5_ms();
    }
    const std::int64_t due = monotonic_ns();
    wait_5_ms();
    instruments.frame_started(due, 2, true);
    instruments.frame_ended(1000);
    EXPECT_EQ(instruments.late(), 1U);
    EXPECT_EQ(instruments.late_by_script(), 0U);
}

TEST(InstrumentsTest, RebuildsAreCountedApart) {
    Instruments instruments;
    instruments.frame_started(0, 1, false);
    instruments.frame_ended(1000);
    instruments.frame_started(0, 1, false);
    instruments.rebuilt();
    instruments.frame_ended(1000);
    EXPECT_EQ(instruments.script_on_ui().count(), 2U);
    EXPECT_EQ(instruments.script_on_ui_rebuild().count(), 1U);
}

TEST(InstrumentsTest, CountsReadsByFreshness) {
    Instruments instruments;
    instruments.read(Freshness::fresh);
    instruments.read(Freshness::fresh);
    instruments.read(Freshness::stale);
    instruments.read(Freshness::fallback);
    EXPECT_EQ(instruments.views().reads, 4U);
    EXPECT_EQ(instruments.views().fresh, 2U);
    EXPECT_EQ(instruments.views().stale, 1U);
    EXPECT_EQ(instruments.views().fallback, 1U);
}

TEST(InstrumentsTest, CountsAllocationsInsideSpansOnly) {
    Instruments instruments;
    instruments.count_allocations_with([] { return counted; });
    ++counted;
    {
        const Instruments::Span span{instruments, "publish"};
        counted += 3;
    }
    ++counted;
    EXPECT_EQ(instruments.allocations(), 3U);
}

} // namespace

} // namespace lunette::server
