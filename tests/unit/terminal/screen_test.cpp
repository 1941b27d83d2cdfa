#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

using Point = std::pair<int, int>;

Point cursor_after(std::string_view bytes, int columns = 10, int rows = 4) {
    Terminal terminal = make_terminal(columns, rows);
    feed(terminal, bytes);
    return cursor_at(terminal);
}

TEST(Screen, CursorMovementIsClamped) {
    EXPECT_EQ(cursor_after("\x1B[3;5H"), (Point{4, 2}));
    EXPECT_EQ(cursor_after("\x1B[0;0H"), (Point{0, 0}));
    EXPECT_EQ(cursor_after("\x1B[999;999H"), (Point{9, 3}));
    EXPECT_EQ(cursor_after("\x1B[99B\x1B[99C\x1B[A\x1B[2D"), (Point{7, 2}));
    EXPECT_EQ(cursor_after("\x1B[3;5H\x1B[F"), (Point{0, 1}));
    EXPECT_EQ(cursor_after("\x1B[3G\x1B[2d"), (Point{2, 1}));
    EXPECT_EQ(cursor_after("\b\b\x1B[A"), (Point{0, 0}));
}

TEST(Screen, Tabs) {
    EXPECT_EQ(cursor_after("\t", 20), (Point{8, 0}));
    EXPECT_EQ(cursor_after("\t\t\t\t", 20), (Point{19, 0}));
    EXPECT_EQ(cursor_after("\t\t\x1B[Z", 20), (Point{8, 0}));
    EXPECT_EQ(cursor_after("\x1B[3G\x1BH\r\t", 20), (Point{2, 0}));
    EXPECT_EQ(cursor_after("\x1B[3g\t", 20), (Point{19, 0}));
    EXPECT_EQ(cursor_after("\x1B[2I", 20), (Point{16, 0}));
}

TEST(Screen, ErasesLines) {
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[K"), "ab");
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[1K"), "   def");
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[2K"), "");
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[2X"), "ab  ef");
}

TEST(Screen, ErasesTheDisplay) {
    EXPECT_EQ(shown("aaa\r\nbbb\r\nccc\x1B[2;2H\x1B[J"), "aaa|b");
    EXPECT_EQ(shown("aaa\r\nbbb\r\nccc\x1B[2;2H\x1B[1J"), "|  b|ccc");
    EXPECT_EQ(shown("aaa\r\nbbb\x1B[2J"), "");
}

TEST(Screen, ErasingTheScrollbackKeepsTheScreen) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "1\r\n2\r\n3\x1B[3J");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
    EXPECT_EQ(screen_text(terminal), "2|3");
}

TEST(Screen, ErasesWithTheBackgroundColour) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "\x1B[1;44m\x1B[2J");
    EXPECT_EQ(style_at(terminal, 3, 1).background, Color::indexed(4));
    EXPECT_EQ(style_at(terminal, 3, 1).attributes, 0);
}

TEST(Screen, InsertsAndDeletesCharactersAndLines) {
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[2@"), "ab  cdef");
    EXPECT_EQ(shown("abcdefghij\x1B[1;3H\x1B[2@"), "ab  cdefgh");
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[2P"), "abef");
    EXPECT_EQ(shown("abcdef\x1B[1;3H\x1B[999P"), "ab");
    EXPECT_EQ(shown("1\r\n2\r\n3\x1B[2;1H\x1B[L"), "1||2|3");
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[2;1H\x1B[2M"), "1|4");
}

TEST(Screen, ScrollsInsideItsRegion) {
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[2;3r\x1B[3;1H\n"), "1|3||4");
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[2;3r\x1B[2;1H\x1BM"), "1||2|4");
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[2;3r\x1B[S"), "1|3||4");
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[2;3r\x1B[T"), "1||2|4");
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[2;3r\x1B[4;1H\n\nx"), "1|2|3|x")
        << "below the region nothing scrolls";
    EXPECT_EQ(shown("1\r\n2\r\n3\r\n4\x1B[3;2r\n5"), "2|3|4| 5") << "an empty region is refused";
}

TEST(Screen, OnlyRowsThatLeaveTheTopOfTheMainScreenAreKept) {
    Terminal terminal = make_terminal(4, 3);
    feed(terminal, "1\r\n2\r\n3\x1B[2;3r\x1B[3;1H\n\n");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
    feed(terminal, "\x1B[1;2r\x1B[2;1H\n");
    EXPECT_EQ(terminal.scrollback_size(), 1U) << "a region that begins at the top";
    feed(terminal, "\x1B[r\x1B[?1049h\x1B[3;1H\n\n\n\n");
    EXPECT_EQ(terminal.scrollback_size(), 1U);
}

TEST(Screen, OriginModeCountsFromTheRegion) {
    EXPECT_EQ(cursor_after("\x1B[2;3r\x1B[?6h"), (Point{0, 1}));
    EXPECT_EQ(cursor_after("\x1B[2;3r\x1B[?6h\x1B[9;2H"), (Point{1, 2}));
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "\x1B[2;3r\x1B[?6h\x1B[2;2H\x1B[6n");
    EXPECT_EQ(terminal.take_replies(), "\x1B[2;2R");
}

TEST(Screen, SavesAndRestoresTheCursor) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "\x1B[2;3H\x1B[31m\x1B(0\x1B"
                   "7\x1B[H\x1B[m\x1B(B\x1B"
                   "8q");
    EXPECT_EQ(screen_text(terminal), "|  ─");
    EXPECT_EQ(style_at(terminal, 2, 1).foreground, Color::indexed(1));
    feed(terminal, "\x1B[s\x1B[H\x1B[ux");
    EXPECT_EQ(screen_text(terminal), "|  ─│");
}

TEST(Screen, TheAlternateScreenLeavesTheMainOneAlone) {
    Terminal terminal = make_terminal(10, 3);
    feed(terminal, "main\x1B[?1049h\x1B[2Jalt");
    EXPECT_TRUE(terminal.alternate_screen());
    EXPECT_EQ(screen_text(terminal), "    alt");
    feed(terminal, "\x1B[?1049lX");
    EXPECT_FALSE(terminal.alternate_screen());
    EXPECT_EQ(screen_text(terminal), "mainX");
    feed(terminal, "\x1B[?1049h");
    EXPECT_EQ(screen_text(terminal), "") << "cleared on entry";
    feed(terminal, "old\x1B[?1047l\x1B[?47h");
    EXPECT_EQ(screen_text(terminal), "") << "1047 clears on leaving";
}

TEST(Screen, ResetsSoftAndHard) {
    Terminal terminal = make_terminal(10, 3);
    feed(terminal, "text\x1B[31;1m\x1B[?25l\x1B[2;3r\x1B[?6h\x1B[4h\x1B[!p");
    EXPECT_TRUE(terminal.cursor().visible);
    EXPECT_FALSE(terminal.modes().origin);
    EXPECT_EQ(screen_text(terminal), "text") << "a soft reset erases nothing";
    feed(terminal, "\n\n\n\n\x1B[?1049h\x1B[?2004h\x1B"
                   "c");
    EXPECT_EQ(screen_text(terminal), "");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
    EXPECT_FALSE(terminal.modes().bracketed_paste);
    EXPECT_FALSE(terminal.alternate_screen());
    EXPECT_EQ(cursor_at(terminal), (Point{0, 0}));
}

TEST(Screen, AlignmentPattern) { EXPECT_EQ(shown("\x1B#8", 3, 2), "EEE|EEE"); }

TEST(Screen, CursorShapes) {
    Terminal terminal = make_terminal(10, 3);
    feed(terminal, "\x1B[5 q");
    EXPECT_EQ(terminal.cursor().shape, CursorShape::bar);
    EXPECT_TRUE(terminal.cursor().blinking);
    feed(terminal, "\x1B[4 q");
    EXPECT_EQ(terminal.cursor().shape, CursorShape::underline);
    EXPECT_FALSE(terminal.cursor().blinking);
    feed(terminal, "\x1B[99 q");
    EXPECT_EQ(terminal.cursor().shape, CursorShape::underline);
    feed(terminal, "\x1B[0 q");
    EXPECT_EQ(terminal.cursor().shape, CursorShape::default_);
}

using Damaged = std::vector<DamagedRow>;

TEST(Screen, ReportsDamageOnce) {
    Terminal terminal = make_terminal(10, 3);
    EXPECT_EQ(terminal.take_damage(), (Damaged{{0, 0, 9}, {1, 0, 9}, {2, 0, 9}}));
    EXPECT_TRUE(terminal.take_damage().empty());
    feed(terminal, "\x1B[2;3r\x1B[S");
    EXPECT_EQ(terminal.take_damage(), (Damaged{{1, 0, 9}, {2, 0, 9}}));
    feed(terminal, "\x1B[H");
    EXPECT_TRUE(terminal.take_damage().empty()) << "the cursor is not damage";
    feed(terminal, "\x1B[?1049h");
    EXPECT_EQ(terminal.take_damage().size(), 3U);
}

// Of spans a column more on either side is told.
TEST(Screen, ReportsDamageByColumns) {
    Terminal terminal = make_terminal(20, 3);
    const auto damage = [&terminal](std::string_view bytes) {
        feed(terminal, bytes);
        return terminal.take_damage();
    };
    terminal.take_damage();
    EXPECT_EQ(damage("\x1B[1;6Habc\x1B[3;1Hx"), (Damaged{{0, 4, 8}, {2, 0, 1}}));
    EXPECT_EQ(damage("\x1B[1;4H-\x1B[1;10H-"), (Damaged{{0, 2, 10}})) << "one span for a row";
    EXPECT_EQ(damage("\x1B[2;5H\x1B[K"), (Damaged{{1, 3, 19}}));
    EXPECT_EQ(damage("\x1B[2;5H\x1B[1K"), (Damaged{{1, 0, 5}}));
    EXPECT_EQ(damage("\x1B[2;5H\x1B[3X"), (Damaged{{1, 3, 7}}));
    EXPECT_EQ(damage("\x1B[2;5H\x1B[2P"), (Damaged{{1, 3, 19}}));
    EXPECT_EQ(damage("\x1B[2;3;3;8$z"), (Damaged{{1, 1, 8}, {2, 1, 8}}));
    EXPECT_EQ(damage("\x1B[2;8He\u0301"), (Damaged{{1, 6, 8}}));
}

TEST(Screen, DamageHasWideCharactersWhole) {
    Terminal terminal = make_terminal(20, 1);
    feed(terminal, "\x1B[5G語語語");
    terminal.take_damage();
    feed(terminal, "\x1B[7Ga");
    // The second character lost its half; the first and the third stand beside that.
    EXPECT_EQ(terminal.take_damage(), (Damaged{{0, 4, 7}}));
    feed(terminal, "\x1B[8Gb");
    EXPECT_EQ(terminal.take_damage(), (Damaged{{0, 6, 9}}));
}

TEST(Screen, TheContentSequenceGrowsWithChangesOnly) {
    Terminal terminal = make_terminal(10, 5);
    feed(terminal, "a");
    const std::uint64_t before = terminal.content_sequence();
    feed(terminal, "\x1B[c\x1B[?2004h");
    EXPECT_EQ(terminal.content_sequence(), before);
    feed(terminal, "\x1B[5;5H");
    EXPECT_GT(terminal.content_sequence(), before) << "the cursor moved";
}

TEST(Screen, GivesTheLastLines) {
    Terminal terminal = make_terminal(5, 3);
    feed(terminal, "one\r\ntwo\r\nabc efghi\r\nfour\r\n");
    EXPECT_EQ(terminal.last_lines(2), "fghi\nfour") << terminal.row_text(-1);
    EXPECT_EQ(terminal.last_lines(2, LineJoin::logical), "abc efghi\nfour");
    EXPECT_EQ(terminal.last_lines(100), "one\ntwo\nabc e\nfghi\nfour");
    EXPECT_EQ(terminal.last_lines(0), "");
    EXPECT_EQ(make_terminal(5, 3).last_lines(3), "");
}

} // namespace
} // namespace lunette::terminal::testing
