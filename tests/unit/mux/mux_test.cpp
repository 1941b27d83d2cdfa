#include "model/width.h"
#include "mux/mux_fixture.h"

#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace lunette::mux {

using model::Direction;

TEST_F(MuxTest, StartsEmpty) {
    const Ref<model::AppInfo> app = mux.snapshot();
    EXPECT_EQ(app->windows.size(), 0u);
    EXPECT_FALSE(app->active_window);
    EXPECT_EQ(app->active_workspace, "default");
    ASSERT_EQ(app->domains.size(), 1u);
    EXPECT_EQ(app->domains.at(0).name, "local");
    EXPECT_FALSE(app->domains.at(0).has_any_panes);
}

TEST_F(MuxTest, SemanticZonesAreAnswered) {
    const Id pane = window().pane;
    mux.pane(pane)->inject("\x1B]133;A\x07$ \x1B]133;B\x07ls");
    const Reply zones = mux.answer(model::SemanticZones{pane, {}});
    ASSERT_TRUE(zones);
    ASSERT_EQ(zones->items().size(), 2U);
    EXPECT_EQ(zones->items()[1]["semantic_type"].text(), "Input");
    EXPECT_EQ(zones->items()[1]["start_x"].integer_or(-1), 2);
    EXPECT_EQ(zones->items()[1]["end_x"].integer_or(-1), 3);
    const Reply prompts = mux.answer(model::SemanticZones{pane, "Prompt"});
    ASSERT_TRUE(prompts);
    EXPECT_EQ(prompts->items().size(), 1U);
    EXPECT_FALSE(mux.answer(model::SemanticZones{pane, "prompt"}));
    const Reply at = mux.answer(model::SemanticZoneAt{pane, 3, 0});
    ASSERT_TRUE(at);
    EXPECT_EQ((*at)["semantic_type"].text(), "Input");
    const Reply nowhere = mux.answer(model::SemanticZoneAt{pane, 9, 0});
    ASSERT_TRUE(nowhere);
    EXPECT_EQ(nowhere->kind(), Kind::nil);
}

TEST_F(MuxTest, OptionsChooseTheWidths) {
    configure({{"treat_east_asian_ambiguous_width_as_wide", true}, {"unicode_version", 9}});
    EXPECT_EQ(model::text_width("±"), 2);
    EXPECT_EQ(model::text_width("⚠\uFE0F"), 1);
    const Id pane = window().pane;
    mux.pane(pane)->inject("±");
    EXPECT_EQ(mux.pane(pane)->terminal().cursor().x, 2);
    configure({});
    EXPECT_EQ(model::text_width("±⚠\uFE0F"), 3);
}

TEST_F(MuxTest, TheUserChoosesTheCursorUntilAProgramDoes) {
    const Id pane = window().pane;
    const auto cursor = [&] { return mux.pane(pane)->terminal().cursor(); };
    EXPECT_EQ(cursor().shape, terminal::CursorShape::default_);
    configure({{"default_cursor_style", "BlinkingBar"}});
    EXPECT_EQ(cursor().shape, terminal::CursorShape::bar);
    EXPECT_TRUE(cursor().blinking);
    mux.pane(pane)->inject("\x1B[3 q");
    EXPECT_EQ(cursor().shape, terminal::CursorShape::underline);
    EXPECT_TRUE(cursor().blinking);
    configure({{"default_cursor_style", "BlinkingBar"}, {"cursor_blink_rate", 0}});
    EXPECT_FALSE(cursor().blinking);
    mux.pane(pane)->inject("\x1B[0 q");
    EXPECT_EQ(cursor().shape, terminal::CursorShape::bar);
    EXPECT_FALSE(cursor().blinking);
}

TEST_F(MuxTest, InputShowsTheNewestRowsUnlessTheUserSaysNo) {
    const Id pane = window().pane;
    for (int i = 0; i < 100; ++i) mux.pane(pane)->inject("line\r\n");
    mux.pane(pane)->scroll_to(3);
    configure({{"scroll_to_bottom_on_input", false}});
    mux.send_bytes(pane, "x");
    EXPECT_TRUE(mux.pane(pane)->viewport_top());
    configure({});
    mux.send_bytes(pane, "x");
    EXPECT_FALSE(mux.pane(pane)->viewport_top());
}

TEST_F(MuxTest, SwapsBackspaceAndDelete) {
    configure({{"swap_backspace_and_delete", true}});
    const Id pane = window(script("stty raw -echo; printf ready; head -c 5 | od -An -c; sleep 60")).pane;
    const auto text = [&] { return mux.pane(pane)->terminal().last_lines(5); };
    ASSERT_TRUE(run_until([&] { return text().find("ready") != std::string::npos; }));
    mux.send_key(pane, model::named_key(model::Key::backspace));
    mux.send_key(pane, model::named_key(model::Key::delete_));
    EXPECT_TRUE(run_until([&] { return text().find("033   [   3   ~ 177") != std::string::npos; })) << text();
}

TEST_F(MuxTest, AWindowHasATabWithAPane) {
    const model::Spawned spawned = window();
    const Ref<model::AppInfo> app = mux.snapshot();
    ASSERT_TRUE(app->active_window);
    EXPECT_EQ(app->active_window.id(), spawned.window);
    EXPECT_EQ(app->active_window->active_tab.id(), spawned.tab);
    EXPECT_EQ(app->active_window->active_pane.id(), spawned.pane);
    const model::PaneInfo& pane = *app->active_window->active_pane;
    EXPECT_EQ(pane.width, 80);
    EXPECT_EQ(pane.height, 23); // a row for the tab bar
    EXPECT_TRUE(pane.is_active);
    EXPECT_GT(pane.pid, 0);
    ASSERT_TRUE(pane.tty_name);
    EXPECT_EQ(pane.tty_name->substr(0, 5), "/dev/");
    EXPECT_TRUE(app->domains.at(0).has_any_panes);
}

TEST_F(MuxTest, ProgramsHearOfAnotherSizeOfCells) {
    const Id pane = window().pane;
    attach(80, 24);
    const auto pixels = [&] {
        winsize size{};
        ::ioctl(mux.pane(pane)->fd(), TIOCGWINSZ, &size);
        return std::pair{static_cast<int>(size.ws_xpixel), static_cast<int>(size.ws_ypixel)};
    };
    EXPECT_EQ(pixels(), (std::pair{80 * 8, 23 * 16}));
    attach(80, 24, {10, 20});
    EXPECT_EQ(pixels(), (std::pair{80 * 10, 23 * 20}));
}

TEST_F(MuxTest, InputReachesTheProgramAndItsOutputTheScreen) {
    const Id pane = window().pane;
    ASSERT_TRUE(mux.apply(model::SendText{pane, "hello\r"}));
    // Once from the tty's echo, once from cat.
    EXPECT_TRUE(run_until_text(pane, "hello\nhello"));
}

TEST_F(MuxTest, MoreThanATtyTakesAtOnceArrivesInOrder) {
    const Id pane = window(script("stty raw -echo; echo ready; head -c 300000 | cksum; exec cat")).pane;
    ASSERT_TRUE(run_until_text(pane, "ready"));
    std::string bytes;
    for (int i = 0; bytes.size() < 300000; ++i) bytes += std::to_string(i) + ' ';
    bytes.resize(300000);
    char path[] = "/tmp/lunette-mux-test-XXXXXX";
    const int file = ::mkstemp(path);
    ASSERT_GE(file, 0);
    ASSERT_EQ(::write(file, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    ::close(file);
    const Id control =
        tab(info(pane)->window_record, script("cksum < " + std::string{path} + "; exec cat")).pane;
    ASSERT_TRUE(mux.apply(model::SendText{pane, bytes}));
    EXPECT_TRUE(mux.pane(pane)->wants_write());
    ASSERT_TRUE(run_until_text(control, " 300000"));
    ::unlink(path);
    const std::string sum = text(control).substr(0, text(control).find(" 300000"));
    EXPECT_TRUE(run_until_text(pane, sum + " 300000"));
    EXPECT_FALSE(mux.pane(pane)->wants_write());
}

TEST_F(MuxTest, AProgramThatDoesNotReadIsBoundedAndReported) {
    const Id pane = window(script("stty raw -echo; echo ready; exec sleep 1000")).pane;
    ASSERT_TRUE(run_until_text(pane, "ready"));
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(mux.apply(model::SendText{pane, std::string(100'000, 'x')}));
    turn();
    EXPECT_FALSE(seen<Notification>().empty());
    EXPECT_TRUE(mux.pane(pane)->wants_write());
    EXPECT_FALSE(mux.apply(model::SendPaste{pane, std::string(70U << 20, 'y')}));
}

TEST_F(MuxTest, BudgetBoundsWhatIsParsed) {
    const Id pane = window(script("stty raw -echo; yes")).pane;
    ASSERT_TRUE(run_until_text(pane, "y"));
    std::size_t budget = 10;
    Pane::ReadResult result;
    ASSERT_TRUE(run_until([&] {
        budget = 10;
        result = mux.on_readable(pane, budget);
        return result.bytes >= 10;
    }));
    EXPECT_LE(result.bytes, 10u + (64U << 10)) << "one read";
    EXPECT_EQ(budget, 0u);
    EXPECT_TRUE(result.more);
    budget = 0;
    result = mux.on_readable(pane, budget);
    EXPECT_EQ(result.bytes, 0u);
    EXPECT_TRUE(result.more);
}

TEST_F(MuxTest, TheLastPaneClosesTabAndWindow) {
    const model::Spawned spawned = window();
    ASSERT_TRUE(mux.apply(model::SendText{spawned.pane, "\x04"})); // end of file
    ASSERT_TRUE(run_until([&] { return !seen<Emptied>().empty(); }));
    EXPECT_EQ(mux.snapshot()->windows.size(), 0u);
    ASSERT_EQ(seen<PaneClosed>().size(), 1u);
    ASSERT_EQ(seen<WindowClosed>().size(), 1u);
    EXPECT_EQ(seen<WindowClosed>()[0].window, spawned.window);
    EXPECT_TRUE(watched.empty());
    EXPECT_FALSE(mux.apply(model::SendText{spawned.pane, "x"}));
}

TEST_F(MuxTest, LastOutputOfAProgramIsNotLost) {
    configure({{"exit_behavior", "Hold"}});
    const Id pane = window(script("echo last words; exit 3")).pane;
    ASSERT_TRUE(run_until([&] { return mux.pane(pane)->is_dead(); }));
    EXPECT_NE(text(pane).find("last words"), std::string::npos);
    EXPECT_NE(text(pane).find("exited with code 3"), std::string::npos);
    EXPECT_TRUE(info(pane)->is_dead);
}

TEST_F(MuxTest, CloseOnCleanExitHoldsFailures) {
    configure({{"exit_behavior", "CloseOnCleanExit"}, {"clean_exit_codes", Value::list({130})}});
    const model::Spawned first = window(script("exit 1"));
    const model::Spawned clean = tab(first.window, script("exit 0"));
    const model::Spawned listed = tab(first.window, script("exit 130"));
    ASSERT_TRUE(run_until(
        [&] { return mux.pane(first.pane)->is_dead() && !mux.pane(clean.pane) && !mux.pane(listed.pane); }));
    EXPECT_EQ(mux.snapshot()->windows.at(0).tabs.size(), 1u);
}

TEST_F(MuxTest, AMissingDefaultProgramGivesWayToTheShell) {
    configure({{"default_prog", Value::list({"no-such-shell"})}});
    const Id pane = window({}).pane;
    ASSERT_NE(pane, 0u);
    turn();
    ASSERT_FALSE(seen<Notification>().empty());
    EXPECT_NE(seen<Notification>()[0].message.find("no-such-shell"), std::string::npos);
    EXPECT_EQ(mux.pane(pane)->program(), "/bin/sh");
}

class NoShellTest : public MuxTest {
protected:
    NoShellTest()
        : MuxTest{[this] {
              Mux::Options special = options();
              special.environment = {"PATH=/usr/bin:/bin", "SHELL=/no/such/shell"};
              return special;
          }()} {}
};

TEST_F(NoShellTest, AnotherOneIsStarted) {
    const Id pane = window({}).pane;
    ASSERT_NE(pane, 0u);
    EXPECT_NE(mux.pane(pane)->program(), "/no/such/shell");
    mux.send_bytes(pane, "echo it wo''rks\r");
    EXPECT_TRUE(run_until_text(pane, "it works")) << text(pane);
}

TEST_F(MuxTest, ANamedProgramThatIsMissingIsAnErrorAndLeavesNothing) {
    model::SpawnOptions options;
    options.args = {"no-such-program"};
    const Reply reply = mux.apply(model::SpawnWindow{options, {}, {}, {}});
    ASSERT_FALSE(reply);
    EXPECT_NE(reply.error().find("no-such-program"), std::string::npos);
    EXPECT_EQ(mux.snapshot()->windows.size(), 0u);

    const model::Spawned spawned = window();
    const Ref<model::PaneInfo> before = info(spawned.pane);
    EXPECT_FALSE(mux.apply(model::SplitPane{spawned.pane, Direction::right, {}, false, 0, options}));
    EXPECT_FALSE(mux.apply(model::SpawnTab{spawned.window, options}));
    EXPECT_EQ(info(spawned.pane), before);
    EXPECT_EQ(mux.panes().size(), 1u);
}

TEST_F(MuxTest, AnUnknownDomainIsAnError) {
    const model::Spawned spawned = window();
    model::SpawnOptions options = cat();
    options.domain = {model::DomainChoice::Kind::by_name, "ssh:there", 0};
    EXPECT_FALSE(mux.apply(model::SpawnTab{spawned.window, options}));
    options.domain.name = "local";
    EXPECT_TRUE(mux.apply(model::SpawnTab{spawned.window, options}));
}

TEST_F(MuxTest, TheEnvironmentTellsWhereAProgramRuns) {
    configure({{"set_environment_variables", Value::map({{"FROM_CONFIG", "c"}, {"BOTH", "c"}})}});
    model::SpawnOptions options = script(
        "echo \"$TERM_PROGRAM $LUNETTE_PANE $FROM_CONFIG $BOTH ${WEZTERM_UNIX_SOCKET:-none}\"; exec cat");
    options.environment = {{"BOTH", "o"}};
    const Id pane = window(options).pane;
    EXPECT_TRUE(run_until_text(pane, "lunette 0 c o none"));
}

TEST_F(MuxTest, ATabClosedInTheMiddleLeavesItsPlaceToTheNext) {
    const model::Spawned first = window();
    const model::Spawned second = tab(first.window);
    const model::Spawned third = tab(first.window);
    mux.apply(model::ActivateTab{second.tab});
    mux.apply(model::CloseTab{second.tab});
    const Ref<model::AppInfo> app = mux.snapshot();
    EXPECT_EQ(app->active_window->active_tab.id(), third.tab);
    EXPECT_EQ(app->active_window->active_tab->tab_index, 1);
}

TEST_F(MuxTest, SwitchToLastActiveTabWhenClosingTab) {
    configure({{"switch_to_last_active_tab_when_closing_tab", true}});
    const model::Spawned first = window();
    const model::Spawned second = tab(first.window);
    tab(first.window);
    mux.apply(model::ActivateTab{first.tab});
    mux.apply(model::ActivateTab{second.tab});
    EXPECT_TRUE(mux.snapshot()->active_window->tabs.at(0).is_last_active);
    mux.apply(model::CloseTab{second.tab});
    EXPECT_EQ(mux.snapshot()->active_window->active_tab.id(), first.tab);
}

TEST_F(MuxTest, TheTabBarTakesARowWhenItShows) {
    configure({{"hide_tab_bar_if_only_one_tab", true}});
    const model::Spawned first = window();
    EXPECT_FALSE(mux.snapshot()->active_window->tab_bar_visible);
    EXPECT_EQ(info(first.pane)->height, 24);
    const model::Spawned second = tab(first.window);
    EXPECT_TRUE(mux.snapshot()->active_window->tab_bar_visible);
    EXPECT_EQ(info(first.pane)->height, 23);
    EXPECT_EQ(mux.pane(first.pane)->terminal().rows(), 23);
    EXPECT_EQ(mux.pane(second.pane)->terminal().rows(), 23);
    mux.apply(model::ClosePane{second.pane});
    EXPECT_EQ(info(first.pane)->height, 24);
}

TEST_F(MuxTest, AnOuterTerminalSizesTheShownWindow) {
    const Id pane = window(script("trap 'stty size' WINCH; echo ready; while :; do sleep 0.01; done")).pane;
    ASSERT_TRUE(run_until_text(pane, "ready"));
    attach(100, 41);
    EXPECT_EQ(info(pane)->width, 100);
    EXPECT_EQ(info(pane)->pixel_width, 800);
    EXPECT_TRUE(run_until_text(pane, "40 100"));
}

TEST_F(MuxTest, WorkspacesAreNamesOfWindows) {
    const model::Spawned home = window();
    const model::Spawned work = window(cat(), "work");
    EXPECT_EQ(mux.snapshot()->active_window.id(), home.window) << "another workspace's window is not shown";
    EXPECT_FALSE(mux.apply(model::SetActiveWorkspace{"nowhere"}));
    ASSERT_TRUE(mux.apply(model::SetActiveWorkspace{"work"}));
    Ref<model::AppInfo> app = mux.snapshot();
    EXPECT_EQ(app->active_window.id(), work.window);
    EXPECT_EQ(app->active_workspace, "work");
    EXPECT_EQ(app->workspaces, Value::list({"default", "work"}));
    mux.apply(model::RenameWorkspace{"work", "play"});
    app = mux.snapshot();
    EXPECT_EQ(app->active_workspace, "play");
    EXPECT_EQ(app->windows.at(1).workspace, "play");
    // The last pane of the shown workspace closes: another workspace is shown.
    mux.apply(model::ClosePane{work.pane});
    app = mux.snapshot();
    EXPECT_EQ(app->active_window.id(), home.window);
    EXPECT_EQ(app->active_workspace, "default");
}

TEST_F(MuxTest, PanesMoveToTabsAndWindowsOfTheirOwn) {
    const model::Spawned first = window();
    const Id second = split(first.pane, Direction::right);
    Reply reply = mux.apply(model::MovePaneToNewTab{second, 0});
    ASSERT_TRUE(reply);
    EXPECT_EQ(mux.snapshot()->active_window->tabs.size(), 2u);
    EXPECT_EQ(info(second)->width, 80);
    EXPECT_EQ(info(first.pane)->width, 80);
    EXPECT_TRUE(mux.apply(model::SendText{second, "still here\r"}));
    EXPECT_TRUE(run_until_text(second, "still here"));
    // The only pane of the only tab of a window: the window goes with it.
    reply = mux.apply(model::MovePaneToNewWindow{second, "elsewhere"});
    ASSERT_TRUE(reply);
    reply = mux.apply(model::MovePaneToNewWindow{first.pane, {}});
    ASSERT_TRUE(reply);
    const Ref<model::AppInfo> app = mux.snapshot();
    EXPECT_EQ(app->windows.size(), 2u);
    EXPECT_EQ(app->active_window.id(), model::Spawned::from_value(*reply).window);
    EXPECT_EQ(app->windows.at(0).workspace, "elsewhere");
}

TEST_F(MuxTest, APaneMovesIntoASplitOfItsOwnTab) {
    const model::Spawned first = window();
    const Id second = split(first.pane, Direction::right);
    const Id third = split(second, Direction::down);
    const Reply reply = mux.apply(model::SplitPane{third, Direction::right, {}, false, first.pane, {}});
    ASSERT_TRUE(reply) << reply.error();
    EXPECT_EQ(mux.panes().size(), 3u);
    EXPECT_EQ(info(second)->width, 80);
    EXPECT_EQ(info(first.pane)->left, info(third)->width + 1);
    EXPECT_TRUE(info(first.pane)->is_active);
    EXPECT_FALSE(mux.apply(model::SplitPane{third, Direction::right, {}, false, third, {}}));
}

TEST_F(MuxTest, ZoomFillsTheTabAndReportsTheStateBefore) {
    const model::Spawned first = window();
    EXPECT_EQ(*mux.apply(model::SetZoomed{first.tab, true}), Value{false});
    EXPECT_FALSE(mux.snapshot()->active_window->active_tab->is_zoomed) << "there is nothing to hide";
    const Id second = split(first.pane, Direction::down);
    EXPECT_EQ(*mux.apply(model::SetZoomed{first.tab, true}), Value{false});
    Ref<model::TabInfo> shown = mux.snapshot()->active_window->active_tab;
    EXPECT_EQ(shown->panes.size(), 1u);
    EXPECT_EQ(shown->all_panes.size(), 2u);
    EXPECT_EQ(info(second)->height, 23);
    EXPECT_EQ(mux.pane(second)->terminal().rows(), 23);
    mux.apply(model::ActivatePaneDirection{first.tab, Direction::up});
    EXPECT_FALSE(mux.snapshot()->active_window->active_tab->is_zoomed);
    EXPECT_TRUE(info(first.pane)->is_active);
    EXPECT_EQ(*mux.apply(model::SetZoomed{first.tab, false}), Value{false});
}

TEST_F(MuxTest, UnzoomOnSwitchPaneOff) {
    configure({{"unzoom_on_switch_pane", false}});
    const model::Spawned first = window();
    const Id second = split(first.pane, Direction::down);
    mux.apply(model::SetZoomed{first.tab, true});
    mux.apply(model::ActivatePaneDirection{first.tab, Direction::up});
    EXPECT_TRUE(info(second)->is_active);
    EXPECT_TRUE(info(second)->is_zoomed);
}

TEST_F(MuxTest, FocusGoesToTheNeighbourUsedLast) {
    const model::Spawned first = window();
    const Id upper = split(first.pane, Direction::right);
    const Id lower = split(upper, Direction::down);
    mux.apply(model::ActivatePane{upper});
    mux.apply(model::ActivatePane{first.pane});
    mux.apply(model::ActivatePaneDirection{first.tab, Direction::right});
    EXPECT_TRUE(info(upper)->is_active);
    mux.apply(model::ActivatePane{lower});
    mux.apply(model::ActivatePane{first.pane});
    mux.apply(model::ActivatePaneDirection{first.tab, Direction::right});
    EXPECT_TRUE(info(lower)->is_active);
    mux.apply(model::ActivatePaneDirection{first.tab, Direction::right});
    EXPECT_TRUE(info(lower)->is_active) << "nothing to the right: no change";
    mux.apply(model::ActivatePaneDirection{first.tab, Direction::next});
    EXPECT_TRUE(info(first.pane)->is_active);
}

TEST_F(MuxTest, UnseenOutputIsWhatWasNotShown) {
    attach(80, 24);
    const model::Spawned first = window();
    const model::Spawned second = tab(first.window);
    mux.snapshot();
    mux.apply(model::InjectOutput{first.pane, "news"});
    mux.apply(model::InjectOutput{second.pane, "seen"});
    EXPECT_TRUE(info(first.pane)->has_unseen_output);
    EXPECT_FALSE(info(second.pane)->has_unseen_output);
    mux.apply(model::ActivateTab{first.tab});
    EXPECT_FALSE(info(first.pane)->has_unseen_output);
}

TEST_F(MuxTest, ProgramsHearOfTheFocusWhenTheyAsked) {
    const model::Spawned first = window(script("stty raw -echo; printf '\\033[?1004h'; exec cat -v"));
    ASSERT_TRUE(run_until([&] { return mux.pane(first.pane)->terminal().modes().focus_events; }));
    attach(80, 24);
    mux.snapshot();
    EXPECT_TRUE(run_until_text(first.pane, "^[[I"));
    tab(first.window);
    mux.snapshot();
    EXPECT_TRUE(run_until_text(first.pane, "^[[I^[[O"));
}

TEST_F(MuxTest, WhatProgramsSayBecomesFieldsAndEvents) {
    const Id pane = window().pane;
    mux.apply(model::InjectOutput{pane,
                                  "\x1b]2;my title\x07\x1b]1337;SetUserVar=WHO=bWU=\x07"
                                  "\x1b]9;4;1;40\x07\x1b]7;file://here/tmp%20x\x07\x07\x1b[?1049h\x1b[4 q"});
    const Ref<model::PaneInfo> now = info(pane);
    EXPECT_EQ(now->title, "my title");
    EXPECT_EQ(now->user_vars, Value::map({{"WHO", "me"}}));
    EXPECT_EQ(now->progress, Value::map({{"Percentage", 40}}));
    EXPECT_EQ(now->current_working_dir, "file://here/tmp%20x");
    EXPECT_TRUE(now->is_alt_screen_active);
    EXPECT_EQ(now->cursor_shape, "SteadyUnderline");
    events = mux.take_events();
    EXPECT_EQ(seen<BellRang>().size(), 1u);
    ASSERT_EQ(seen<UserVarChanged>().size(), 1u);
    EXPECT_EQ(seen<UserVarChanged>()[0].value, "me");
}

TEST_F(MuxTest, ANewPaneStartsWhereItsNeighbourIs) {
    const model::Spawned first = window();
    mux.apply(model::InjectOutput{first.pane, "\x1b]7;file://here/usr/lib\x07"});
    const Id second = split(first.pane, Direction::right, {}, script("pwd; exec cat"));
    EXPECT_TRUE(run_until_text(second, "/usr/lib"));
    mux.apply(model::InjectOutput{first.pane, "\x1b]7;file://elsewhere/usr/bin\x07"});
    const model::Spawned third = tab(first.window, script("echo at:$(pwd); exec cat"));
    ASSERT_TRUE(run_until_text(third.pane, "at:"));
    EXPECT_EQ(text(third.pane).find("/usr/bin"), std::string::npos) << "not our host's directory";
}

} // namespace lunette::mux
