#include "mux/mux_fixture.h"

namespace lunette::mux {

namespace {

class ActionsTest : public MuxTest {
protected:
    ActionsTest() { first = window(); }
    Reply perform(const Value& action) {
        const auto parsed = model::KeyAssignment::parse(action);
        EXPECT_TRUE(parsed) << parsed.error();
        if (!parsed) return tl::unexpected{parsed.error()};
        return mux.apply(model::PerformAction{first.window, 0, *parsed});
    }
    static Value action(std::string_view name, Value argument) {
        return Value::map({{name, std::move(argument)}});
    }
    std::int64_t active_index() { return mux.snapshot()->windows.at(0).active_tab->tab_index; }
    const model::TabInfo& active_tab() {
        last = mux.snapshot();
        return *last->active_window->active_tab;
    }

    model::Spawned first;
    Ref<model::AppInfo> last;
};

} // namespace

TEST_F(ActionsTest, ActivateTabCountsFromBothEnds) {
    tab(first.window);
    tab(first.window);
    perform(action("ActivateTab", 0));
    EXPECT_EQ(active_index(), 0);
    perform(action("ActivateTab", -1));
    EXPECT_EQ(active_index(), 2);
    perform(action("ActivateTab", 7));
    EXPECT_EQ(active_index(), 2);
    perform(action("ActivateTab", -9));
    EXPECT_EQ(active_index(), 2);
    perform(action("ActivateTabRelative", 1));
    EXPECT_EQ(active_index(), 0);
    perform(action("ActivateTabRelative", -4));
    EXPECT_EQ(active_index(), 2);
    perform(action("ActivateTabRelativeNoWrap", 5));
    EXPECT_EQ(active_index(), 2);
    perform("ActivateLastTab");
    EXPECT_EQ(active_index(), 0);
}

TEST_F(ActionsTest, TabsMove) {
    const model::Spawned second = tab(first.window);
    const model::Spawned third = tab(first.window);
    perform(action("MoveTab", 0));
    const auto order = [&] {
        std::vector<Id> ids;
        const auto& tabs = mux.snapshot()->windows.at(0).tabs;
        for (std::size_t i = 0; i < tabs.size(); ++i) ids.push_back(tabs[i].id());
        return ids;
    };
    EXPECT_EQ(order(), (std::vector<Id>{third.tab, first.tab, second.tab}));
    perform(action("MoveTabRelative", 1));
    EXPECT_EQ(order(), (std::vector<Id>{first.tab, third.tab, second.tab}));
    perform(action("MoveTabRelative", 99));
    EXPECT_EQ(order(), (std::vector<Id>{first.tab, second.tab, third.tab}));
    EXPECT_EQ(active_tab().tab_index, 2);
}

TEST_F(ActionsTest, SplitPaneTakesSizeAndDirection) {
    configure({{"default_prog", Value::list({"/bin/cat"})}});
    ASSERT_TRUE(perform(
        action("SplitPane", Value::map({{"direction", "Left"}, {"size", Value::map({{"Cells", 20}})}}))));
    const model::TabInfo& now = active_tab();
    ASSERT_EQ(now.panes.size(), 2u);
    EXPECT_EQ(now.panes.at(0).width, 20);
    EXPECT_TRUE(now.panes.at(0).is_active);
    ASSERT_TRUE(perform(action("SplitVertical", Value::list({}))));
    EXPECT_EQ(active_tab().panes.size(), 3u);
    ASSERT_TRUE(perform(action("AdjustPaneSize", Value::list({"Up", 3}))));
    EXPECT_FALSE(perform(action("AdjustPaneSize", Value::list({"Sideways", 3}))));
    perform(action("ActivatePaneByIndex", 0));
    EXPECT_TRUE(active_tab().panes.at(0).is_active);
    perform("TogglePaneZoomState");
    EXPECT_TRUE(active_tab().is_zoomed);
    perform(action("SetPaneZoomState", false));
    EXPECT_FALSE(active_tab().is_zoomed);
}

TEST_F(ActionsTest, RotationKeepsTheFocusOnItsPlace) {
    const Id second = split(first.pane, model::Direction::right);
    const Id third = split(second, model::Direction::right);
    perform(action("RotatePanes", "Clockwise"));
    const model::TabInfo& now = active_tab();
    EXPECT_EQ(now.panes[0].id(), third);
    EXPECT_EQ(now.panes[1].id(), first.pane);
    EXPECT_EQ(now.panes[2].id(), second);
    EXPECT_TRUE(now.panes.at(2).is_active);
    perform(action("RotatePanes", "CounterClockwise"));
    EXPECT_EQ(active_tab().panes[0].id(), first.pane);
}

TEST_F(ActionsTest, ScrollingStopsAtTheEnds) {
    std::string lines;
    for (int i = 0; i < 100; ++i) lines += std::to_string(i) + "\r\n";
    mux.apply(model::InjectOutput{first.pane, lines});
    Pane& pane = *mux.pane(first.pane);
    EXPECT_FALSE(pane.viewport_top());
    perform(action("ScrollByLine", -3));
    EXPECT_EQ(pane.viewport_top(), pane.physical_top() - 3);
    perform(action("ScrollByPage", -0.5));
    EXPECT_EQ(pane.viewport_top(), pane.physical_top() - 14);
    perform(action("ScrollByPage", -100));
    EXPECT_EQ(pane.viewport_top(), pane.scrollback_top());
    perform("ScrollToBottom");
    EXPECT_FALSE(pane.viewport_top());
    perform("ScrollToTop");
    EXPECT_EQ(pane.viewport_top(), 0);
    mux.apply(model::SendText{first.pane, "x"});
    EXPECT_FALSE(pane.viewport_top()) << "typing goes back to the bottom";
}

TEST_F(ActionsTest, ScrollToPromptCountsFromWhatIsShown) {
    std::string output;
    for (int prompt = 0; prompt < 3; ++prompt) {
        output += "\x1b]133;A\x1b\\$ ls\r\n";
        for (int line = 0; line < 40; ++line) output += "file\r\n";
    }
    mux.apply(model::InjectOutput{first.pane, output});
    const Pane& pane = *mux.pane(first.pane);
    perform(action("ScrollToPrompt", -1));
    EXPECT_EQ(pane.viewport_top(), 82);
    perform(action("ScrollToPrompt", -2));
    EXPECT_EQ(pane.viewport_top(), 0);
    perform(action("ScrollToPrompt", -1));
    EXPECT_EQ(pane.viewport_top(), 0) << "there is none above";
    perform(action("ScrollToPrompt", 1));
    EXPECT_EQ(pane.viewport_top(), 41);
}

TEST_F(ActionsTest, ClearScrollbackKeepsTheLineOfThePrompt) {
    mux.apply(model::InjectOutput{first.pane, "one\r\ntwo\r\n$ prompt"});
    perform(action("ClearScrollback", "ScrollbackAndViewport"));
    EXPECT_EQ(text(first.pane), "$ prompt");
    EXPECT_EQ(mux.pane(first.pane)->terminal().cursor().y, 0);
    EXPECT_EQ(mux.pane(first.pane)->terminal().scrollback_size(), 0u);
}

TEST_F(ActionsTest, CopyToTakesTheSelection) {
    mux.apply(model::InjectOutput{first.pane, "some text"});
    perform(action("CopyTo", "Clipboard"));
    turn();
    EXPECT_TRUE(seen<ClipboardWrite>().empty());
    mux.pane(first.pane)->set_selection(model::Selection{{5, 0}, {8, 0}, false});
    perform(action("CopyTo", "PrimarySelection"));
    turn();
    ASSERT_EQ(seen<ClipboardWrite>().size(), 1u);
    EXPECT_EQ(seen<ClipboardWrite>()[0].text, "text");
    EXPECT_EQ(seen<ClipboardWrite>()[0].selections, "p");
    perform("ClearSelection");
    EXPECT_FALSE(mux.pane(first.pane)->selection());
}

TEST_F(ActionsTest, WorkspacesAreMadeByGoingThere) {
    configure({{"default_prog", Value::list({"/bin/cat"})}});
    perform(action("SwitchToWorkspace", Value::map({{"name", "new"}})));
    EXPECT_EQ(mux.snapshot()->active_workspace, "new");
    perform(action("SwitchToWorkspace", Value::map({{"name", "default"}})));
    EXPECT_EQ(mux.snapshot()->active_window.id(), first.window);
    EXPECT_EQ(mux.snapshot()->windows.size(), 2u);
    perform(action("SwitchWorkspaceRelative", 1));
    EXPECT_EQ(mux.snapshot()->active_workspace, "new");
    perform(action("SwitchToWorkspace", Value::map({})));
    EXPECT_EQ(mux.snapshot()->workspaces.size(), 3u);
}

TEST_F(ActionsTest, WindowsOfAWorkspaceAreShownInTurn) {
    configure({{"default_prog", Value::list({"/bin/cat"})}});
    perform("SpawnWindow");
    const Id second = mux.snapshot()->active_window.id();
    EXPECT_NE(second, first.window);
    perform(action("ActivateWindow", 0));
    EXPECT_EQ(mux.snapshot()->active_window.id(), first.window);
    perform(action("ActivateWindowRelative", -1));
    EXPECT_EQ(mux.snapshot()->active_window.id(), second);
    perform(action("ActivateWindow", 9));
    EXPECT_EQ(mux.snapshot()->active_window.id(), second);
}

TEST_F(ActionsTest, WhatBelongsToTheInterfaceIsNotHandled) {
    EXPECT_FALSE(mux.perform(first.window, 0, {"ActivateCopyMode", {}}));
    EXPECT_FALSE(perform("ActivateCommandPalette"));
    EXPECT_TRUE(perform("Nop"));
    EXPECT_FALSE(*mux.perform(first.window, 12345678, {"Nop", {}})) << "no such pane";
}

} // namespace lunette::mux
