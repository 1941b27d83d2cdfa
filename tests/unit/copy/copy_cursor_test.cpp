// The cursor, what it selects, and the rows that are seen around it.

#include "copy/copy_cursor.h"
#include "copy_text.h"

#include <gtest/gtest.h>

#include <string>

namespace lunette::copy::testing {
namespace {

using model::CellPoint;
using model::Selection;
using model::SelectionMode;
using terminal::Terminal;

std::string numbered(int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i) text += "line " + std::to_string(i) + "\r\n";
    return text;
}

TEST(CopyCursor, SelectsByEveryMode) {
    const Terminal terminal = make_terminal(20, 6, "one two\r\nthree four\r\nfive");
    CopyCursor cursor{terminal, {5, 0}, 0};
    EXPECT_FALSE(cursor.selection());
    cursor.select(terminal, SelectionMode::cell);
    EXPECT_EQ(cursor.selection(), (Selection{{5, 0}, {5, 0}, false}));
    cursor.go(terminal, {2, 1});
    EXPECT_EQ(cursor.selection(), (Selection{{5, 0}, {2, 1}, false}));
    cursor.select(terminal, SelectionMode::block);
    EXPECT_EQ(cursor.selection(), (Selection{{5, 0}, {2, 1}, true}));
    cursor.select(terminal, SelectionMode::word);
    EXPECT_EQ(cursor.selection()->first(), (CellPoint{4, 0}));
    EXPECT_EQ(cursor.selection()->last(), (CellPoint{4, 1}));
    cursor.select(terminal, SelectionMode::line);
    EXPECT_EQ(cursor.selection()->first(), (CellPoint{0, 0}));
    EXPECT_EQ(cursor.selection()->last().y, 1);
    cursor.go_rows(terminal, -1);
    cursor.go(terminal, {0, 2});
    EXPECT_EQ(cursor.selection()->last().y, 2);
    cursor.select(terminal, SelectionMode::line);
    EXPECT_FALSE(cursor.selection()) << "the same mode again";
    EXPECT_FALSE(cursor.is_selecting());
}

TEST(CopyCursor, ALineIsWholeWhereItIsWrapped) {
    const Terminal terminal = make_terminal(5, 4, "abcdefgh\r\nx");
    CopyCursor cursor{terminal, {1, 1}, 0};
    cursor.select(terminal, SelectionMode::line);
    EXPECT_EQ(cursor.selection()->first(), (CellPoint{0, 0}));
    EXPECT_EQ(cursor.selection()->last().y, 1);
}

TEST(CopyCursor, GoesToTheOtherEnd) {
    const Terminal terminal = make_terminal(20, 6, "one two\r\nthree four");
    CopyCursor cursor{terminal, {5, 0}, 0};
    cursor.select(terminal, SelectionMode::block);
    cursor.go(terminal, {2, 1});
    cursor.swap_ends(terminal, true);
    EXPECT_EQ(cursor.at(), (CellPoint{5, 1}));
    EXPECT_EQ(cursor.selection(), (Selection{{2, 0}, {5, 1}, true}));
    cursor.swap_ends(terminal, false);
    EXPECT_EQ(cursor.at(), (CellPoint{2, 0}));
    EXPECT_EQ(cursor.selection(), (Selection{{5, 1}, {2, 0}, true}));
}

TEST(CopyCursor, KeepsItsColumnOverShortAndWideText) {
    const Terminal terminal = make_terminal(20, 6, "abcdef\r\n語語語\r\nabcdef");
    CopyCursor cursor{terminal, {3, 0}, 0};
    cursor.go_rows(terminal, 1);
    EXPECT_EQ(cursor.at(), (CellPoint{2, 1})) << "where the wide character begins";
    cursor.go_rows(terminal, 1);
    EXPECT_EQ(cursor.at(), (CellPoint{3, 2}));
}

TEST(CopyCursor, ScrollsSoThatRowsAroundItAreSeen) {
    const Terminal terminal = make_terminal(20, 20, numbered(100)); // rows 0..100, screen from 81
    CopyCursor cursor{terminal, {0, 100}, 81};
    cursor.go_rows(terminal, -14);
    EXPECT_EQ(cursor.top(), 81);
    cursor.go_rows(terminal, -1);
    EXPECT_EQ(cursor.at().y, 85);
    EXPECT_EQ(cursor.top(), 81 - 1 + (20 - 1) / 4 - 3) << "four rows above the cursor";
    cursor.go_pages(terminal, -0.5);
    EXPECT_EQ(cursor.at().y, 75);
    cursor.go_rows(terminal, -1'000'000);
    EXPECT_EQ(cursor.at(), (CellPoint{0, 0}));
    EXPECT_EQ(cursor.top(), 0);
    cursor.go_to_view(terminal, CopyCursor::Place::bottom);
    EXPECT_EQ(cursor.top(), 0) << "going to a place of the view does not scroll";
    cursor.go_to_view(terminal, CopyCursor::Place::top);
    EXPECT_EQ(cursor.at().y, 0);
    cursor.go_to_view(terminal, CopyCursor::Place::middle);
    EXPECT_EQ(cursor.at().y, 10);
    cursor.go_rows(terminal, 1'000'000);
    EXPECT_EQ(cursor.at().y, 100);
    EXPECT_EQ(cursor.top(), 81);
}

TEST(CopyCursor, StaysWhileOutputArrives) {
    Terminal terminal = make_terminal(20, 10, numbered(30), 50);
    CopyCursor cursor{terminal, {2, 25}, 21};
    cursor.select(terminal, SelectionMode::cell);
    const std::string more = numbered(20);
    terminal.feed({more.data(), more.size()});
    cursor.follow(terminal);
    EXPECT_EQ(cursor.at(), (CellPoint{2, 25}));
    EXPECT_EQ(cursor.top(), 21);
    EXPECT_TRUE(cursor.selection());
    const std::string flood = numbered(100);
    terminal.feed({flood.data(), flood.size()});
    cursor.follow(terminal);
    const auto oldest = static_cast<std::int64_t>(terminal.scrolled_rows() - terminal.scrollback_size());
    EXPECT_EQ(cursor.at(), (CellPoint{2, oldest})) << "its row is gone";
    EXPECT_EQ(cursor.top(), oldest);
    EXPECT_FALSE(cursor.selection());
}

TEST(CopyCursor, LivesInTheSmallestTerminal) {
    const Terminal terminal = make_terminal(1, 1, "abc");
    CopyCursor cursor{terminal, {0, 2}, 2};
    for (const auto place : {CopyCursor::Place::top, CopyCursor::Place::middle, CopyCursor::Place::bottom})
        cursor.go_to_view(terminal, place);
    cursor.go_pages(terminal, -1);
    EXPECT_EQ(cursor.at(), (CellPoint{0, 1}));
    EXPECT_EQ(cursor.top(), 1);
}

} // namespace
} // namespace lunette::copy::testing
