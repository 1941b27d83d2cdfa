#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

std::string answer(std::string_view bytes) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, bytes);
    return terminal.take_replies();
}

std::string asked(Terminal& terminal, int number) {
    feed(terminal, "\x1B[?" + std::to_string(number) + "$p");
    return terminal.take_replies();
}

TEST(Modes, EachKnownOneIsToldAndSavedAndRestored) {
    for (const int number :
         {1,    5,    6,    7,    12,   25,   40,   41,   42,   45,   66,   67,   69,   9,
          1000, 1002, 1003, 1004, 1005, 1006, 1007, 1015, 1016, 1045, 2004, 2026, 2031, 2048}) {
        Terminal terminal = make_terminal(20, 5);
        const std::string name = std::to_string(number);
        const std::string set = "\x1B[?" + name + ";1$y";
        const std::string reset = "\x1B[?" + name + ";2$y";
        feed(terminal, "\x1B[?" + name + "h");
        terminal.take_replies();
        EXPECT_EQ(asked(terminal, number), set);
        feed(terminal, "\x1B[?" + name + "s\x1B[?" + name + "l");
        EXPECT_EQ(asked(terminal, number), reset);
        feed(terminal, "\x1B[?" + name + "r");
        terminal.take_replies();
        EXPECT_EQ(asked(terminal, number), set);
        feed(terminal, "\x1B"
                       "c");
        const bool on_at_first = number == 7 || number == 25 || number == 1007;
        EXPECT_EQ(asked(terminal, number), on_at_first ? set : reset) << "after RIS";
    }
}

TEST(Modes, FixedAndUnknownOnes) {
    EXPECT_EQ(answer("\x1B[?2027$p\x1B[?2$p\x1B[?4711$p"), "\x1B[?2027;3$y\x1B[?2;4$y\x1B[?4711;0$y");
    EXPECT_EQ(answer("\x1B[4$p\x1B[4h\x1B[4$p\x1B[12$p\x1B[18$p\x1B[99$p"),
              "\x1B[4;2$y\x1B[4;1$y\x1B[12;3$y\x1B[18;4$y\x1B[99;0$y");
    EXPECT_EQ(answer("\x1B[?2027l\x1B[?2027$p"), "\x1B[?2027;3$y");
}

TEST(Modes, ColumnModeNeedsPermissionAndKeepsTheWidth) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "text\x1B[?3h");
    EXPECT_EQ(screen_text(terminal), "text");
    feed(terminal, "\x1B[2;3r\x1B[?40h\x1B[?3h");
    EXPECT_EQ(screen_text(terminal), "");
    EXPECT_EQ(terminal.columns(), 20);
    EXPECT_EQ(asked(terminal, 3), "\x1B[?3;1$y");
}

TEST(Modes, FollowTheLevel) {
    EXPECT_EQ(answer("\x1B[62;1\"p\x1B[4$p\x1B[?7$p"), "") << "level 2 knows no DECRQM";
    EXPECT_EQ(answer("\x1B[63;1\"p\x1B[?69h\x1B[?69$p\x1B[?7$p"), "\x1B[?69;0$y\x1B[?7;1$y");
    EXPECT_EQ(answer("\x1B[65;1\"p\x1BP$q\"p\x1B\\"), "\x1BP1$r64;1\"p\x1B\\") << "this is a VT420";
    EXPECT_EQ(answer("\x1B[62;1\"p\x1B"
                     "c\x1B[?69h\x1B[?69$p"),
              "\x1B[?69;1$y");
}

TEST(Modes, ATabAfterTheLastColumnWrapsWithMode41) {
    Terminal terminal = make_terminal(10, 3);
    feed(terminal, "0123456789\tx");
    EXPECT_EQ(screen_text(terminal), "0123456789|x") << "the tab has nowhere to go";
    feed(terminal, "\x1B[2J\x1B[H\x1B[?41h0123456789\tx");
    EXPECT_EQ(screen_text(terminal), "0123456789|        x");
}

TEST(SynchronizedOutput, IsHeldForALimitedTime) {
    Terminal::TimePoint now{};
    Terminal::Options options;
    options.columns = 10;
    options.rows = 3;
    options.now = [&now] { return now; };
    Terminal terminal{options};
    terminal.take_damage();
    feed(terminal, "\x1B[?2026habc");
    EXPECT_TRUE(terminal.take_damage().empty());
    EXPECT_EQ(terminal.held_until(), now + std::chrono::milliseconds{150});
    EXPECT_EQ(screen_text(terminal), "abc") << "parsing goes on";
    feed(terminal, "\x1B[?2026l");
    EXPECT_FALSE(terminal.held_until());
    EXPECT_EQ(terminal.take_damage(), (std::vector<DamagedRow>{{0, 0, 3}}));

    feed(terminal, "\x1B[?2026hd");
    now += std::chrono::milliseconds{149};
    EXPECT_TRUE(terminal.take_damage().empty());
    now += std::chrono::milliseconds{1};
    EXPECT_EQ(terminal.take_damage(), (std::vector<DamagedRow>{{0, 2, 4}}));
    feed(terminal, "\x1B[?2026$p");
    EXPECT_EQ(terminal.take_replies(), "\x1B[?2026;2$y") << "the time is over";
}

TEST(SynchronizedOutput, ManyUpdatesInARowAreShownInTime) {
    Terminal::TimePoint now{};
    Terminal::Options options;
    options.now = [&now] { return now; };
    Terminal terminal{options};
    terminal.take_damage();
    int shown = 0;
    for (int i = 0; i < 100; ++i) {
        feed(terminal, "\x1B[?2026l\x1B[?2026hx");
        now += std::chrono::milliseconds{10};
        if (!terminal.take_damage().empty()) ++shown;
    }
    EXPECT_GE(shown, 5);
}

TEST(SizeReports, FollowTheSize) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B[14t\x1B[16t");
    EXPECT_EQ(terminal.take_replies(), "") << "unknown while nobody told the size of a cell";
    terminal.set_cell_size({8, 16});
    feed(terminal, "\x1B[14t\x1B[16t\x1B[18t\x1B[21t\x1B[20t");
    EXPECT_EQ(terminal.take_replies(), "\x1B[4;80;160t\x1B[6;16;8t\x1B[8;5;20t");
    terminal.resize(30, 6);
    EXPECT_EQ(terminal.take_replies(), "");
    feed(terminal, "\x1B[?2048h");
    EXPECT_EQ(terminal.take_replies(), "\x1B[48;6;30;96;240t");
    terminal.resize(10, 4);
    EXPECT_EQ(terminal.take_replies(), "\x1B[48;4;10;64;80t");
}

TEST(ColorScheme, IsToldWhenItChanges) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B[?996n\x1B[?2031h");
    EXPECT_EQ(terminal.take_replies(), "\x1B[?997;1n");
    Palette light = Palette::standard();
    light.background = {250, 250, 250};
    terminal.set_palette(light);
    EXPECT_EQ(terminal.take_replies(), "\x1B[?997;2n");
    light.cursor = {1, 2, 3};
    terminal.set_palette(light);
    EXPECT_EQ(terminal.take_replies(), "");
}

TEST(TitleStack, SavesAndRestoresBothOrOne) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]1;icon\x07\x1B]2;window\x07\x1B[22t\x1B[22;0t\x1B]0;other\x07\x1B[23;2t");
    EXPECT_EQ(terminal.title(), "window");
    EXPECT_EQ(terminal.icon_title(), "other");
    feed(terminal, "\x1B[23;1t");
    EXPECT_EQ(terminal.icon_title(), "icon");
    feed(terminal, "\x1B]2;kept\x07\x1B[23t");
    EXPECT_EQ(terminal.title(), "kept");
    for (int i = 0; i < 1000; ++i) feed(terminal, "\x1B[22t");
    EXPECT_LT(terminal.memory_bytes(), 1U << 20);
}

TEST(Capabilities, AreAnsweredInHexadecimal) {
    EXPECT_EQ(answer("\x1BP+q544E\x1B\\"), "\x1BP1+r544E=787465726D2D323536636F6C6F72\x1B\\") << "TN";
    EXPECT_EQ(answer("\x1BP+q5463;524742\x1B\\"), "\x1BP1+r5463\x1B\\\x1BP1+r524742=382F382F38\x1B\\");
    EXPECT_EQ(answer("\x1BP+q6E6F;5463\x1B\\"), "\x1BP0+r6E6F\x1B\\");
    EXPECT_EQ(answer("\x1BP+qzz\x1B\\\x1BP+q4\x1B\\"), "\x1BP0+r\x1B\\\x1BP0+r\x1B\\");
}

TEST(Settings, MoreOfThem) {
    EXPECT_EQ(answer("\x1BP$q\"p\x1B\\\x1BP$q\"q\x1B\\\x1BP$qt\x1B\\\x1BP$q$|\x1B\\\x1BP$q*|\x1B\\"),
              "\x1BP1$r64;1\"p\x1B\\\x1BP1$r0\"q\x1B\\\x1BP1$r5t\x1B\\\x1BP1$r20$|\x1B\\\x1BP1$r5*|\x1B\\");
    EXPECT_EQ(answer("\x1B[2*x\x1BP$q*x\x1B\\"), "\x1BP1$r2*x\x1B\\");
}

TEST(Charsets, NationalOnesNeedTheirMode) {
    EXPECT_EQ(shown("\x1B(K[\\]"), "[\\]");
    EXPECT_EQ(shown("\x1B[?42h\x1B(K[\\]{|}~@"), "ÄÖÜäöüß§");
    EXPECT_EQ(shown("\x1B(A#\x1B(B#"), "£#");
    EXPECT_EQ(shown("\x1B)0\x0Elqk\x0Flqk"), "┌─┐lqk");
    EXPECT_EQ(shown("\x1B*0\x1BNqq"), "─q");
    EXPECT_EQ(shown("\x1B+0\x1Boq\x0Fq"), "─q");
    EXPECT_EQ(shown("\x1B[?42h\x1B(%6[]"), "ÃÕ");
    EXPECT_EQ(shown("\x1B-A\x0E"
                    "di\x0F"
                    "d"),
              "äéd");
}

TEST(Answerback, IsSentForEnq) {
    Terminal::Options options;
    options.answerback = "here";
    Terminal terminal{options};
    feed(terminal, "\x05");
    EXPECT_EQ(terminal.take_replies(), "here");
    EXPECT_EQ(answer("\x05"), "");
}

TEST(Images, AreSwallowedAndNotPromised) {
    std::string payload(100'000, 'A');
    EXPECT_EQ(shown("a\x1BPq#0;2;0;0;0~~@@\x1B\\b\x1B_Gi=31,s=1,v=1,a=q;AAAA\x1B\\c\x1B]1337;File=inline=1:" +
                    payload +
                    "\x07"
                    "d\x1B^pm\x1B\\e\x1BXsos\x1B\\f"),
              "abcdef");
    EXPECT_EQ(answer("\x1B_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1B\\\x1B[c"), "\x1B[?64;6;9;21;22;28;52c");
}

} // namespace
} // namespace lunette::terminal::testing
