#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

constexpr std::string_view letters = "abcdef\r\nghijkl\r\nmnopqr\r\nstuvwx";

std::string edited(std::string_view bytes) { return shown(std::string{letters} + std::string{bytes}, 6, 4); }

TEST(Rectangle, FillsErasesAndCopies) {
    EXPECT_EQ(edited("\x1B[42;2;2;3;4$x"), "abcdef|g***kl|m***qr|stuvwx");
    EXPECT_EQ(edited("\x1B[2;2;3;4$z"), "abcdef|g   kl|m   qr|stuvwx");
    EXPECT_EQ(edited("\x1B[1;1;2;2;1;3;5$v"), "abcdef|ghijkl|mnopab|stuvgh");
    EXPECT_EQ(edited("\x1B[1;1;3;5;1;2;2$v"), "abcdef|gabcde|mghijk|smnopq") << "overlapping";
    EXPECT_EQ(edited("\x1B[2;2;4;6;1;1;1$v"), "hijklf|nopqrl|tuvwxr|stuvwx");
    EXPECT_EQ(edited("\x1B[1;1;4;6;1;4;6$v"), "abcdef|ghijkl|mnopqr|stuvwa")
        << "what does not fit is left out";
}

TEST(Rectangle, AbsentOnesAreTheWholeScreenAndEmptyOnesNothing) {
    EXPECT_EQ(edited("\x1B[42$x"), "******|******|******|******");
    EXPECT_EQ(edited("\x1B[3;1;2;6$z"), "abcdef|ghijkl|mnopqr|stuvwx");
    EXPECT_EQ(edited("\x1B[1;5;2;3$z"), "abcdef|ghijkl|mnopqr|stuvwx");
    EXPECT_EQ(edited("\x1B[9;9;99;99$z"), "abcdef|ghijkl|mnopqr|stuvwx");
    EXPECT_EQ(edited("\x1B[7;1;1;2;2$x\x1B[127;1;1;2;2$x"), "abcdef|ghijkl|mnopqr|stuvwx") << "controls";
    EXPECT_EQ(edited("\x1B[65535;65535;65535;65535;65535;65535;65535;65535$v"),
              "abcdef|ghijkl|mnopqr|stuvwx");
}

TEST(Rectangle, CountsFromTheMarginsInOriginMode) {
    EXPECT_EQ(edited("\x1B[2;3r\x1B[?6h\x1B[42;1;1;9;2$x"), "abcdef|**ijkl|**opqr|stuvwx");
}

TEST(Rectangle, WideCharactersAtTheEdgesAreCutCleanly) {
    EXPECT_EQ(shown("\u6F22\u5B57x\x1B[42;1;2;1;3$x", 6, 1), " ** x");
    EXPECT_EQ(shown("\u6F22\u5B57x\x1B[1;2;1;3;1;2;1$v", 6, 2), "\u6F22\u5B57x")
        << "two halves are two blanks";
}

TEST(Rectangle, ChangesAttributes) {
    Terminal terminal = make_terminal(6, 4);
    feed(terminal, std::string{letters} + "\x1B[2*x\x1B[2;2;3;3;1;4$r");
    EXPECT_TRUE(style_at(terminal, 1, 1).has(attribute::bold));
    EXPECT_EQ(style_at(terminal, 2, 2).underline, Underline::single);
    EXPECT_EQ(style_at(terminal, 3, 1), Style{});
    EXPECT_EQ(style_at(terminal, 0, 2), Style{});
    feed(terminal, "\x1B[2;2;2;3;1;7$t");
    EXPECT_FALSE(style_at(terminal, 1, 1).has(attribute::bold));
    EXPECT_TRUE(style_at(terminal, 1, 1).has(attribute::inverse));
    feed(terminal, "\x1B[2;2;3;3;0$r");
    EXPECT_EQ(style_at(terminal, 1, 1), Style{});
    EXPECT_EQ(screen_text(terminal), "abcdef|ghijkl|mnopqr|stuvwx");
}

TEST(Rectangle, AttributesFlowAsTextWithoutDecsace) {
    Terminal terminal = make_terminal(6, 4);
    feed(terminal, std::string{letters} + "\x1B[2;5;3;2;1$r");
    EXPECT_TRUE(style_at(terminal, 4, 1).has(attribute::bold));
    EXPECT_TRUE(style_at(terminal, 5, 1).has(attribute::bold));
    EXPECT_TRUE(style_at(terminal, 1, 2).has(attribute::bold));
    EXPECT_EQ(style_at(terminal, 3, 1), Style{});
    EXPECT_EQ(style_at(terminal, 2, 2), Style{});
}

TEST(Protection, SelectiveErasingSparesGuardedCells) {
    constexpr std::string_view text = "\x1B[1\"qab\x1B[0\"qcd";
    EXPECT_EQ(shown(std::string{text} + "\x1B[?2K"), "ab");
    EXPECT_EQ(shown(std::string{text} + "\x1B[?2J"), "ab");
    EXPECT_EQ(shown(std::string{text} + "\x1B[1;2;1;4${"), "ab");
    EXPECT_EQ(shown(std::string{text} + "\x1B[2K"), "");
    EXPECT_EQ(shown(std::string{text} + "\x1B[1;1;1;4$z"), "");
    EXPECT_EQ(shown("\x1B[1\"qa\x1B[0mb\x1B[2\"qc\x1B[?2K"), "ab") << "SGR 0 does not end it";
}

TEST(Protection, GuardedAreasResistNormalErasing) {
    EXPECT_EQ(shown("\x1BVab\x1BWcd\x1B[2K"), "ab");
    EXPECT_EQ(shown("\x1BVab\x1BWcd\x1B[H\x1B[4X"), "ab");
    EXPECT_EQ(shown("\x1BVab\x1BWcd\x1B[?2K"), "") << "selective erasing looks at DECSCA only";
}

} // namespace
} // namespace lunette::terminal::testing
