#include "tty/look.h"

#include "tty/color_match.h"
#include "tty/scroll_finder.h"

#include <gtest/gtest.h>

namespace lunette::tty {
namespace {

using model::TextColor;
using ui::FrameStyle;
using Colors = Capabilities::Colors;

FrameStyle in(Colors colors, TextColor foreground) {
    Capabilities can;
    can.colors = colors;
    FrameStyle style;
    style.foreground = foreground;
    return look_of(style, can);
}

std::string sgr(const FrameStyle& from, const FrameStyle& to) {
    std::string out;
    append_sgr(out, from, to);
    return out;
}

TEST(Look, ColoursComeDownToWhatThereIs) {
    const TextColor orange = TextColor::direct(255, 135, 0);
    EXPECT_EQ(in(Colors::direct, orange).foreground, orange);
    EXPECT_EQ(in(Colors::palette, orange).foreground, TextColor::indexed(208));
    EXPECT_EQ(in(Colors::palette, TextColor::direct(128, 128, 128)).foreground, TextColor::indexed(244));
    EXPECT_EQ(in(Colors::sixteen, TextColor::direct(250, 10, 10)).foreground, TextColor::indexed(9));
    EXPECT_EQ(in(Colors::sixteen, TextColor::indexed(46)).foreground, TextColor::indexed(10));
    EXPECT_EQ(in(Colors::sixteen, TextColor::indexed(3)).foreground, TextColor::indexed(3));
    const FrameStyle bright = in(Colors::eight, TextColor::indexed(9));
    EXPECT_EQ(bright.foreground, TextColor::indexed(1));
    EXPECT_EQ(bright.attributes, FrameStyle::bold);
}

TEST(Look, EveryColourOfThePaletteIsItself) {
    constexpr int levels[] = {0, 95, 135, 175, 215, 255};
    for (int i = 0; i < 216; ++i) {
        const auto level = [&](int n) { return static_cast<std::uint8_t>(levels[i / n % 6]); };
        EXPECT_EQ(nearest_of_256(level(36), level(6), level(1)), 16 + i);
    }
    for (int i = 0; i < 24; ++i) {
        const auto grey = static_cast<std::uint8_t>(8 + 10 * i);
        EXPECT_EQ(nearest_of_256(grey, grey, grey), 232 + i);
    }
}

TEST(Look, UnderlinesComeDown) {
    Capabilities can;
    FrameStyle style;
    style.underline = model::TextUnderline::curly;
    style.underline_color = TextColor::indexed(1);
    EXPECT_EQ(look_of(style, can).underline, model::TextUnderline::single);
    EXPECT_TRUE(look_of(style, can).underline_color.is_inherited());
    can.styled_underline = can.underline_color = true;
    EXPECT_EQ(look_of(style, can), style);
}

TEST(Look, TheShortestWayFromOneToAnother) {
    FrameStyle plain;
    FrameStyle bold;
    bold.attributes = FrameStyle::bold;
    FrameStyle faint;
    faint.attributes = FrameStyle::faint;
    FrameStyle red;
    red.foreground = TextColor::indexed(1);
    FrameStyle rich = bold;
    rich.foreground = TextColor::direct(1, 2, 3);
    rich.background = TextColor::direct(4, 5, 6);
    FrameStyle rich_and_faint = rich;
    rich_and_faint.attributes = FrameStyle::faint;
    EXPECT_EQ(sgr(plain, plain), "");
    EXPECT_EQ(sgr(plain, bold), "\x1B[1m");
    EXPECT_EQ(sgr(rich, plain), "\x1B[m");
    EXPECT_EQ(sgr(bold, red), "\x1B[0;31m");
    EXPECT_EQ(sgr(bold, faint), "\x1B[0;2m");
    EXPECT_EQ(sgr(rich, rich_and_faint), "\x1B[22;2m");
    FrameStyle curly = rich;
    curly.underline = model::TextUnderline::curly;
    curly.underline_color = TextColor::direct(7, 8, 9);
    EXPECT_EQ(sgr(rich, curly), "\x1B[4:3;58:2::7:8:9m");
    EXPECT_EQ(sgr(curly, rich), "\x1B[24;59m");
}

TEST(ScrollFinder, FindsTheShiftThatExplainsMost) {
    const std::vector<std::uint64_t> before{11, 13, 15, 17, 19, 21};
    const auto shift = [&](std::vector<std::uint64_t> after) { return find_shift({before, after, 1}); };
    auto found = shift({13, 15, 17, 19, 21, 99});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->by, 1);
    EXPECT_EQ(found->top, 0);
    EXPECT_EQ(found->bottom, 5);
    found = shift({11, 99, 97, 13, 15, 21});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->by, -2);
    EXPECT_EQ(found->top, 1);
    EXPECT_EQ(found->bottom, 4);
    EXPECT_FALSE(shift(before));
    EXPECT_FALSE(shift({91, 92, 93, 94, 95, 96}));
    // Blank rows are alike everywhere.
    const std::vector<std::uint64_t> blanks{1, 1, 1, 1, 1, 13};
    EXPECT_FALSE(find_shift({blanks, before, 1}));
}

} // namespace
} // namespace lunette::tty
