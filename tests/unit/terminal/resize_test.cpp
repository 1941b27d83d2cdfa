#include "terminal_text.h"

#include <gtest/gtest.h>

#include <random>

namespace lunette::terminal::testing {
namespace {

using Point = std::pair<int, int>;

std::string everything(const Terminal& terminal) { return terminal.last_lines(1'000'000, LineJoin::logical); }

TEST(Resize, NarrowerWrapsAndWiderUnwraps) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "abcdefgh\r\nxy");
    terminal.resize(5, 4);
    EXPECT_EQ(screen_text(terminal), "abcde|fgh|xy");
    EXPECT_TRUE(terminal.row_wrapped(0));
    EXPECT_EQ(cursor_at(terminal), (Point{2, 2}));
    terminal.resize(10, 4);
    EXPECT_EQ(screen_text(terminal), "abcdefgh|xy");
    EXPECT_EQ(cursor_at(terminal), (Point{2, 1}));
}

TEST(Resize, LowerPushesRowsIntoTheScrollbackAndTallerTakesThemBack) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "1\r\n2\r\n3\r\n4");
    terminal.resize(10, 2);
    EXPECT_EQ(screen_text(terminal), "3|4");
    EXPECT_EQ(terminal.scrollback_size(), 2U);
    terminal.resize(10, 4);
    EXPECT_EQ(screen_text(terminal), "1|2|3|4");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
    EXPECT_EQ(cursor_at(terminal), (Point{1, 3}));
}

TEST(Resize, BlankRowsBelowTheCursorGoFirst) {
    Terminal terminal = make_terminal(10, 5);
    feed(terminal, "1\r\n2");
    terminal.resize(10, 2);
    EXPECT_EQ(screen_text(terminal), "1|2");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
}

TEST(Resize, TextBelowTheCursorIsKept) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "1\r\n2\r\n3\r\n4\x1B[H");
    terminal.resize(10, 2);
    EXPECT_EQ(everything(terminal), "1\n2\n3\n4");
}

TEST(Resize, WideCharactersAreNotCut) {
    Terminal terminal = make_terminal(6, 4);
    feed(terminal, "語語語");
    terminal.resize(5, 4);
    EXPECT_EQ(screen_text(terminal), "語語|語");
    terminal.resize(6, 4);
    EXPECT_EQ(screen_text(terminal), "語語語");
}

TEST(Resize, ALineThatBeganInTheScrollbackIsRewrappedWhole) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "abcdefghijkl");
    ASSERT_EQ(terminal.scrollback_size(), 1U);
    terminal.resize(12, 2);
    EXPECT_EQ(screen_text(terminal), "abcdefghijkl");
    EXPECT_EQ(terminal.scrollback_size(), 0U);
}

TEST(Resize, StylesMoveWithTheText) {
    Terminal terminal = make_terminal(4, 3);
    feed(terminal, "ab\x1B[31mcd\x1B[32mef");
    terminal.resize(3, 3);
    EXPECT_EQ(style_at(terminal, 0, 1).foreground, Color::indexed(1));
    EXPECT_EQ(style_at(terminal, 1, 1).foreground, Color::indexed(2));
}

TEST(Resize, TheAlternateScreenIsCut) {
    Terminal terminal = make_terminal(6, 3);
    feed(terminal, "main text\x1B[?1049h\x1B[Habcdef\r\nsecond");
    terminal.resize(3, 2);
    EXPECT_EQ(screen_text(terminal), "abc|sec");
    terminal.resize(6, 3);
    feed(terminal, "\x1B[?1049l");
    EXPECT_EQ(everything(terminal), "main text");
}

TEST(Resize, AfterItTheWholeScreenIsDamagedAndTheRegionIsReset) {
    Terminal terminal = make_terminal(6, 4);
    feed(terminal, "\x1B[2;3r");
    terminal.take_damage();
    terminal.resize(6, 3);
    EXPECT_EQ(terminal.take_damage(), (std::vector<DamagedRow>{{0, 0, 5}, {1, 0, 5}, {2, 0, 5}}));
    feed(terminal, "1\r\n2\r\n3\r\n4");
    EXPECT_EQ(screen_text(terminal), "2|3|4");
}

TEST(Resize, SizesAreClamped) {
    Terminal terminal = make_terminal(6, 4);
    terminal.resize(0, -5);
    EXPECT_EQ(terminal.columns(), 1);
    EXPECT_EQ(terminal.rows(), 1);
    feed(terminal, "abc語\t\x1B[2;2r\x1B[5@");
    terminal.resize(1'000'000, 5);
    EXPECT_EQ(terminal.columns(), Terminal::max_columns);
}

TEST(Resize, NoSequenceOfSizesLosesText) {
    std::mt19937 random{7};
    for (int round = 0; round < 200; ++round) {
        Terminal terminal =
            make_terminal(1 + static_cast<int>(random() % 40), 1 + static_cast<int>(random() % 12), 10'000);
        std::string expected;
        for (int line = 0; line < 20; ++line) {
            std::string text;
            for (unsigned i = 0; i < random() % 60; ++i) text += static_cast<char>('a' + random() % 26);
            if (text.empty()) text = "-";
            feed(terminal, text);
            expected += text;
            if (line < 19) {
                feed(terminal, "\r\n");
                expected += '\n';
            }
        }
        for (int i = 0; i < 10; ++i) {
            if (random() % 3 == 0) feed(terminal, "\x1B[H");
            terminal.resize(1 + static_cast<int>(random() % 50), 1 + static_cast<int>(random() % 20));
            ASSERT_EQ(everything(terminal), expected) << "round " << round;
        }
    }
}

} // namespace
} // namespace lunette::terminal::testing
