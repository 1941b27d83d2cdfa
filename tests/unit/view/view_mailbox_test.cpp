#include <atomic>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "view/view_mailbox.h"

namespace {

using lunette::Freshness;
using lunette::RetireScope;
using lunette::Value;
using lunette::ViewMailbox;
using lunette::ViewValue;

ViewValue fresh(Value value, std::uint64_t revision = 1) {
    return {.value = std::move(value),
            .revision = revision,
            .serial = 0,
            .published_us = 5,
            .freshness = Freshness::fresh};
}

TEST(ViewMailbox, ShowsTheDefaultAtFirst) {
    ViewMailbox box{7, "default"};
    EXPECT_EQ(box.id(), 7U);
    EXPECT_EQ(box.read().text(), "default");
    EXPECT_EQ(box.read().serial, 0U);
    EXPECT_EQ(box.freshness(), Freshness::fallback);
    EXPECT_FALSE(box.take_changed());
    box.mark_stale();
    EXPECT_EQ(box.read().freshness, Freshness::fallback);
}

TEST(ViewMailbox, ShowsWhatWasPublished) {
    ViewMailbox box{7, "default"};
    EXPECT_TRUE(box.publish(fresh("a", 42)));
    EXPECT_TRUE(box.take_changed());
    EXPECT_FALSE(box.take_changed());
    const ViewValue& value = box.read();
    EXPECT_EQ(value.text(), "a");
    EXPECT_EQ(value.revision, 42U);
    EXPECT_EQ(value.serial, 1U);
    EXPECT_EQ(value.published_us, 5);
    EXPECT_EQ(value.freshness, Freshness::fresh);
}

TEST(ViewMailbox, AnEqualValueIsFreshButNoChange) {
    ViewMailbox box{7, "default"};
    box.publish(fresh(Value::list({"a"}), 1));
    EXPECT_TRUE(box.take_changed());
    box.read();
    box.mark_stale();
    EXPECT_EQ(box.freshness(), Freshness::stale);
    EXPECT_FALSE(box.publish(fresh(Value::list({"a"}), 2)));
    EXPECT_FALSE(box.take_changed());
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
    EXPECT_EQ(box.read().revision, 2U);
    EXPECT_EQ(box.read().serial, 2U);
}

TEST(ViewMailbox, AFirstValueEqualToTheDefaultIsNoChange) {
    ViewMailbox box{7, "default"};
    EXPECT_FALSE(box.publish(fresh("default")));
    EXPECT_FALSE(box.take_changed());
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
}

TEST(ViewMailbox, IsStaleFromMarkToPublish) {
    ViewMailbox box{7, {}};
    box.publish(fresh("a"));
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
    box.mark_stale();
    EXPECT_EQ(box.freshness(), Freshness::stale);
    EXPECT_EQ(box.read().freshness, Freshness::stale);
    EXPECT_EQ(box.read().text(), "a");
    box.publish(fresh("b"));
    EXPECT_EQ(box.freshness(), Freshness::stale) << "what was read last is not the newest";
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
}

TEST(ViewMailbox, ALateResultMayBeStaleAlready) {
    ViewMailbox box{7, {}};
    ViewValue late = fresh("late");
    late.freshness = Freshness::stale;
    EXPECT_TRUE(box.publish(std::move(late)));
    EXPECT_EQ(box.read().freshness, Freshness::stale);
    box.publish(fresh("late"));
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
}

TEST(ViewMailbox, AMarkBetweenPublishAndReadCounts) {
    ViewMailbox box{7, {}};
    box.publish(fresh("a"));
    box.mark_stale();
    EXPECT_EQ(box.read().freshness, Freshness::stale);
}

TEST(ViewMailbox, GoesBackToTheDefault) {
    ViewMailbox box{7, "default"};
    box.publish(fresh("a"));
    box.take_changed();
    box.read();
    EXPECT_TRUE(box.publish_default(3, 9));
    EXPECT_TRUE(box.take_changed());
    EXPECT_EQ(box.read().text(), "default");
    EXPECT_EQ(box.read().freshness, Freshness::fallback);
    EXPECT_FALSE(box.publish_default(3, 9));
    EXPECT_TRUE(box.publish(fresh("b")));
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
}

TEST(ViewMailbox, AReadValueStaysWhileOthersArePublished) {
    ViewMailbox box{7, {}};
    box.publish(fresh("first"));
    const ViewValue& value = box.read();
    for (int i = 0; i < 10; ++i) {
        box.publish(fresh(i));
        EXPECT_TRUE(box.take_changed());
        EXPECT_EQ(box.freshness(), Freshness::stale);
        EXPECT_EQ(value.text(), "first");
    }
    EXPECT_EQ(box.read().value, Value{9});
}

TEST(ViewMailbox, IsLetGoByTheScriptSide) {
    ViewMailbox box{7, {}};
    box.publish(fresh("a"));
    EXPECT_FALSE(box.released());
    box.release();
    EXPECT_TRUE(box.released());
    EXPECT_FALSE(box.is_free());
    box.publish(fresh("b"));
    box.let_go();
    EXPECT_TRUE(box.is_free());
}

/// Values are made and freed by the publisher; the reader sees them whole, in order, and never "fresh" once
/// it could know better.
TEST(ViewMailbox, HoldsBetweenThreads) {
    constexpr int count = 50'000;
    ViewMailbox box{7, "default"};
    std::atomic<bool> released_by_reader{false};
    std::thread script{[&] {
        RetireScope scope;
        std::minstd_rand random{1};
        for (int i = 1; i <= count; ++i) {
            if (random() % 2) box.mark_stale();
            const std::string text = "value number " + std::to_string(i / 2);
            box.publish(fresh(Value::list({i / 2, text}), static_cast<std::uint64_t>(i)));
            if (random() % 64 == 0) std::this_thread::yield();
            scope.drain();
        }
        while (!box.released()) std::this_thread::yield();
        EXPECT_TRUE(released_by_reader.load());
        box.let_go();
    }};
    std::uint64_t last = 0;
    std::uint64_t changes = 0;
    while (last < count) {
        changes += box.take_changed();
        const ViewValue& value = box.read();
        ASSERT_GE(value.serial, last);
        last = value.serial;
        if (last == 0) continue;
        ASSERT_EQ(value.revision, value.serial);
        ASSERT_EQ(value.value.items()[0], Value{value.serial / 2});
        ASSERT_EQ(value.value.items()[1].text(), "value number " + std::to_string(last / 2));
    }
    EXPECT_EQ(box.read().freshness, Freshness::fresh);
    EXPECT_LE(changes, static_cast<std::uint64_t>(count) / 2 + 1);
    EXPECT_GT(changes, 0U);
    released_by_reader = true;
    box.release();
    while (!box.is_free()) std::this_thread::yield();
    script.join();
}

} // namespace
