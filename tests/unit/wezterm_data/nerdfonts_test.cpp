#include "wezterm/named_colors.h"
#include "wezterm/nerdfonts.h"
#include "wezterm/sorted_lines.h"

#include <gtest/gtest.h>

namespace lunette::wezterm {
namespace {

TEST(Nerdfonts, FindsGlyphsOfEveryCollection) {
    EXPECT_EQ(nerdfont("cod_account"), "\xEE\xAE\x99");   // U+EB99, the first
    EXPECT_EQ(nerdfont("weather_windy"), "\xEE\x8C\x9E"); // U+E31E, the last
    EXPECT_EQ(nerdfont("md_home"), "\xF3\xB0\x8B\x9C");   // U+F02DC
    EXPECT_EQ(nerdfont("pl_left_hard_divider"), "\xEE\x82\xB0");
    for (const char* name :
         {"fa_github", "dev_git", "oct_terminal", "ple_upper_left_triangle", "custom_vim", "linux_debian",
          "seti_lua", "pom_clean_code", "iec_power", "indent_line", "fae_moon_cloud", "md_numeric_1_box"}) {
        EXPECT_TRUE(nerdfont(name)) << name;
    }
}

TEST(Nerdfonts, UnknownNamesAreAbsent) {
    for (const char* name : {"", "md", "md_home ", "MD_HOME", "md_hom", "zzz", "a", "cod_account\teb99"}) {
        EXPECT_FALSE(nerdfont(name)) << name;
    }
    EXPECT_GT(nerdfont_count(), 10'700U);
}

TEST(NamedColor, KnowsCssAndX11) {
    EXPECT_EQ(named_color("AliceBlue"), 0xF0F8FFU);
    EXPECT_EQ(named_color("YELLOWGREEN"), 0x9ACD32U);
    EXPECT_EQ(named_color("light goldenrod yellow"), 0xFAFAD2U);
    EXPECT_EQ(named_color("purple"), 0x800080U);
    EXPECT_EQ(named_color("x11purple"), 0xA020F0U);
    EXPECT_EQ(named_color("webgray"), 0x808080U);
    EXPECT_EQ(named_color("gray51"), 0x828282U);
    EXPECT_EQ(named_color("light"), std::nullopt);
    EXPECT_EQ(named_color(""), std::nullopt);
}

TEST(SortedLines, FindsEveryKeyOfATextAndNoOther) {
    constexpr SortedLines lines{"\nab\t1\nabc\t2\nb\t\nd\t4\n"};
    EXPECT_EQ(lines.find("ab"), "1");
    EXPECT_EQ(lines.find("abc"), "2");
    EXPECT_EQ(lines.find("b"), "");
    EXPECT_EQ(lines.find("d"), "4");
    for (const char* key : {"a", "abb", "abcd", "c", "e", ""}) EXPECT_TRUE(lines.find(key).empty()) << key;
    EXPECT_EQ(lines.from("c"), "d\t4\n");
    EXPECT_EQ(lines.from("e"), "");
    constexpr SortedLines none{""};
    EXPECT_TRUE(none.find("a").empty());
}

} // namespace
} // namespace lunette::wezterm
