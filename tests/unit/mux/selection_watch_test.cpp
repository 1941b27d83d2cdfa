#include "mux/selection_watch.h"

#include <gtest/gtest.h>

#include <span>
#include <string_view>

namespace lunette::mux {

namespace {

class SelectionWatchTest : public ::testing::Test {
protected:
    SelectionWatchTest() {
        terminal::Terminal::Options options;
        options.columns = 10;
        options.rows = 4;
        terminal = terminal::Terminal{options};
    }
    void feed(std::string_view bytes) { terminal.feed(std::span{bytes.data(), bytes.size()}); }
    bool changes(SelectionWatch& watch, std::string_view output) {
        feed(output);
        return watch.changed(terminal);
    }

    terminal::Terminal terminal;
};

} // namespace

TEST_F(SelectionWatchTest, OutputElsewhereChangesNothing) {
    feed("one two\r\nthree");
    SelectionWatch watch{{{4, 0}, {1, 1}, false}, terminal};
    EXPECT_FALSE(changes(watch, "\x1b[1;1HONE")) << "before it in the same row";
    EXPECT_FALSE(changes(watch, "\x1b[2;4Hxyz")) << "behind it in the same row";
    EXPECT_FALSE(changes(watch, "\x1b[1;5H\x1b[31mtwo")) << "the same text in another colour";
    EXPECT_FALSE(changes(watch, "\x1b[1;8H   \x1b[1;8H\x1b[K")) << "blanks at the end";
    EXPECT_TRUE(changes(watch, "\x1b[1;5HX"));
}

TEST_F(SelectionWatchTest, ScrollingMovesTheTextAlong) {
    feed("one\r\ntwo\r\nthree\r\nfour");
    SelectionWatch watch{{{0, 1}, {2, 2}, false}, terminal};
    EXPECT_FALSE(changes(watch, "\r\nfive\r\nsix")); // one row of it above the screen
    EXPECT_FALSE(changes(watch, "\r\nseven\r\neight\r\nnine"));
    EXPECT_FALSE(changes(watch, "\x1b[H\x1b[2J"));
}

TEST_F(SelectionWatchTest, ARowThatChangedAndScrolledAwayAtOnceIsNoticed) {
    feed("one\r\ntwo\r\nthree\r\nfour");
    SelectionWatch watch{{{0, 1}, {2, 1}, false}, terminal};
    EXPECT_TRUE(changes(watch, "\x1b[2;1HTWO\x1b[4;1H\n\n\n\n"));
}

TEST_F(SelectionWatchTest, TheOtherScreenHasOtherText) {
    feed("one\r\ntwo");
    SelectionWatch watch{{{0, 0}, {2, 1}, false}, terminal};
    EXPECT_TRUE(changes(watch, "\x1b[?1049h"));
}

TEST_F(SelectionWatchTest, ARectangleKnowsOnlyItsColumns) {
    feed("one two\r\nthree");
    SelectionWatch watch{{{2, 0}, {4, 1}, true}, terminal};
    EXPECT_FALSE(changes(watch, "\x1b[1;1Hxx\x1b[2;6Hyyy"));
    EXPECT_TRUE(changes(watch, "\x1b[2;3HR"));
}

} // namespace lunette::mux
