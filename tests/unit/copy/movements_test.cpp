// Where the cursor goes: by characters, words, lines, zones, to a character.

#include "copy/movements.h"
#include "copy_text.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace lunette::copy::testing {
namespace {

using model::CellPoint;
using Points = std::vector<CellPoint>;
using terminal::Terminal;

// Steps until it stands still.
template<class Step>
Points walk(const Terminal& terminal, CellPoint from, Step step) {
    TextRows rows{terminal};
    Points points;
    for (int i = 0; i < 50; ++i) {
        const CellPoint next = step(rows, from);
        if (next == from) break;
        points.push_back(from = next);
    }
    return points;
}

TEST(Movements, ByCharactersKnowWideOnes) {
    const Terminal terminal = make_terminal(6, 2, "a語b");
    EXPECT_EQ(walk(terminal, {0, 0}, right_of), (Points{{1, 0}, {3, 0}, {4, 0}, {5, 0}}));
    EXPECT_EQ(walk(terminal, {5, 0}, left_of), (Points{{4, 0}, {3, 0}, {1, 0}, {0, 0}}));
    TextRows rows{terminal};
    EXPECT_EQ(rows.clamped({2, 0}), (CellPoint{1, 0})) << "its second half";
    EXPECT_EQ(rows.clamped({99, 99}), (CellPoint{5, 1}));
    EXPECT_EQ(rows.clamped({-1, -1}), (CellPoint{0, 0}));
}

TEST(Movements, ToTheContentOfARow) {
    const Terminal terminal = make_terminal(12, 3, "   two ws   \r\n\r\n語");
    TextRows rows{terminal};
    EXPECT_EQ(start_of_content(rows, 0), (CellPoint{3, 0}));
    EXPECT_EQ(end_of_content(rows, 0), (CellPoint{8, 0}));
    EXPECT_EQ(start_of_content(rows, 1), (CellPoint{0, 1})) << "an empty row";
    EXPECT_EQ(end_of_content(rows, 1), (CellPoint{0, 1}));
    EXPECT_EQ(end_of_content(rows, 2), (CellPoint{0, 2})) << "a wide character";
}

TEST(Words, ForwardStopsAtMarksLinesAndEmptyLines) {
    const Terminal terminal = make_terminal(20, 5, "one two.three, 4.5\r\n\r\n  x--y");
    EXPECT_EQ(walk(terminal, {0, 0}, next_word),
              (Points{{4, 0}, {13, 0}, {15, 0}, {0, 1}, {2, 2}, {3, 2}, {4, 2}, {5, 2}, {0, 3}, {0, 4}}));
}

TEST(Words, BackwardGoesOverTheEndsOfLines) {
    const Terminal terminal = make_terminal(20, 5, "one don't\r\n\r\n  x  y");
    EXPECT_EQ(walk(terminal, {9, 2}, previous_word), (Points{{5, 2}, {2, 2}, {0, 1}, {4, 0}, {0, 0}}));
}

TEST(Words, EndsAreBeforeBlanks) {
    const Terminal terminal = make_terminal(20, 3, "one two.three, x\r\n\r\nlast");
    EXPECT_EQ(walk(terminal, {0, 0}, end_of_word), (Points{{2, 0}, {13, 0}, {15, 0}, {3, 2}}));
}

TEST(Words, GoOverTheEdgeOfWrappedRows) {
    // "abcde" "fg hi" "語 jk"
    const Terminal terminal = make_terminal(5, 4, "abcdefg hi語 jk");
    EXPECT_EQ(walk(terminal, {0, 0}, next_word), (Points{{3, 1}, {3, 2}, {0, 3}}));
    EXPECT_EQ(walk(terminal, {4, 2}, previous_word), (Points{{3, 2}, {3, 1}, {0, 0}}));
    EXPECT_EQ(walk(terminal, {0, 0}, end_of_word), (Points{{1, 1}, {0, 2}, {4, 2}}));
}

TEST(Words, SpacesAtTheEdgeSeparate) {
    const Terminal terminal = make_terminal(5, 3, "abc  def");
    EXPECT_EQ(walk(terminal, {0, 0}, next_word), (Points{{0, 1}, {0, 2}}));
    EXPECT_EQ(walk(terminal, {2, 1}, previous_word), (Points{{0, 1}, {0, 0}}));
}

TEST(Words, AWideCharacterThatDidNotFitIsStillInTheWord) {
    // "abcd_" "語x": the last cell of the first row stays blank.
    const Terminal terminal = make_terminal(5, 3, "abcd語x y");
    EXPECT_EQ(walk(terminal, {0, 0}, next_word), (Points{{4, 1}, {0, 2}}));
    EXPECT_EQ(walk(terminal, {4, 1}, previous_word), (Points{{0, 0}}));
}

TEST(Words, GoIntoTheScrollback) {
    const Terminal terminal = make_terminal(10, 2, "first\r\nsecond\r\nthird\r\n");
    EXPECT_EQ(walk(terminal, {0, 3}, previous_word), (Points{{0, 2}, {0, 1}, {0, 0}}));
}

TEST(Jumps, FindCharactersOfTheRow) {
    const Terminal terminal = make_terminal(20, 1, "a.b.語.d");
    TextRows rows{terminal};
    const auto jump = [&](std::int64_t x, bool forward, bool before, bool again = false) {
        const auto to = jump_from(rows, {x, 0}, {forward, before, "."}, again);
        return to ? to->x : -1;
    };
    EXPECT_EQ(jump(0, true, false), 1);
    EXPECT_EQ(jump(1, true, false), 3);
    EXPECT_EQ(jump(6, true, false), -1);
    EXPECT_EQ(jump(6, false, false), 3);
    EXPECT_EQ(jump(0, true, true), 0) << "already there";
    EXPECT_EQ(jump(0, true, true, true), 2);
    EXPECT_EQ(jump(2, true, true, true), 4) << "before the wide one's neighbour";
    EXPECT_EQ(jump(7, false, true), 7);
    EXPECT_EQ(jump(7, false, true, true), 4);
    EXPECT_EQ(jump_from(rows, {0, 0}, {true, false, "語"}, false), (CellPoint{4, 0}));
}

constexpr std::string_view session =
    "\x1B]133;A\x07$ \x1B]133;B\x07ls\r\n\x1B]133;C\x07one\r\ntwo\r\n"
    "\x1B]133;D;0\x07\x1B]133;A\x07$ \x1B]133;B\x07pwd\r\n\x1B]133;C\x07/\r\n"
    "\x1B]133;D;0\x07\x1B]133;A\x07$ \x1B]133;B\x07";

TEST(Zones, BothWaysAndByType) {
    const Terminal terminal = make_terminal(10, 3, session);
    const auto walk_zones = [&](CellPoint from, ZoneStep step, std::optional<terminal::Semantic> type) {
        TextRows rows{terminal};
        Points points;
        while (const auto next = zone_from(rows, from, step, type)) points.push_back(from = *next);
        return points;
    };
    EXPECT_EQ(walk_zones({0, 0}, ZoneStep::forward, {}),
              (Points{{2, 0}, {0, 1}, {0, 3}, {2, 3}, {0, 4}, {0, 5}}));
    EXPECT_EQ(walk_zones({1, 5}, ZoneStep::backward, {}),
              (Points{{0, 5}, {0, 4}, {2, 3}, {0, 3}, {0, 1}, {2, 0}, {0, 0}}));
    EXPECT_EQ(walk_zones({0, 0}, ZoneStep::forward, terminal::Semantic::output), (Points{{0, 1}, {0, 4}}));
    EXPECT_EQ(walk_zones({1, 5}, ZoneStep::backward, terminal::Semantic::prompt),
              (Points{{0, 5}, {0, 3}, {0, 0}}));
    EXPECT_EQ(walk_zones({1, 2}, ZoneStep::backward, {}), (Points{{0, 1}, {2, 0}, {0, 0}}))
        << "first to the beginning of the own one";
}

} // namespace
} // namespace lunette::copy::testing
