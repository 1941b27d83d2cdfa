#include "server/frame_pacer.h"

#include <gtest/gtest.h>

namespace lunette::server {

namespace {

constexpr std::int64_t ms = 1'000'000;

TEST(FramePacerTest, NothingToShowIsNoFrame) {
    FramePacer pacer{16 * ms};
    EXPECT_FALSE(pacer.due());
    EXPECT_FALSE(pacer.is_due(1000 * ms));
}

TEST(FramePacerTest, DrawsAtOnceWhenQuiet) {
    FramePacer pacer{16 * ms};
    pacer.damage(100 * ms);
    EXPECT_EQ(pacer.due(), 100 * ms);
}

TEST(FramePacerTest, KeepsTheIntervalWhenBusy) {
    FramePacer pacer{16 * ms};
    pacer.damage(100 * ms);
    pacer.start(100 * ms);
    EXPECT_FALSE(pacer.due()) << "what was damaged is drawn";
    pacer.damage(101 * ms);
    EXPECT_EQ(pacer.due(), 116 * ms);
    pacer.start(116 * ms);
    pacer.damage(140 * ms);
    EXPECT_EQ(pacer.due(), 140 * ms);
}

TEST(FramePacerTest, DrawsTheAnswerToAKeyAtOnce) {
    FramePacer pacer{16 * ms};
    pacer.damage(100 * ms);
    pacer.start(100 * ms);
    pacer.damage(101 * ms);
    pacer.hurry(103 * ms);
    EXPECT_EQ(pacer.due(), 103 * ms);
    EXPECT_FALSE(pacer.start(103 * ms).late);
    EXPECT_FALSE(pacer.due());
    pacer.damage(104 * ms);
    EXPECT_EQ(pacer.due(), 119 * ms) << "what follows keeps the interval";
    pacer.hurry(130 * ms);
    EXPECT_EQ(pacer.due(), 119 * ms) << "nothing is put off";
}

TEST(FramePacerTest, CountsFramesThatWereMissed) {
    FramePacer pacer{10 * ms};
    pacer.damage(100 * ms);
    const auto punctual = pacer.start(109 * ms);
    EXPECT_FALSE(punctual.late);
    EXPECT_EQ(punctual.slots, 1);
    pacer.damage(110 * ms);
    const auto late = pacer.start(154 * ms); // due at 119
    EXPECT_EQ(late.due, 119 * ms);
    EXPECT_TRUE(late.late);
    EXPECT_EQ(late.slots, 4);
}

TEST(FramePacerTest, DefersOnceAndOnlySoLong) {
    FramePacer pacer{16 * ms};
    pacer.damage(100 * ms);
    ASSERT_TRUE(pacer.may_defer(100 * ms));
    pacer.defer(100 * ms);
    EXPECT_EQ(pacer.due(), 104 * ms);
    pacer.defer(103 * ms);
    EXPECT_EQ(pacer.due(), 104 * ms) << "asking again gives no more time";
    EXPECT_FALSE(pacer.may_defer(104 * ms));
    EXPECT_FALSE(pacer.start(105 * ms).late);
}

} // namespace

} // namespace lunette::server
