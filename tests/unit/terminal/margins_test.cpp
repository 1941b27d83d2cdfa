#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

// Columns 3 to 6, rows 2 to 4 of a screen of letters.
constexpr std::string_view letters = "abcdefgh\r\nijklmnop\r\nqrstuvwx\r\nABCDEFGH\r\nIJKLMNOP";
constexpr std::string_view box = "\x1B[?69h\x1B[3;6s\x1B[2;4r";

std::string boxed(std::string_view bytes) {
    return shown(std::string{letters} + std::string{box} + std::string{bytes}, 8, 5);
}

TEST(Margins, TextWrapsInsideThem) {
    EXPECT_EQ(boxed("\x1B[2;3H123456"), "abcdefgh|ij1234op|qr56uvwx|ABCDEFGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[2;7H123"), "abcdefgh|ijklmn12|qr3tuvwx|ABCDEFGH|IJKLMNOP")
        << "started right of them";
    EXPECT_EQ(boxed("\x1B[2;6H\u6F22"), "abcdefgh|ijklm op|qr\u6F22uvwx|ABCDEFGH|IJKLMNOP");
}

TEST(Margins, ALineThatEndsAtAMarginIsNotWrapped) {
    Terminal terminal = make_terminal(8, 5);
    feed(terminal, std::string{box} + "\x1B[2;3H123456");
    EXPECT_FALSE(terminal.row_wrapped(1));
}

TEST(Margins, ScrollTheBoxOnly) {
    EXPECT_EQ(boxed("\x1B[4;3H\n"), "abcdefgh|ijstuvop|qrCDEFwx|AB    GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[2;4H\x1BM"), "abcdefgh|ij    op|qrklmnwx|ABstuvGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[2S"), "abcdefgh|ijCDEFop|qr    wx|AB    GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[9T"), "abcdefgh|ij    op|qr    wx|AB    GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[4;1H\n"), "abcdefgh|ijklmnop|qrstuvwx|ABCDEFGH|IJKLMNOP") << "left of it";
    EXPECT_EQ(boxed("\x1B[1 @"), "abcdefgh|ijlmn op|qrtuv wx|ABDEF GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[2 A"), "abcdefgh|ij  klop|qr  stwx|AB  CDGH|IJKLMNOP");
}

TEST(Margins, WhatScrollsInABoxIsNotKept) {
    Terminal terminal = make_terminal(8, 5);
    feed(terminal, std::string{letters} + "\x1B[?69h\x1B[3;6s\x1B[5S");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
}

TEST(Margins, InsertAndDelete) {
    EXPECT_EQ(boxed("\x1B[3;4H\x1B[@"), "abcdefgh|ijklmnop|qrs tuwx|ABCDEFGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;4H\x1B[2P"), "abcdefgh|ijklmnop|qrsv  wx|ABCDEFGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;8H\x1B[P"), "abcdefgh|ijklmnop|qrstuvwx|ABCDEFGH|IJKLMNOP") << "right of them";
    EXPECT_EQ(boxed("\x1B[3;4H\x1B[L"), "abcdefgh|ijklmnop|qr    wx|ABstuvGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;4H\x1B[M"), "abcdefgh|ijklmnop|qrCDEFwx|AB    GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;4H\x1B['}"), "abcdefgh|ijk lmop|qrs tuwx|ABC DEGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;4H\x1B[2'~"), "abcdefgh|ijkn  op|qrsv  wx|ABCF  GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;4H\x1B[4hX"), "abcdefgh|ijklmnop|qrsXtuwx|ABCDEFGH|IJKLMNOP");
}

TEST(Margins, BackAndForwardIndex) {
    EXPECT_EQ(boxed("\x1B[3;6H\x1B"
                    "9"),
              "abcdefgh|ijlmn op|qrtuv wx|ABDEF GH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;3H\x1B"
                    "6"),
              "abcdefgh|ij klmop|qr stuwx|AB CDEGH|IJKLMNOP");
    EXPECT_EQ(boxed("\x1B[3;1H\x1B"
                    "6*"),
              "abcdefgh|ijklmnop|*rstuvwx|ABCDEFGH|IJKLMNOP");
}

TEST(Margins, KeepTheCursorThatStartsInside) {
    Terminal terminal = make_terminal(8, 5);
    feed(terminal, box);
    const auto after = [&terminal](std::string_view bytes) {
        feed(terminal, bytes);
        return cursor_at(terminal);
    };
    EXPECT_EQ(after("\x1B[3;4H\x1B[9C"), (std::pair{5, 2}));
    EXPECT_EQ(after("\x1B[9D"), (std::pair{2, 2}));
    EXPECT_EQ(after("\x1B[3;1H\x1B[9D"), (std::pair{0, 2}));
    EXPECT_EQ(after("\x1B[3;7H\x1B[9C"), (std::pair{7, 2}));
    EXPECT_EQ(after("\x1B[3;4H\r"), (std::pair{2, 2}));
    EXPECT_EQ(after("\x1B[3;2H\r"), (std::pair{0, 2}));
    EXPECT_EQ(after("\x1B[3;4H\t"), (std::pair{5, 2}));
    EXPECT_EQ(after("\x1B[?6h\x1B[2;2H"), (std::pair{3, 2}));
    EXPECT_EQ(after("\x1B[99;99H"), (std::pair{5, 3}));
    terminal.take_replies();
    feed(terminal, "\x1B[6n\x1B[?6n");
    EXPECT_EQ(terminal.take_replies(), "\x1B[3;4R\x1B[?3;4;1R");
}

TEST(Margins, AreRefusedWhenTooSmallAndGoWithTheirMode) {
    EXPECT_EQ(shown("  a\x1B[3;5s\x1B[H\x1B[ub", 8, 2), "  ab") << "without mode 69 CSI s saves the cursor";
    Terminal terminal = make_terminal(8, 2);
    feed(terminal, "\x1B[?69h\x1B[5;5s\x1BP$qs\x1B\\\x1B[2;5s\x1BP$qs\x1B\\\x1B[?69l\x1BP$qs\x1B\\");
    EXPECT_EQ(terminal.take_replies(), "\x1BP1$r1;8s\x1B\\\x1BP1$r2;5s\x1B\\\x1BP1$r1;8s\x1B\\");
}

TEST(Margins, EndWithAResize) {
    Terminal terminal = make_terminal(8, 5);
    feed(terminal, box);
    terminal.resize(6, 4);
    feed(terminal, "\x1B[H123456789");
    EXPECT_EQ(screen_text(terminal), "123456|789");
}

TEST(ReverseWrap, OnlyIntoLinesThatWereWrapped) {
    EXPECT_EQ(shown("\x1B[?45habcdef\b\b\b*", 5, 3), "abc*e|f") << "mode 45";
    EXPECT_EQ(shown("\x1B[?45habc\r\nd\b\b*", 5, 3), "abc|*");
    EXPECT_EQ(shown("\x1B[?1045habc\r\nd\b\b*", 5, 3), "abc *|d");
    EXPECT_EQ(shown("\x1B[?1045h\b*", 5, 3), "||    *") << "from the first line to the last";
    EXPECT_EQ(shown("abcdef\b\b\b*", 5, 3), "abcde|*") << "not by default";
}

} // namespace
} // namespace lunette::terminal::testing
