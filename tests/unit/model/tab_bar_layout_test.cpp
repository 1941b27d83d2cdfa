#include "model/tab_bar_layout.h"

#include <gtest/gtest.h>

namespace lunette::model {

namespace {

TabBarOptions retro() {
    TabBarOptions options;
    options.fancy = false;
    return options;
}

TabBarInput tabs(std::initializer_list<const char*> titles, int cap = 16) {
    TabBarInput input;
    for (const char* title : titles) input.tabs.push_back({StyledText{title}, false, false});
    input.width_cap = cap;
    return input;
}

std::string drawn(const TabBarInput& input, int columns, const TabBarOptions& options) {
    const TabBarLayout layout = layout_tab_bar(input, columns, options, TabBarColors::standard());
    EXPECT_EQ(layout.row.width(), columns);
    return layout.row.plain();
}

} // namespace

TEST(TabBarLayout, TheFirstPassHasTheConfiguredWidth) {
    TabBarOptions options;
    options.tab_max_width = 33;
    EXPECT_EQ(pass_one_max_width(options), 33);
}

TEST(TabBarLayout, TitlesThatFitKeepTheirWidthUpToTheConfiguredOne) {
    const std::vector<int> widths{6, 20};
    EXPECT_EQ(pass_two_max_widths(widths, 80, retro()), (std::vector<int>{6, 16}));
}

TEST(TabBarLayout, TitlesThatDoNotFitShareTheRowEqually) {
    const std::vector<int> widths(10, 16);
    // 80 columns, 9 between tabs, 3 for the button: 68 for 10.
    EXPECT_EQ(tab_width_cap(widths, 80, retro()), 6);
    TabBarOptions no_button = retro();
    no_button.show_new_tab_button = false;
    EXPECT_EQ(tab_width_cap(widths, 80, no_button), 7);
}

TEST(TabBarLayout, TheFancyBarCapsByTheOptionOnly) {
    const std::vector<int> widths(10, 40);
    EXPECT_EQ(tab_width_cap(widths, 80, TabBarOptions{}), 16);
}

TEST(TabBarLayout, NoRoomAtAllIsNoWidth) {
    const std::vector<int> widths(50, 5);
    EXPECT_EQ(tab_width_cap(widths, 10, retro()), 0);
    EXPECT_EQ(tab_width_cap({}, 80, retro()), 16);
}

TEST(TabBarLayout, RetroPutsTabsSideBySideAndCutsThem) {
    EXPECT_EQ(drawn(tabs({" 1: a ", " 2: long "}, 7), 20, retro()), " 1: a  2: lon +     ");
}

TEST(TabBarLayout, StatusesStandAtTheEnds) {
    TabBarInput input = tabs({" a "});
    input.left_status = StyledText{"L "};
    input.right_status = StyledText{" right"};
    EXPECT_EQ(drawn(input, 20, retro()), "L  a  +        right");
    // The right one loses its left end, the left one nothing.
    EXPECT_EQ(drawn(input, 12, retro()), "L  a  + ight");
    EXPECT_EQ(drawn(input, 4, retro()), "L  a");
    EXPECT_EQ(drawn(input, 1, retro()), "L");
    EXPECT_EQ(drawn(input, 0, retro()), "");
}

TEST(TabBarLayout, HiddenPartsTakeNoRoom) {
    TabBarOptions options = retro();
    options.show_tabs = false;
    EXPECT_EQ(drawn(tabs({" a "}), 6, options), " +    ");
    options.show_new_tab_button = false;
    EXPECT_EQ(drawn(tabs({" a "}), 6, options), "      ");
}

TEST(TabBarLayout, AreasSayWhatIsUnderTheMouse) {
    TabBarInput input = tabs({" a ", " b "});
    input.right_status = StyledText{"st"};
    const TabBarLayout layout = layout_tab_bar(input, 14, retro(), TabBarColors::standard());
    ASSERT_TRUE(layout.at(0));
    EXPECT_EQ(*layout.at(2), (TabBarArea{TabBarArea::Kind::tab, 0, 0, 3}));
    EXPECT_EQ(*layout.at(3), (TabBarArea{TabBarArea::Kind::tab, 1, 3, 3}));
    EXPECT_EQ(layout.at(6)->kind, TabBarArea::Kind::new_tab);
    EXPECT_EQ(layout.at(9), nullptr);
    EXPECT_EQ(layout.at(12)->kind, TabBarArea::Kind::right_status);
    EXPECT_EQ(layout.at(14), nullptr);
    EXPECT_EQ(layout.at(-1), nullptr);
}

TEST(TabBarLayout, FancyTabsHaveRoomEdgesAndCloseButtons) {
    const TabBarInput input = tabs({"1: a", "2: b"});
    EXPECT_EQ(drawn(input, 30, TabBarOptions{}), " 1: a × ▕ 2: b ×  +           ");
    const TabBarLayout layout = layout_tab_bar(input, 30, TabBarOptions{}, TabBarColors::standard());
    EXPECT_EQ(layout.at(6)->kind, TabBarArea::Kind::close_tab);
    EXPECT_EQ(layout.at(6)->tab, 0);
    EXPECT_EQ(layout.at(8), nullptr) << "the edge";
    EXPECT_EQ(layout.at(10)->tab, 1);
    TabBarOptions plain;
    plain.show_close_tab_button = false;
    EXPECT_EQ(drawn(input, 20, plain), " 1: a ▕ 2: b  +     ");
}

TEST(TabBarLayout, FancyTabsShrinkEquallyAndSaySo) {
    TabBarOptions options;
    options.show_close_tab_button = false;
    options.show_new_tab_button = false;
    // 7 for two titles: the short one keeps its two, the long one gets five.
    EXPECT_EQ(drawn(tabs({"ab", "abcdefgh"}), 12, options), " ab ▕ abcd… ");
    EXPECT_EQ(drawn(tabs({"abcdefgh", "abcdefgh"}), 12, options), " ab… ▕ ab…  ");
    EXPECT_EQ(drawn(tabs({"abcdefgh", "abcdefgh"}), 3, options), "  ▕");
}

TEST(TabBarLayout, WideCharactersAreNotCutInTwo) {
    EXPECT_EQ(drawn(tabs({"日本語"}, 5), 8, retro()), "日本 +  ");
}

TEST(TabBarLayout, StylesLieOverThoseOfTheirArea) {
    TabBarColors colors = TabBarColors::standard();
    TabBarInput input = tabs({"a", "b", "c"});
    input.tabs[0].active = true;
    input.tabs[0].hover = true; // does not matter
    input.tabs[1].hover = true;
    TextStyle red;
    red.foreground = TextColor::indexed(1);
    StyledText title;
    title.append("c", red);
    input.tabs[2].title = title;
    TabBarOptions options = retro();
    options.show_new_tab_button = false;
    const TabBarLayout layout = layout_tab_bar(input, 3, options, colors);
    const auto& runs = layout.row.runs();
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(runs[0].style, colors.active_tab);
    EXPECT_EQ(runs[1].style, colors.inactive_tab_hover);
    EXPECT_EQ(runs[2].style.foreground, TextColor::indexed(1));
    EXPECT_EQ(runs[2].style.background, colors.inactive_tab.background);
}

TEST(TabBarLayout, AFancyTabTakesTheColoursItsTitleBeginsWith) {
    TextStyle blue;
    blue.background = TextColor::indexed(4);
    TabBarInput input = tabs({""});
    input.tabs[0].title.append("x", blue);
    const TabBarLayout layout = layout_tab_bar(input, 10, TabBarOptions{}, TabBarColors::standard());
    EXPECT_EQ(layout.row.runs()[0].style.background, TextColor::indexed(4));
    EXPECT_EQ(layout.row.runs()[0].text, " x × ");
}

TEST(TabBarLayout, TheRetroButtonHasTheTextOfItsStyle) {
    const Value style = Value::map({{"new_tab", "\x1b[31m[+]\x1b[0m"}, {"new_tab_hover", "[++]"}});
    const auto options = [&style](bool fancy) {
        return TabBarOptions::from_options(
            Value::map({{"use_fancy_tab_bar", fancy}, {"tab_bar_style", style}}));
    };
    TabBarInput input = tabs({"a"});
    EXPECT_EQ(drawn(input, 8, options(false)), "a[+]    ");
    EXPECT_EQ(options(false).new_tab.runs().front().style.foreground, TextColor::indexed(1));
    input.new_tab_hover = true;
    EXPECT_EQ(drawn(input, 8, options(false)), "a[++]   ");
    EXPECT_EQ(options(true).new_tab.plain(), " + ") << "a shape in WezTerm";
}

TEST(TabBarLayout, OptionsOfAWrongKindAreTheDefaults) {
    const TabBarOptions options = TabBarOptions::from_options(
        Value::map({{"tab_max_width", "wide"}, {"use_fancy_tab_bar", false}, {"show_tabs_in_tab_bar", 1}}));
    EXPECT_EQ(options.tab_max_width, 16);
    EXPECT_FALSE(options.fancy);
    EXPECT_TRUE(options.show_tabs);
    EXPECT_EQ(TabBarOptions::from_options(Value::map({{"tab_max_width", -5}})).tab_max_width, 0);
}

} // namespace lunette::model
