#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

std::string answer(std::string_view request) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, request);
    return terminal.take_replies();
}

TEST(Reports, DeviceAttributes) {
    EXPECT_EQ(answer("\x1B[c"), "\x1B[?64;6;9;21;22;28;52c");
    EXPECT_EQ(answer("\x1B[0c"), "\x1B[?64;6;9;21;22;28;52c");
    EXPECT_EQ(answer("\x1BZ"), "\x1B[?64;6;9;21;22;28;52c");
    EXPECT_EQ(answer("\x1B[1c"), "");
    EXPECT_EQ(answer("\x1B[>c"), "\x1B[>41;380;0c");
    EXPECT_EQ(answer("\x1B[=c"), "\x1BP!|00000000\x1B\\");
    EXPECT_EQ(answer("\x1B[>q"), "\x1BP>|Lunette test\x1B\\");
}

TEST(Reports, Status) {
    EXPECT_EQ(answer("\x1B[5n"), "\x1B[0n");
    EXPECT_EQ(answer("\x1B[3;7H\x1B[6n"), "\x1B[3;7R");
    EXPECT_EQ(answer("\x1B[3;7H\x1B[?6n"), "\x1B[?3;7;1R");
    EXPECT_EQ(answer("\x1B[?996n"), "\x1B[?997;1n");
    EXPECT_EQ(answer("\x1B]11;#ffffff\x07\x1B[?996n"), "\x1B[?997;2n");
    EXPECT_EQ(answer("\x1B[18t"), "\x1B[8;5;20t");
    EXPECT_EQ(answer("\x1B]2;secret\x07\x1B[21t\x1B[20t"), "") << "titles are never told back";
}

TEST(Reports, TitlesWhenTheUserAllowsIt) {
    Terminal terminal = make_terminal(20, 5);
    terminal.set_preferences({.title_reports = true});
    feed(terminal, "\x1B]0;both\x07\x1B[21t\x1B[20t");
    EXPECT_EQ(terminal.take_replies(), "\x1B]lboth\x1B\\\x1B]Lboth\x1B\\");
}

TEST(Reports, ModesTruthfully) {
    EXPECT_EQ(answer("\x1B[?7$p"), "\x1B[?7;1$y");
    EXPECT_EQ(answer("\x1B[?2004$p"), "\x1B[?2004;2$y");
    EXPECT_EQ(answer("\x1B[?2004h\x1B[?2004$p"), "\x1B[?2004;1$y");
    EXPECT_EQ(answer("\x1B[?2026h\x1B[?2026$p"), "\x1B[?2026;1$y");
    EXPECT_EQ(answer("\x1B[?2027$p"), "\x1B[?2027;3$y");
    EXPECT_EQ(answer("\x1B[?1049h\x1B[?1049$p"), "\x1B[?1049;1$y");
    EXPECT_EQ(answer("\x1B[?1003h\x1B[?1003$p\x1B[?1000$p"), "\x1B[?1003;1$y\x1B[?1000;2$y");
    EXPECT_EQ(answer("\x1B[?12345$p"), "\x1B[?12345;0$y");
    EXPECT_EQ(answer("\x1B[4h\x1B[4$p\x1B[99$p"), "\x1B[4;1$y\x1B[99;0$y");
}

TEST(Reports, Settings) {
    EXPECT_EQ(answer("\x1B[1;31;4:3;48;2;1;2;3m\x1BP$qm\x1B\\"), "\x1BP1$r0;1;4:3;31;48:2::1:2:3m\x1B\\");
    EXPECT_EQ(answer("\x1B[5 q\x1BP$q q\x1B\\"), "\x1BP1$r5 q\x1B\\");
    EXPECT_EQ(answer("\x1B[2;4r\x1BP$qr\x1B\\"), "\x1BP1$r2;4r\x1B\\");
    EXPECT_EQ(answer("\x1BP$qz\x1B\\"), "\x1BP0$r\x1B\\");
}

TEST(Reports, Colours) {
    EXPECT_EQ(answer("\x1B]4;1;?\x07"), "\x1B]4;1;rgb:cdcd/0000/0000\x1B\\");
    EXPECT_EQ(answer("\x1B]4;1;?;15;?\x07"),
              "\x1B]4;1;rgb:cdcd/0000/0000\x1B\\\x1B]4;15;rgb:ffff/ffff/ffff\x1B\\");
    EXPECT_EQ(
        answer("\x1B]10;?;?;?\x07"),
        "\x1B]10;rgb:e5e5/e5e5/e5e5\x1B\\\x1B]11;rgb:0000/0000/0000\x1B\\\x1B]12;rgb:e5e5/e5e5/e5e5\x1B\\");
    EXPECT_EQ(answer("\x1B]4;261;?\x07\x1B]4;x;?\x07\x1B]13;?\x07"), "");
}

TEST(Reports, ColoursThatAProgramSetAndReset) {
    Terminal terminal = make_terminal(20, 5);
    Palette palette = Palette::standard();
    palette.background = {1, 2, 3};
    terminal.set_palette(palette);
    feed(terminal, "\x1B]4;1;#102030;2;rgb:f/0/8\x07\x1B]11;rgb:12/34/56\x07");
    EXPECT_EQ(terminal.palette().colors[1], (Rgb{0x10, 0x20, 0x30}));
    EXPECT_EQ(terminal.palette().colors[2], (Rgb{0xFF, 0, 0x88}));
    EXPECT_EQ(terminal.background(Style{}), (Rgb{0x12, 0x34, 0x56}));
    EXPECT_EQ(events_of<PaletteChanged>(terminal).size(), 1U);
    feed(terminal, "\x1B]104;1\x07\x1B]111\x07");
    EXPECT_EQ(terminal.palette().colors[1], palette.colors[1]);
    EXPECT_EQ(terminal.palette().colors[2], (Rgb{0xFF, 0, 0x88}));
    EXPECT_EQ(terminal.palette().background, palette.background);
    feed(terminal, "\x1B]104\x07");
    EXPECT_EQ(terminal.palette(), palette);
}

TEST(Reports, AreBounded) {
    Terminal terminal = make_terminal(20, 5);
    std::string flood;
    for (int i = 0; i < 100'000; ++i) flood += "\x1B[c";
    feed(terminal, flood);
    EXPECT_LE(terminal.take_replies().size(), 64U * 1024);
    feed(terminal, "\x1B[5n");
    EXPECT_EQ(terminal.take_replies(), "\x1B[0n");
}

TEST(Palette, ParsesTheFormsOfXParseColor) {
    EXPECT_EQ(parse_color("rgb:ffff/8080/0"), (Rgb{255, 128, 0}));
    EXPECT_EQ(parse_color("#fff"), (Rgb{240, 240, 240}));
    EXPECT_EQ(parse_color("#ff8000"), (Rgb{255, 128, 0}));
    EXPECT_EQ(parse_color("#ffff80000000"), (Rgb{255, 128, 0}));
    for (const std::string_view bad :
         {"", "#", "#ff", "#gggggg", "rgb:", "rgb:1/2", "rgb:1/2/3/4", "rgb:11111/2/3", "rgb://", "red", "?"})
        EXPECT_FALSE(parse_color(bad)) << bad;
}

} // namespace
} // namespace lunette::terminal::testing
