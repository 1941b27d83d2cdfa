#include "model/ansi_text.h"

#include <gtest/gtest.h>

#include <random>

namespace lunette::model {
namespace {

TextStyle style_of(std::string_view sequence) {
    const StyledText text = parse_ansi_text(std::string{sequence} + "x");
    return text.empty() ? TextStyle{} : text.runs().back().style;
}

std::string plain(std::string_view text) { return parse_ansi_text(text).plain(); }

TEST(AnsiText, PlainTextIsOneRun) {
    const StyledText text = parse_ansi_text("hello");
    ASSERT_EQ(text.runs().size(), 1U);
    EXPECT_EQ(text.runs()[0].style, TextStyle{});
    EXPECT_TRUE(parse_ansi_text("").empty());
    EXPECT_TRUE(parse_ansi_text("\x1b[1m").empty());
}

TEST(AnsiText, RunsOfEqualStyleAreJoined) {
    EXPECT_EQ(parse_ansi_text("a\x1b[0mb\x1b[31m\x1b[39mc").runs().size(), 1U);
    EXPECT_EQ(parse_ansi_text("a\x1b[1mb\x1b[0mc").runs().size(), 3U);
}

TEST(AnsiText, IndexedAndDirectColors) {
    EXPECT_EQ(style_of("\x1b[31m").foreground, TextColor::indexed(1));
    EXPECT_EQ(style_of("\x1b[97m").foreground, TextColor::indexed(15));
    EXPECT_EQ(style_of("\x1b[40m").background, TextColor::indexed(0));
    EXPECT_EQ(style_of("\x1b[107m").background, TextColor::indexed(15));
    for (const char* form : {"\x1b[38;5;208m", "\x1b[38:5:208m"})
        EXPECT_EQ(style_of(form).foreground, TextColor::indexed(208));
    for (const char* form :
         {"\x1b[48;2;1;2;3m", "\x1b[48:2:1:2:3m", "\x1b[48:2::1:2:3m", "\x1b[48:2:0:1:2:3m"}) {
        EXPECT_EQ(style_of(form).background, TextColor::direct(1, 2, 3)) << form + 1;
    }
    EXPECT_EQ(style_of("\x1b[48:6::9:9:9:0m").background, TextColor::transparent());
    EXPECT_EQ(style_of("\x1b[48:6::9:8:7:128m").background, TextColor::direct(9, 8, 7));
    EXPECT_EQ(style_of("\x1b[58:5:9m").underline_color, TextColor::indexed(9));
    EXPECT_TRUE(style_of("\x1b[58;5;9;59m").underline_color.is_inherited());
}

TEST(AnsiText, ParametersBehindAnExtendedColorStillCount) {
    const TextStyle style = style_of("\x1b[38;5;9;1;48;2;1;2;3;3m");
    EXPECT_EQ(style.foreground, TextColor::indexed(9));
    EXPECT_EQ(style.background, TextColor::direct(1, 2, 3));
    EXPECT_EQ(style.intensity, TextIntensity::bold);
    EXPECT_TRUE(style.italic);
}

TEST(AnsiText, Attributes) {
    EXPECT_EQ(style_of("\x1b[2m").intensity, TextIntensity::half);
    EXPECT_EQ(style_of("\x1b[4m").underline, TextUnderline::single);
    EXPECT_EQ(style_of("\x1b[21m").underline, TextUnderline::double_);
    EXPECT_EQ(style_of("\x1b[4:3m").underline, TextUnderline::curly);
    EXPECT_EQ(style_of("\x1b[4:5m").underline, TextUnderline::dashed);
    EXPECT_EQ(style_of("\x1b[4:9m").underline, TextUnderline::none);
    EXPECT_EQ(style_of("\x1b[6m").blink, TextBlink::rapid);
    const TextStyle all = style_of("\x1b[3;7;8;9;53m");
    EXPECT_TRUE(all.italic && all.inverse && all.invisible && all.strikethrough && all.overline);
    const TextStyle none = style_of("\x1b[3;7;8;9;53;23;27;28;29;55m");
    EXPECT_FALSE(none.italic || none.inverse || none.invisible || none.strikethrough || none.overline);
}

TEST(AnsiText, SaysWhatItSetsItself) {
    TextStyle base;
    base.intensity = TextIntensity::bold;
    base.foreground = TextColor::indexed(3);
    EXPECT_EQ(style_of("").over(base).intensity, TextIntensity::bold);
    EXPECT_EQ(style_of("\x1b[22m").over(base).intensity, TextIntensity::normal);
    EXPECT_EQ(style_of("\x1b[22;0m").over(base).intensity, TextIntensity::bold);
    EXPECT_EQ(style_of("\x1b[31;39m").over(base).foreground, TextColor::indexed(3));
    EXPECT_EQ(style_of("\x1b[m").over(base).foreground, TextColor::indexed(3));
}

TEST(AnsiText, OtherSequencesVanish) {
    EXPECT_EQ(plain("a\x1b[2Jb\x1b[?25lc\x1b[>4;1md\x1b[10;20He"), "abcde");
    EXPECT_EQ(plain("a\x1b]0;title\x07"
                    "b\x1b]8;;http://x\x1b\\c\x1b]8;;\x1b\\d"),
              "abcd");
    EXPECT_EQ(plain("a\x1bPq#0\x1b\\b\x1b_Gi=1\x1b\\c\x1b^x\x1b\\d\x1bXy\x1b\\e"), "abcde");
    EXPECT_EQ(plain("a\x1b(Bb\x1b=c\x1b"
                    "7d"),
              "abcd");
    EXPECT_EQ(plain("a\xC2\x9B"
                    "31mb\xC2\x9D"
                    "0;t\xC2\x9C"
                    "c\xC2\x85"
                    "d"),
              "abcd");
    EXPECT_EQ(plain("a\tb\x07"
                    "c\bd\x7f"
                    "e"),
              "abcde");
    EXPECT_FALSE(style_of("\x1b[>1m").set);
    EXPECT_FALSE(style_of("\x1b[1 m").set);
}

TEST(AnsiText, CarriageReturnOrLineFeedEndsTheText) {
    EXPECT_EQ(plain("ab\ncd"), "ab");
    EXPECT_EQ(plain("ab\r\ncd"), "ab");
    EXPECT_EQ(plain("\nab"), "");
}

TEST(AnsiText, CutAndBrokenSequences) {
    EXPECT_EQ(plain("a\x1b"), "a");
    EXPECT_EQ(plain("a\x1b[1;2"), "a");
    EXPECT_EQ(plain("a\x1b]0;never ends"), "a");
    EXPECT_EQ(plain("a\x1b[1\x18"
                    "b"),
              "ab");
    EXPECT_EQ(plain("a\x1b[1\x1b[3mb"), "ab");
    EXPECT_TRUE(parse_ansi_text("a\x1b[1\x1b[3mb").runs().back().style.italic);
    EXPECT_EQ(plain("a\x1b]0;x\x1b[1mb"), "ab"); // an ESC that is no ST begins a new sequence
    EXPECT_EQ(plain("a\xFF"
                    "b\xC3"),
              "a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD");
    EXPECT_EQ(plain("a\x1b[31\xC3\xA9"
                    "b"),
              "a\xC3\xA9"
              "b");
}

TEST(AnsiText, AbsurdParametersDoNoHarm) {
    EXPECT_EQ(style_of("\x1b[99999999999999999999m").set, 0);
    EXPECT_EQ(style_of("\x1b[38;5;999m").foreground, TextColor::indexed(255));
    EXPECT_TRUE(style_of("\x1b[38m").foreground.is_inherited());
    EXPECT_TRUE(style_of("\x1b[38:2:1m").foreground.is_inherited());
    std::string many = "\x1b[";
    for (int i = 0; i < 10'000; ++i) many += "1;:;";
    EXPECT_EQ(plain(many + "mx"), "x");
}

TEST(AnsiText, AnyBytesGiveValidText) {
    std::mt19937 random{7};
    static constexpr std::string_view likely = "\x1b[]m;:0123456789PX^_\\\x07\xC2\x9B\x9C\xE2\x80\xA2 ab\r";
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (unsigned i = random() % 40; i-- > 0;) {
            text += random() % 4 ? likely[random() % likely.size()] : static_cast<char>(random() % 256);
        }
        const StyledText parsed = parse_ansi_text(text);
        for (const StyledRun& run : parsed.runs()) {
            ASSERT_FALSE(run.text.empty());
            StyledText again;
            again.append(run.text, run.style);
            ASSERT_EQ(again.plain(), run.text);
        }
    }
}

TEST(StyledText, WidthAndTruncation) {
    StyledText text;
    text.append("ab", {});
    TextStyle bold;
    bold.intensity = TextIntensity::bold;
    bold.set = TextStyle::sets_intensity;
    text.append("\xE4\xB8\xAD\xE6\x96\x87", bold); // two wide characters
    text.append("c", {});
    EXPECT_EQ(text.width(), 7);
    EXPECT_EQ(text.truncated_right(7), text);
    EXPECT_EQ(text.truncated_right(5).plain(), "ab\xE4\xB8\xAD");
    EXPECT_EQ(text.truncated_right(3).width(), 2);
    EXPECT_EQ(text.truncated_left(2).plain(), "c");
    EXPECT_EQ(text.truncated_left(3).plain(), "\xE6\x96\x87"
                                              "c");
    EXPECT_TRUE(text.truncated_right(0).empty());
    EXPECT_TRUE(text.truncated_left(-1).empty());
}

TEST(StyledText, AppendingToItself) {
    StyledText text{"a"};
    text.append(text);
    EXPECT_EQ(text.plain(), "aa");
}

} // namespace
} // namespace lunette::model
