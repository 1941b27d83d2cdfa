#include "terminal_text.h"

#include "model/width_rules.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

using Point = std::pair<int, int>;

TEST(Print, WrapsOnlyWithTheNextCharacter) {
    Terminal terminal = make_terminal(5, 3);
    feed(terminal, "abcde");
    EXPECT_EQ(cursor_at(terminal), (Point{4, 0}));
    EXPECT_FALSE(terminal.row_wrapped(0));
    feed(terminal, "f");
    EXPECT_EQ(screen_text(terminal), "abcde|f");
    EXPECT_TRUE(terminal.row_wrapped(0));
    EXPECT_EQ(shown("abcde\rX", 5), "Xbcde");
    EXPECT_EQ(shown("abcde\bX", 5), "abcXe");
    EXPECT_EQ(shown("abcde\x1B[KX", 5), "abcde|X") << "after the last column nothing is left to erase";
    EXPECT_EQ(shown("abcde\x1B[1KX", 5), "|X");
}

TEST(Print, WithoutAutowrapStaysInTheLastColumn) {
    EXPECT_EQ(shown("\x1B[?7labcdefgh", 5), "abcdh");
    EXPECT_EQ(shown("\x1B[?7labcde語", 5), "abc語");
}

TEST(Print, ScrollsAtTheBottom) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "1\r\n2\r\n3\r\n4");
    EXPECT_EQ(screen_text(terminal), "3|4");
    ASSERT_EQ(terminal.scrollback_size(), 2U);
    EXPECT_EQ(terminal.row_text(-1), "2");
    EXPECT_EQ(terminal.row_text(-2), "1");
    EXPECT_EQ(terminal.scrolled_rows(), 2U);
}

TEST(Print, WideCharactersTakeTwoCells) {
    Terminal terminal = make_terminal(5, 3);
    feed(terminal, "語a");
    EXPECT_TRUE(terminal.cell(0, 0).is_wide());
    EXPECT_TRUE(terminal.cell(1, 0).is_tail());
    EXPECT_EQ(cursor_at(terminal), (Point{3, 0}));
    EXPECT_EQ(shown("abcd語e", 5), "abcd|語e");
    EXPECT_EQ(shown("語", 1), "\uFFFD") << "there is no room for it at all";
}

TEST(Print, OverwritingHalfOfAWideCharacterBlanksTheOther) {
    EXPECT_EQ(shown("語語\x1B[1;2Hx"), " x語");
    EXPECT_EQ(shown("語語\x1B[1;3Hx"), "語x");
    EXPECT_EQ(shown("語語\x1B[1;2H色"), " 色");
    EXPECT_EQ(shown("語語\x1B[1;2H\x1B[X"), "  語");
    EXPECT_EQ(shown("語語\x1B[1;2H\x1B[P"), " 語");
    EXPECT_EQ(shown("語語\x1B[1;2H\x1B[@"), "   語");
}

TEST(Print, InsertModeShiftsTheRest) {
    EXPECT_EQ(shown("abc\r\x1B[4hXY\x1B[4lZ"), "XYZbc");
    EXPECT_EQ(shown("abcdefghi語\r\x1B[4hX", 11), "Xabcdefghi") << "the wide one is cut by the edge";
}

TEST(Print, CombiningMarksJoinTheCellBefore) {
    Terminal terminal = make_terminal(5, 2);
    feed(terminal, "e\u0301x");
    EXPECT_EQ(terminal.row_text(0), "e\u0301x");
    EXPECT_EQ(cursor_at(terminal), (Point{2, 0}));
    EXPECT_EQ(shown("abcde\u0301", 5), "abcde\u0301") << "also while a wrap is pending";
    EXPECT_EQ(shown("\u0301x"), "x") << "nothing to join";
    EXPECT_EQ(shown("ab\r\x1B[C\u0301"), "a\u0301b") << "after a cursor movement: what is left of it";
    EXPECT_EQ(shown("e\x1B[31m\u0301"), "e\u0301") << "a colour does not separate";
}

TEST(Print, EmojiClustersAreOneCharacter) {
    for (const std::string_view emoji : {"👍🏽", "👨‍👩‍👧", "🇩🇪", "⚠️", "1️⃣"}) {
        Terminal terminal = make_terminal(10, 2);
        feed(terminal, emoji);
        Terminal::TextBuffer buffer;
        EXPECT_EQ(terminal.text(terminal.cell(0, 0), buffer), emoji);
        EXPECT_TRUE(terminal.cell(0, 0).is_wide()) << emoji;
        EXPECT_TRUE(terminal.cell(1, 0).is_tail()) << emoji;
        EXPECT_EQ(cursor_at(terminal), (Point{2, 0})) << emoji;
    }
    EXPECT_EQ(shown("🇩🇪🇫🇷x"), "🇩🇪🇫🇷x");
}

TEST(Print, ACharacterThatWidensAtTheEdgeMovesToTheNextRow) {
    Terminal terminal = make_terminal(3, 2);
    feed(terminal, "ab⚠\uFE0F"
                   "c");
    EXPECT_EQ(screen_text(terminal), "ab|⚠️c");
    EXPECT_TRUE(terminal.row_wrapped(0));
}

TEST(Print, TextPresentationMakesAnEmojiNarrow) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "⌚\uFE0Ex");
    EXPECT_EQ(terminal.row_text(0), "⌚\uFE0Ex");
    EXPECT_EQ(cursor_at(terminal), (std::pair{2, 0}));
    feed(terminal, "\x1B[1;3H⌚\uFE0Exy");
    EXPECT_EQ(screen_text(terminal), "⌚\uFE0Ex⌚\uFE0Ex|y") << "also at the edge";
}

TEST(Print, WidthsFollowTheRules) {
    Terminal terminal = make_terminal(6, 2);
    model::set_width_rules({true, 13});
    feed(terminal, "±⚠\uFE0Fx");
    model::set_width_rules({});
    EXPECT_TRUE(terminal.cell(0, 0).is_wide());
    EXPECT_FALSE(terminal.cell(2, 0).is_wide());
    EXPECT_EQ(cursor_at(terminal), (std::pair{4, 0}));
}

TEST(Print, AClusterIsBounded) {
    Terminal terminal = make_terminal(10, 2);
    feed(terminal, "a");
    for (int i = 0; i < 10'000; ++i) feed(terminal, "\u0301");
    feed(terminal, "b");
    EXPECT_LE(terminal.row_text(0).size(), 140U);
    EXPECT_EQ(terminal.row_text(0).back(), 'b');
    EXPECT_LT(terminal.memory_bytes(), 100'000U);
}

TEST(Print, DecGraphicsAndShifts) {
    EXPECT_EQ(shown("\x1B(0lqk\x1B(Blqk"), "┌─┐lqk");
    EXPECT_EQ(shown("\x1B)0l\x0El\x0Fl"), "l┌l");
    EXPECT_EQ(shown("\x1B*0x\x1BNxx"), "x│x") << "single shift: one character only";
    EXPECT_EQ(shown("\x1B(A#"), "£");
}

TEST(Print, RepeatsTheLastCharacter) {
    EXPECT_EQ(shown("ab\x1B[3b"), "abbbb");
    EXPECT_EQ(shown("語\x1B[b"), "語語");
    EXPECT_EQ(shown("\x1B[5bx"), "x") << "nothing printed yet";
    Terminal terminal = make_terminal(10, 4, 1000);
    feed(terminal, "x\x1B[65535b");
    EXPECT_LE(terminal.scrollback_size(), 5U);
}

} // namespace
} // namespace lunette::terminal::testing
