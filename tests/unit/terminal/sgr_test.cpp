#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

Style style_of(std::string_view sequences) {
    Terminal terminal = make_terminal(10, 2);
    feed(terminal, sequences);
    feed(terminal, "x");
    return style_at(terminal, 0, 0);
}

TEST(Sgr, Attributes) {
    EXPECT_EQ(style_of("\x1B[1;2;3;5;6;7;8;9;53m").attributes,
              attribute::bold | attribute::faint | attribute::italic | attribute::blink |
                  attribute::rapid_blink | attribute::inverse | attribute::conceal | attribute::strike |
                  attribute::overline);
    EXPECT_EQ(style_of("\x1B[1;2;3;5;6;7;8;9;53m\x1B[22;23;25;27;28;29;55m").attributes, 0);
    EXPECT_EQ(style_of("\x1B[1;31;4m\x1B[m"), Style{});
    EXPECT_EQ(style_of("\x1B[1m\x1B[;3m").attributes, attribute::italic) << "an empty parameter is 0";
}

TEST(Sgr, Underlines) {
    EXPECT_EQ(style_of("\x1B[4m").underline, Underline::single);
    EXPECT_EQ(style_of("\x1B[4:3m").underline, Underline::curly);
    EXPECT_EQ(style_of("\x1B[4:5m").underline, Underline::dashed);
    EXPECT_EQ(style_of("\x1B[4:3m\x1B[4:9m").underline, Underline::curly) << "unknown";
    EXPECT_EQ(style_of("\x1B[4m\x1B[4:0m").underline, Underline::none);
    EXPECT_EQ(style_of("\x1B[21m").underline, Underline::double_);
    EXPECT_EQ(style_of("\x1B[4m\x1B[24m").underline, Underline::none);
}

TEST(Sgr, IndexedColours) {
    EXPECT_EQ(style_of("\x1B[31m").foreground, Color::indexed(1));
    EXPECT_EQ(style_of("\x1B[97m").foreground, Color::indexed(15));
    EXPECT_EQ(style_of("\x1B[100m").background, Color::indexed(8));
    EXPECT_EQ(style_of("\x1B[38;5;200m").foreground, Color::indexed(200));
    EXPECT_EQ(style_of("\x1B[48:5:200m").background, Color::indexed(200));
    EXPECT_EQ(style_of("\x1B[31;41m\x1B[39;49m"), Style{});
}

TEST(Sgr, DirectColoursInAllNotations) {
    const Color expected = Color::direct({1, 2, 3});
    EXPECT_EQ(style_of("\x1B[38;2;1;2;3m").foreground, expected);
    EXPECT_EQ(style_of("\x1B[38:2:1:2:3m").foreground, expected);
    EXPECT_EQ(style_of("\x1B[38:2::1:2:3m").foreground, expected);
    EXPECT_EQ(style_of("\x1B[38:2::1:2:3::m").foreground, expected);
    EXPECT_EQ(style_of("\x1B[38:2:9:1:2:3:0:1m").foreground, expected);
    EXPECT_EQ(style_of("\x1B[48;2;999;2;3m").background, Color::direct({255, 2, 3}));
}

TEST(Sgr, UnderlineColourIsNotTakenForAttributes) {
    EXPECT_EQ(style_of("\x1B[58;5;9m").underline_color, Color::indexed(9));
    EXPECT_EQ(style_of("\x1B[58;5;9m").attributes, 0);
    EXPECT_EQ(style_of("\x1B[58:2::1:2:3m").underline_color, Color::direct({1, 2, 3}));
    EXPECT_EQ(style_of("\x1B[58;5;9m\x1B[59m"), Style{});
}

TEST(Sgr, WhatFollowsAColourStillCounts) {
    const Style style = style_of("\x1B[38;5;1;48:2::1:2:3;1m");
    EXPECT_EQ(style.foreground, Color::indexed(1));
    EXPECT_EQ(style.background, Color::direct({1, 2, 3}));
    EXPECT_EQ(style.attributes, attribute::bold);
}

TEST(Sgr, IncompleteAndUnknownOnesAreSkipped) {
    EXPECT_EQ(style_of("\x1B[38m"), Style{});
    EXPECT_EQ(style_of("\x1B[38;5m"), Style{});
    EXPECT_EQ(style_of("\x1B[38;2;1;2m"), Style{});
    EXPECT_EQ(style_of("\x1B[38:7:1m"), Style{});
    EXPECT_EQ(style_of("\x1B[99999;200;1m").attributes, attribute::bold);
    EXPECT_EQ(style_of("\x1B[>4;1m"), Style{}) << "modifyOtherKeys is not SGR";
}

TEST(Sgr, SeventeenAndMoreParameters) {
    std::string sequence = "\x1B[1";
    for (int i = 1; i < 17; ++i) sequence += ";1";
    EXPECT_EQ(style_of(sequence + "m").attributes, attribute::bold);
    for (int i = 17; i < 5000; ++i) sequence += ";3";
    EXPECT_EQ(style_of(sequence + "m").attributes, attribute::bold | attribute::italic);
}

} // namespace
} // namespace lunette::terminal::testing
