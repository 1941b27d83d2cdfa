#include "model/tab_bar_content.h"
#include "model/titles.h"

#include <gtest/gtest.h>

namespace lunette::model {

namespace {

TabInfo tab_with(std::string pane_title, Value progress = "None") {
    PaneInfo pane;
    pane.title = std::move(pane_title);
    pane.progress = std::move(progress);
    TabInfo tab;
    tab.tab_index = 2;
    tab.active_pane = pane_schema().make(std::move(pane));
    return tab;
}

TabBarOptions retro() {
    TabBarOptions options;
    options.fancy = false;
    return options;
}

} // namespace

TEST(Titles, ATabIsNumberedAndNamedAfterItsPane) {
    EXPECT_EQ(default_tab_title(tab_with("zsh"), retro()).plain(), " 3: zsh ");
    EXPECT_EQ(default_tab_title(tab_with("zsh"), TabBarOptions{}).plain(), "3: zsh");
    TabBarOptions zero = retro();
    zero.zero_based = true;
    EXPECT_EQ(default_tab_title(tab_with("zsh"), zero).plain(), " 2: zsh ");
}

TEST(Titles, WithoutTheNumberThereAreNoSpacesButAWidth) {
    TabBarOptions options = retro();
    options.show_index = false;
    EXPECT_EQ(default_tab_title(tab_with("zsh"), options).plain(), "zsh  ");
    EXPECT_EQ(default_tab_title(tab_with("longer"), options).plain(), "longer");
}

TEST(Titles, ATitleOfItsOwnWins) {
    TabInfo tab = tab_with("zsh");
    tab.tab_title = "mine";
    EXPECT_EQ(default_tab_title(tab, TabBarOptions{}).plain(), "3: mine");
}

TEST(Titles, WhatWasNotSeenIsMarked) {
    TabInfo tab = tab_with("zsh");
    PaneInfo other;
    other.has_unseen_output = true;
    tab.all_panes = List<PaneInfo>{{tab.active_pane, pane_schema().make(other)}};
    EXPECT_EQ(default_tab_title(tab, retro()).plain(), " 3: zsh ● ");
    other.has_unseen_bell = true;
    tab.all_panes = List<PaneInfo>{{tab.active_pane, pane_schema().make(other)}};
    EXPECT_EQ(default_tab_title(tab, retro()).plain(), " 3: zsh ! ");
    tab.is_active = true;
    EXPECT_EQ(default_tab_title(tab, retro()).plain(), " 3: zsh ");
}

TEST(Titles, ATabWithoutPaneSaysSo) { EXPECT_EQ(default_tab_title(TabInfo{}, retro()).plain(), " no pane "); }

TEST(Titles, ProgressStandsBetweenNumberAndTitle) {
    const StyledText half =
        default_tab_title(tab_with("x", Value::map({{"Percentage", 50}})), TabBarOptions{});
    EXPECT_EQ(half.plain(), "3: ◑ x");
    EXPECT_EQ(half.runs()[1].style.foreground, TextColor::indexed(2));
    const StyledText failed = default_tab_title(tab_with("x", Value::map({{"Error", 500}})), TabBarOptions{});
    EXPECT_EQ(failed.plain(), "3: ● x");
    EXPECT_EQ(failed.runs()[1].style.foreground, TextColor::indexed(1));
    EXPECT_EQ(default_tab_title(tab_with("x", "Indeterminate"), TabBarOptions{}).plain(), "3: x");
}

TEST(Titles, TheWindowSaysZoomAndNumber) {
    WindowInfo window;
    EXPECT_EQ(default_window_title(window), "");
    PaneInfo pane;
    pane.title = "vim";
    pane.is_zoomed = true;
    window.active_pane = pane_schema().make(pane);
    TabInfo tab;
    tab.active_pane = window.active_pane;
    tab.tab_index = 1;
    window.active_tab = tab_schema().make(tab);
    window.tabs = List<TabInfo>{{window.active_tab}};
    EXPECT_EQ(default_window_title(window), "[Z] vim");
    window.tabs = List<TabInfo>{{tab_schema().make(TabInfo{}), window.active_tab}};
    EXPECT_EQ(default_window_title(window), "[Z] [2/2] vim");
}

TEST(TabBarContent, IsEqualExactlyWhenAllOfItIs) {
    TabBarContent content;
    content.tabs.push_back({7, StyledText{"a"}, StyledText{"b"}});
    content.columns = 80;
    const Value first{make_tab_bar_content(1, content)};
    EXPECT_EQ(first, Value{make_tab_bar_content(1, content)});
    TabBarContent other = content;
    other.tabs[0].hovered = StyledText{"c"};
    EXPECT_FALSE(first == Value{make_tab_bar_content(1, other)});
    other = content;
    TextStyle bold;
    bold.set = TextStyle::sets_intensity;
    other.tabs[0].title = {};
    other.tabs[0].title.append("a", bold);
    EXPECT_FALSE(first == Value{make_tab_bar_content(1, other)});
    other = content;
    other.width_cap = 4;
    EXPECT_FALSE(first == Value{make_tab_bar_content(1, other)});
}

} // namespace lunette::model
