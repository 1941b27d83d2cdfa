#include "session.h"

namespace lunette::wezterm::testing {
namespace {

// Runs the body as the handler of an event with the window and the active pane, and gives what it passed to
// set_right_status.
std::string run(Session& session) {
    session.emit("test");
    const std::string prefix = "set_right_status ";
    for (const std::string& line : session.log)
        if (line.rfind(prefix, 0) == 0)
            return line.substr(prefix.size() + 1, line.size() - prefix.size() - 2);
    std::string log = "nothing:";
    for (const LogRecord& record : session.engine->take_log()) log += " " + record.message;
    return log;
}

std::string run(const std::string& expression) {
    Session session{"wezterm.on('test', function(window, pane) window:set_right_status(tostring(" +
                    expression + ")) end)"};
    return run(session);
}

TEST(Objects, WindowKnowsItsState) {
    EXPECT_EQ(run("window:active_workspace()"), "default");
    EXPECT_EQ(run("window:active_tab():tab_id()"), "1");
    EXPECT_EQ(run("window:active_pane():pane_id()"), "1");
    EXPECT_EQ(run("window:mux_window():gui_window() == window"), "true");
    EXPECT_EQ(run("window:effective_config().tab_max_width"), "16");
    EXPECT_EQ(run("window:get_config_overrides() == nil"), "true");
    EXPECT_EQ(run("window:active_key_table() == nil and not window:leader_is_active()"), "true");
    EXPECT_EQ(run("window:window_id()"), "0");
    EXPECT_EQ(run("table.concat({ window:keyboard_modifiers() }, ',')"), "NONE,");
}

TEST(Objects, AStatusOrActionOfNilIsNoError) {
    Session session{R"(wezterm.on('test', function(window, pane)
        window:set_left_status(nil)
        window:perform_action(nil, pane)
        window:set_right_status(1.5)
        local ok, what = pcall(window.set_right_status, window, {})
        window:set_left_status(what)
    end))"};
    EXPECT_EQ(run(session), "1.5");
    ASSERT_EQ(session.log.size(), 3U);
    EXPECT_EQ(session.log[0], "set_left_status \"\"");
    EXPECT_NE(session.log[2].find("string expected"), std::string::npos) << session.log[2];
}

TEST(Objects, PaneKnowsItsState) {
    EXPECT_EQ(run("pane:get_title()"), "title 1");
    EXPECT_EQ(run("pane:get_user_vars().PROG"), "nvim");
    EXPECT_EQ(run("pane:get_current_working_dir().file_path"), "/home/me/my dir");
    EXPECT_EQ(run("pane:get_foreground_process_name()"), "/usr/bin/zsh");
    EXPECT_EQ(run("pane:get_dimensions().cols"), "80");
    EXPECT_EQ(run("pane:get_domain_name()"), "local");
    EXPECT_EQ(run("pane:is_alt_screen_active()"), "false");
    EXPECT_EQ(run("type(pane)"), "userdata");
}

TEST(Objects, MuxFindsThings) {
    EXPECT_EQ(run("#wezterm.mux.all_windows()"), "1");
    EXPECT_EQ(run("#wezterm.mux.get_window(0):tabs()"), "3");
    EXPECT_EQ(run("wezterm.mux.get_window(0):tabs_with_info()[2].is_active"), "true");
    EXPECT_EQ(run("wezterm.mux.get_tab(2):panes()[1]:get_title()"), "title 2");
    EXPECT_EQ(run("wezterm.mux.get_pane(0):pane_id()"), "0");
    EXPECT_EQ(run("wezterm.mux.get_active_workspace()"), "default");
    EXPECT_EQ(run("table.concat(wezterm.mux.get_workspace_names(), ' ')"), "default work");
    EXPECT_EQ(run("wezterm.mux.get_domain():name()"), "local");
    EXPECT_EQ(run("wezterm.mux.get_domain('nowhere') == nil"), "true");
    EXPECT_NE(run("pcall(wezterm.mux.get_tab, 99)"), "true");
    EXPECT_EQ(run("wezterm.gui.gui_windows()[1] == window"), "true");
}

TEST(Objects, MethodsBecomeCommands) {
    Session session{R"(wezterm.on('test', function(window, pane)
        pane:send_text('ls\n')
        window:perform_action(wezterm.action.ActivateTab(0), pane)
        window:active_tab():set_title('new')
        window:set_config_overrides { font_size = 12, colors = { background = wezterm.color.parse('red') } }
        window:toast_notification('a', 'b', nil, 400)
        window:maximize()
        wezterm.mux.rename_workspace('a', 'b')
    end))"};
    session.emit("test");
    EXPECT_EQ(session.log, (std::vector<std::string>{
                               "send_text \"ls\\n\"", "perform_action {ActivateTab = 0}", "set_title \"new\"",
                               "set_config_overrides {colors = {background = \"#ff0000\"}, font_size = 12}",
                               "toast_notification \"a\" \"b\" nil 400", "window_request",
                               "rename_workspace \"a\" \"b\""}));
}

TEST(Objects, SpawningReturnsObjectsThatWorkAtOnce) {
    Session session{R"(wezterm.on('test', function()
        local tab, pane, window = wezterm.mux.spawn_window { args = { 'top' }, workspace = 'w' }
        pane:send_text(tab:get_title() .. window:get_workspace())
    end))"};
    session.world.tab_data[2].tab_title = "third";
    session.publish();
    session.answer = [&](const Command& command) -> Expected<Value> {
        const auto model = model_command(command);
        const auto* spawn = model ? std::get_if<model::SpawnWindow>(&*model) : nullptr;
        if (!spawn) return Value{};
        EXPECT_EQ(spawn->spawn.args, (std::vector<std::string>{"top"}));
        EXPECT_EQ(spawn->workspace, "w");
        EXPECT_EQ(spawn->spawn.domain.kind, model::DomainChoice::Kind::default_domain);
        return model::Spawned{session.world.tab_ids[2], session.world.panes[2].id(), session.world.window_id}
            .to_value();
    };
    session.emit("test");
    ASSERT_EQ(session.log.size(), 2U);
    EXPECT_EQ(session.log[1], "send_text \"thirddefault\"");
}

TEST(Objects, SpawningTakesAUrlAsDirectoryAndNoSizeBelowOneCell) {
    Session session{R"(wezterm.on('test', function(window, pane)
        local cwd = pane:get_current_working_dir()
        wezterm.mux.spawn_window { cwd = cwd, width = 0, height = 0 }
        window:mux_window():spawn_tab { cwd = cwd }
        pane:split { cwd = cwd }
    end))"};
    std::vector<std::string> folders;
    session.answer = [&](const Command& command) -> Expected<Value> {
        const auto model = model_command(command);
        if (!model) return Value{};
        if (const auto* window = std::get_if<model::SpawnWindow>(&*model)) {
            folders.push_back(window->spawn.cwd.value_or(""));
            EXPECT_FALSE(window->columns || window->rows);
        }
        if (const auto* tab = std::get_if<model::SpawnTab>(&*model))
            folders.push_back(tab->spawn.cwd.value_or(""));
        if (const auto* split = std::get_if<model::SplitPane>(&*model)) {
            folders.push_back(split->spawn.cwd.value_or(""));
            return Value{session.world.panes[0].id()};
        }
        return model::Spawned{session.world.tab_ids[2], session.world.panes[2].id(), session.world.window_id}
            .to_value();
    };
    session.emit("test");
    EXPECT_EQ(folders, (std::vector<std::string>(3, "file://box/home/me/my%20dir")));
}

TEST(Objects, SplitTakesSharesAndCells) {
    Session session{R"(wezterm.on('test', function(window, pane)
        pane:split()
        pane:split { direction = 'Top', size = 0.3 }
        pane:split { direction = 'Left', size = 10, domain = 'CurrentPaneDomain' }
        pane:send_text(tostring(select(2, pcall(pane.split, pane, { direction = 'Sideways' }))))
    end))"};
    std::vector<model::SplitPane> splits;
    session.answer = [&](const Command& command) -> Expected<Value> {
        if (const auto model = model_command(command))
            if (const auto* split = std::get_if<model::SplitPane>(&*model)) splits.push_back(*split);
        return Value{session.world.panes[0].id()};
    };
    session.emit("test");
    ASSERT_EQ(splits.size(), 3U);
    EXPECT_EQ(splits[0].direction, model::Direction::right);
    EXPECT_EQ(splits[0].spawn.domain.kind, model::DomainChoice::Kind::current_pane);
    EXPECT_EQ(splits[1].direction, model::Direction::up);
    EXPECT_EQ(splits[1].size.value, 30);
    EXPECT_EQ(splits[1].spawn.domain.kind, model::DomainChoice::Kind::default_domain);
    EXPECT_EQ(splits[2].size.unit, model::SplitSize::Unit::cells);
    EXPECT_EQ(splits[2].spawn.domain.kind, model::DomainChoice::Kind::current_pane);
    EXPECT_NE(session.log.back().find("direction"), std::string::npos) << session.log.back();
}

TEST(Objects, QueriesAreAnswered) {
    Session session{R"(wezterm.on('test', function(window, pane)
        pane:send_text(pane:get_lines_as_text(5) .. window:get_selection_text_for_pane(pane))
    end))"};
    session.answer = [&](const Command& command) -> Expected<Value> {
        const auto query = model_query(command);
        if (!query) return Value{};
        if (const auto* text = std::get_if<model::PaneText>(&*query))
            return Value{"lines " + std::to_string(*text->lines)};
        return Value{" selected"};
    };
    session.emit("test");
    EXPECT_EQ(session.log.back(), "send_text \"lines 5 selected\"");
}

TEST(Objects, WrongActionsAndNamesAreErrorsOfTheHandler) {
    Session session{R"(wezterm.on('test', function(window, pane)
        local ok, message = pcall(function() window:perform_action({ Nonsense = 1 }, pane) end)
        window:set_left_status(message)
        window:no_such_method()
    end))"};
    session.emit("test");
    ASSERT_EQ(session.log.size(), 1U);
    EXPECT_NE(session.log[0].find("Nonsense"), std::string::npos);
    bool logged = false;
    for (const LogRecord& record : session.engine->take_log())
        logged = logged || record.message.find("no_such_method") != std::string::npos;
    EXPECT_TRUE(logged);
}

TEST(Objects, StatusRunsAtMostEvery200Ms) {
    Session session{"wezterm.on('update-status', function(window) window:set_left_status('x') end)"};
    for (int i = 0; i < 5; ++i) session.emit("update-status");
    EXPECT_EQ(session.log.size(), 1U);
    session.advance(std::chrono::milliseconds{200});
    EXPECT_EQ(session.log.size(), 2U);
}

TEST(Objects, CallAfterRunsOnceWhenItsTimeHasCome) {
    Session session{"wezterm.time.call_after(1.5, function() wezterm.mux.rename_workspace('a', 'b') end)"};
    session.advance(std::chrono::milliseconds{1400});
    EXPECT_TRUE(session.log.empty());
    session.advance(std::chrono::milliseconds{200});
    EXPECT_EQ(session.log.size(), 1U);
    session.advance(std::chrono::milliseconds{5000});
    EXPECT_EQ(session.log.size(), 1U);
}

} // namespace
} // namespace lunette::wezterm::testing
