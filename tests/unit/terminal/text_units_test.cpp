#include "terminal/text_units.h"

#include "terminal/semantic_zones.h"
#include "terminal/terminal_text.h"

#include <gtest/gtest.h>

#include <random>

namespace lunette::terminal {

namespace {

using model::CellPoint;
using model::CellRange;
using testing::feed;
using testing::make_terminal;

constexpr std::string_view boundary = " \t\n{}[]()\"'`";

CellRange on_row(std::int64_t first, std::int64_t last, std::int64_t y = 0) {
    return {{first, y}, {last, y}};
}

} // namespace

TEST(TextUnits, WordsEndAtTheBoundaryCharacters) {
    Terminal terminal = make_terminal(30, 3);
    feed(terminal, "cat ~/a-b.txt (x)");
    EXPECT_EQ(word_at(terminal, {1, 0}, boundary), on_row(0, 2));
    EXPECT_EQ(word_at(terminal, {4, 0}, boundary), on_row(4, 12));
    EXPECT_EQ(word_at(terminal, {12, 0}, boundary), on_row(4, 12));
    EXPECT_EQ(word_at(terminal, {3, 0}, boundary), on_row(3, 3)) << "a boundary is alone";
    EXPECT_EQ(word_at(terminal, {14, 0}, boundary), on_row(14, 14));
    EXPECT_EQ(word_at(terminal, {15, 0}, boundary), on_row(15, 15));
    EXPECT_EQ(word_at(terminal, {25, 0}, boundary), on_row(25, 25)) << "nothing was written there";
    EXPECT_EQ(word_at(terminal, {5, 0}, " -"), on_row(4, 6));
    EXPECT_EQ(word_at(terminal, {99, 99}, boundary), on_row(29, 29, 2)) << "the nearest cell there is";
}

TEST(TextUnits, WordsGoOnInWrappedRowsOnly) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "ab 3456789cdefghij\r\nklm");
    EXPECT_EQ(word_at(terminal, {5, 0}, boundary), (CellRange{{3, 0}, {7, 1}}));
    EXPECT_EQ(word_at(terminal, {0, 1}, boundary), (CellRange{{3, 0}, {7, 1}}));
    EXPECT_EQ(word_at(terminal, {1, 2}, boundary), on_row(0, 2, 2));
}

TEST(TextUnits, WordsWithWideCharactersAreWhole) {
    Terminal terminal = make_terminal(5, 3);
    feed(terminal, "a\u4e16\u754c\u4e16 b"); // does not fit: wraps whole
    EXPECT_EQ(word_at(terminal, {2, 0}, boundary), (CellRange{{0, 0}, {1, 1}})) << "from the second half";
    EXPECT_EQ(word_at(terminal, {1, 1}, boundary), (CellRange{{0, 0}, {1, 1}}));
}

TEST(TextUnits, LinesAreAllRowsOfOne) {
    Terminal terminal = make_terminal(10, 2, 100);
    feed(terminal, "0123456789abcdefghijKLM\r\nx\r\ny"); // the first three rows: one line
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    EXPECT_EQ(above, 3);
    for (const int y : {0, 1, 2}) EXPECT_EQ(line_at(terminal, {4, y}), (CellRange{{0, 0}, {9, 2}}));
    EXPECT_EQ(line_at(terminal, {0, 3}), on_row(0, 9, 3));
    EXPECT_EQ(line_at(terminal, {0, 4}), on_row(0, 9, 4));
}

TEST(TextUnits, ZonesAreThoseOfTheWholeList) {
    std::mt19937 random{5};
    constexpr std::string_view pieces[] = {
        "\x1b]133;A\x1b\\", "\x1b]133;B\x1b\\", "\x1b]133;C\x1b\\", "word",    "\r\n",
        "a longer text",    "\x1b[K",           "\x1b[3C",          "\r\n\r\n"};
    for (int round = 0; round < 50; ++round) {
        Terminal terminal = make_terminal(12, 5, 30);
        for (int i = 0; i < 60; ++i) feed(terminal, pieces[random() % std::size(pieces)]);
        for (const SemanticZone& zone : semantic_zones(terminal)) {
            const CellRange range{{zone.start_x, zone.start_y}, {zone.end_x, zone.end_y}};
            EXPECT_EQ(zone_at(terminal, range.first), range) << "round " << round;
            EXPECT_EQ(zone_at(terminal, range.last), range) << "round " << round;
        }
    }
}

} // namespace lunette::terminal
