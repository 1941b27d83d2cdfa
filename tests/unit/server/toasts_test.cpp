#include "server/toasts.h"

#include <gtest/gtest.h>

namespace lunette::server {

namespace {

std::string drawn(Toasts& toasts, int columns = 30, int rows = 6) {
    ui::Frame frame{columns, rows};
    toasts.draw(frame, 1, rows - 1);
    return ui::frame_text(frame);
}

ui::FrameCursor cursor_at(int x, int y, bool visible = true) {
    ui::FrameCursor cursor;
    cursor.x = x;
    cursor.y = y;
    cursor.visible = visible;
    return cursor;
}

Toasts::Toast info(std::string text) { return {Toasts::Kind::info, {}, std::move(text)}; }

TEST(ToastsTest, StandsAtTheUpperRightAndGoes) {
    Toasts toasts;
    toasts.add({Toasts::Kind::info, "title", "text"}, 0);
    EXPECT_EQ(drawn(toasts), "\n                  title: text\n\n\n\n\n");
    EXPECT_EQ(toasts.deadline_ms(), Toasts::usual_ms);
    EXPECT_FALSE(toasts.expire(Toasts::usual_ms - 1));
    EXPECT_TRUE(toasts.expire(Toasts::usual_ms));
    EXPECT_EQ(toasts.area(), (ui::Area{17, 1, 13, 1})) << "cells of it are still there";
    EXPECT_EQ(drawn(toasts), "\n\n\n\n\n\n");
    EXPECT_TRUE(toasts.area().empty());
    EXPECT_FALSE(toasts.deadline_ms());
}

TEST(ToastsTest, TheSameIsCountedAndATopicIsReplaced) {
    Toasts toasts;
    toasts.add(info("again"), 0);
    toasts.add(info("again"), 1000);
    EXPECT_EQ(toasts.count(), 1U);
    EXPECT_NE(drawn(toasts).find("again  ×2"), std::string::npos);
    EXPECT_EQ(toasts.deadline_ms(), 1000 + Toasts::usual_ms);
    toasts.add({Toasts::Kind::error, {}, "broken", Toasts::error_ms, "configuration"}, 0);
    toasts.add({Toasts::Kind::good, {}, "mended", Toasts::usual_ms, "configuration"}, 0);
    EXPECT_EQ(toasts.count(), 2U);
    EXPECT_EQ(drawn(toasts).find("broken"), std::string::npos);
    toasts.remove("configuration");
    EXPECT_EQ(toasts.count(), 1U);
}

TEST(ToastsTest, IsBounded) {
    Toasts toasts;
    for (int i = 0; i < 1000; ++i) toasts.add(info("number " + std::to_string(i)), 0);
    EXPECT_EQ(toasts.count(), Toasts::most);
    const std::string screen = drawn(toasts, 40, 30);
    EXPECT_NE(screen.find("number 999"), std::string::npos);
    EXPECT_EQ(screen.find("number 995"), std::string::npos) << "no more than a few at once";
    toasts.add({Toasts::Kind::info, {}, "for ever", INT64_MAX / 2}, 0);
    EXPECT_TRUE(toasts.expire(Toasts::longest_ms));
    EXPECT_EQ(toasts.count(), 0U);
}

TEST(ToastsTest, WaitsForSomebodyToLook) {
    Toasts toasts;
    toasts.add(info("while nobody looked"), 0);
    toasts.renew(1'000'000);
    EXPECT_FALSE(toasts.expire(1'000'000));
    EXPECT_TRUE(toasts.expire(1'000'000 + Toasts::usual_ms));
}

TEST(ToastsTest, LongTextIsWrappedAndCut) {
    Toasts toasts;
    toasts.add(info("one two three four five six seven eight nine ten eleven twelve thirteen"), 0);
    EXPECT_EQ(drawn(toasts, 16, 9),
              "\n    one two\n    three four\n    five six\n    seven eight\n    nine ten\n    eleven…\n\n\n")
        << drawn(toasts, 16, 9);
    const std::string wide = drawn(toasts, 100, 9);
    EXPECT_NE(wide.find("\n" + std::string(50, ' ')), std::string::npos) << "half of the frame stays free";
}

TEST(ToastsTest, AreNeverOverTheCursor) {
    Toasts toasts;
    toasts.add(info("one"), 0);
    toasts.add(info("two"), 0);
    const auto with_cursor = [&](int x, int y, bool visible = true) {
        ui::Frame frame{12, 6};
        frame.set_cursor(cursor_at(x, y, visible));
        toasts.draw(frame, 1, 6);
        return ui::frame_text(frame);
    };
    const std::string usual = "\n        two\n        one\n\n\n\n";
    EXPECT_EQ(with_cursor(6, 1), usual);
    EXPECT_EQ(with_cursor(7, 1), "\n\n        two\n        one\n\n\n");
    EXPECT_EQ(with_cursor(11, 2), "\n\n\n        two\n        one\n\n");
    EXPECT_EQ(with_cursor(11, 3), usual);
    EXPECT_EQ(with_cursor(11, 1, false), usual);
    ui::Frame small{12, 3};
    small.set_cursor(cursor_at(11, 1));
    toasts.draw(small, 1, 3);
    EXPECT_EQ(ui::frame_text(small), "\n\n        two\n") << "what has no room waits";
}

TEST(ToastsTest, ControlCharactersAreLeftOut) {
    Toasts toasts;
    toasts.add(info("a\x1b[31mb\rc\nd"), 0);
    const std::string screen = drawn(toasts);
    EXPECT_EQ(screen.find('\x1b'), std::string::npos);
    EXPECT_NE(screen.find("a[31mbc"), std::string::npos);
    EXPECT_NE(screen.find("d\n"), std::string::npos) << "a line of its own";
    toasts.clear();
    toasts.add(info("\x07\n"), 0);
    EXPECT_EQ(toasts.count(), 0U);
}

TEST(ToastsTest, FitsInTheSmallestFrame) {
    Toasts toasts;
    toasts.add(info("漢字 and more"), 0);
    for (int columns = 1; columns < 10; ++columns)
        for (int rows = 1; rows < 4; ++rows) drawn(toasts, columns, rows);
    EXPECT_EQ(toasts.count(), 1U);
}

} // namespace

} // namespace lunette::server
