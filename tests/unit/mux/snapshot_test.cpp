#include "mux/mux_fixture.h"

#include <algorithm>

namespace lunette::mux {

TEST_F(MuxTest, EqualDataAreTheSameSnapshot) {
    const model::Spawned first = window();
    tab(first.window);
    const Ref<model::AppInfo> before = mux.snapshot();
    EXPECT_EQ(mux.snapshot(), before);
    // Commands that change nothing.
    mux.apply(model::SetRightStatus{first.window, ""});
    mux.apply(model::SetTabTitle{first.tab, ""});
    mux.apply(model::SetWindowTitle{first.window, ""});
    mux.apply(model::ActivateTab{mux.snapshot()->active_window->active_tab.id()});
    mux.apply(model::SetConfigOverrides{first.window, Value::map({})});
    mux.apply(model::MoveTab{first.tab, 0});
    mux.apply(model::AdjustPaneSize{first.pane, model::Direction::left, 5});
    mux.set_ui_state(first.window, {});
    EXPECT_EQ(mux.snapshot(), before);
}

TEST_F(MuxTest, WhatDidNotChangeIsShared) {
    const model::Spawned first = window();
    const model::Spawned second = tab(first.window);
    window(cat(), "other");
    const Ref<model::AppInfo> before = mux.snapshot();
    const std::size_t made = mux.records_made();
    mux.apply(model::InjectOutput{second.pane, "\x1b]2;new title\x07"});
    const Ref<model::AppInfo> after = mux.snapshot();
    EXPECT_EQ(mux.records_made() - made, 4u) << "the pane, its tab, its window, the root";
    EXPECT_EQ(after->windows[1], before->windows[1]);
    EXPECT_EQ(after->windows.at(0).tabs[0], before->windows.at(0).tabs[0]);
    EXPECT_FALSE(after->windows.at(0).tabs[1] == before->windows.at(0).tabs[1]);
    EXPECT_EQ(after->windows.at(0).tabs[1].id(), second.tab);
    EXPECT_EQ(after->domains, before->domains);
}

TEST_F(MuxTest, CostDoesNotGrowWithTheTabs) {
    const model::Spawned first = window();
    for (int i = 0; i < 20; ++i) tab(first.window);
    mux.snapshot();
    const std::size_t made = mux.records_made();
    mux.apply(model::SetTabTitle{first.tab, "x"});
    mux.snapshot();
    EXPECT_EQ(mux.records_made() - made, 3u);
}

TEST_F(MuxTest, SwitchingTabsChangesThoseThatSwitch) {
    const model::Spawned first = window();
    const model::Spawned second = tab(first.window);
    const model::Spawned third = tab(first.window);
    mux.apply(model::ActivateTab{first.tab});
    const Ref<model::AppInfo> before = mux.snapshot();
    EXPECT_TRUE(before->windows.at(0).tabs.at(2).is_last_active);
    mux.apply(model::ActivateTab{second.tab});
    const auto& tabs = mux.snapshot()->windows.at(0).tabs;
    EXPECT_TRUE(tabs.at(0).is_last_active);
    EXPECT_FALSE(tabs.at(0).is_active);
    EXPECT_TRUE(tabs.at(1).is_active);
    EXPECT_FALSE(tabs.at(2).is_last_active);
    EXPECT_EQ(tabs.at(2).tab_id, mux.snapshot()->windows.at(0).tabs.at(2).tab_id);
    (void)third;
}

TEST_F(MuxTest, OutputThatNobodyReadsChangesOnlyItsOwnFields) {
    const Id pane = window().pane;
    const RecordRef before = mux.snapshot().record();
    mux.apply(model::InjectOutput{pane, "text"});
    const RecordRef after = mux.snapshot().record();
    std::vector<Change> changes;
    diff(before, after, changes);
    std::vector<std::string> fields;
    for (const Change& change : changes)
        if (change.record == pane) fields.push_back(model::pane_schema().erased().field(change.field).name);
    std::sort(fields.begin(), fields.end());
    EXPECT_EQ(fields, (std::vector<std::string>{"content_sequence", "cursor_x", "has_unseen_output"}));
    for (const Change& change : changes) EXPECT_EQ(change.record, pane);
}

TEST_F(MuxTest, AWindowTitleReachesItsTabs) {
    const model::Spawned first = window();
    tab(first.window);
    mux.apply(model::SetWindowTitle{first.window, "work"});
    const auto& tabs = mux.snapshot()->windows.at(0).tabs;
    EXPECT_EQ(tabs.at(0).window_title, "work");
    EXPECT_EQ(tabs.at(1).window_title, "work");
}

TEST_F(MuxTest, ConfigOverridesToggleOncePerCommand) {
    const model::Spawned first = window();
    const Value on = Value::map({{"enable_tab_bar", false}});
    mux.apply(model::SetConfigOverrides{first.window, on});
    EXPECT_EQ(mux.snapshot()->windows.at(0).config_overrides, on);
    mux.apply(model::SetConfigOverrides{first.window, on});
    mux.apply(model::SetConfigOverrides{first.window, {}});
    EXPECT_TRUE(mux.snapshot()->windows.at(0).config_overrides.is_nil());
    turn();
    EXPECT_EQ(seen<ConfigOverridesChanged>().size(), 2u);
    mux.set_window_config(first.window, model::config_schema().make({2, on, {}, {}, {}}));
    EXPECT_FALSE(mux.snapshot()->windows.at(0).tab_bar_visible);
    EXPECT_EQ(info(first.pane)->height, 24);
    mux.set_window_config(first.window, {});
    EXPECT_EQ(info(first.pane)->height, 23);
}

TEST_F(MuxTest, HoverIsAFieldOfTheWindow) {
    const model::Spawned first = window();
    const Ref<model::AppInfo> before = mux.snapshot();
    Mux::UiState state;
    state.hovered_tab = before->windows.at(0).tabs.at(0).tab_id;
    mux.set_ui_state(first.window, state);
    const Ref<model::AppInfo> over = mux.snapshot();
    EXPECT_EQ(over->windows.at(0).hovered_tab, 0);
    EXPECT_EQ(over->windows.at(0).tabs, before->windows.at(0).tabs);
    mux.set_ui_state(first.window, state);
    EXPECT_EQ(mux.snapshot(), over);
}

} // namespace lunette::mux
