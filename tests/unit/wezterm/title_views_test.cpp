#include "session.h"

#include "model/tab_bar_content.h"

#include <algorithm>

namespace lunette::wezterm::testing {
namespace {

class Titles {
public:
    explicit Titles(const std::string& source) : session{source} {
        bar_ = session.engine->view("tab-bar", {Value{session.world.window_id}});
        title_ = session.engine->view("window-title", {Value{session.world.window_id}});
        session.settle();
    }

    const model::TabBarContent* content() {
        return bar_.latest().value.payload<model::TabBarContent>(model::tab_bar_content_schema());
    }
    std::vector<std::string> titles() {
        std::vector<std::string> result;
        if (const auto* shown = content())
            for (const auto& tab : shown->tabs) result.push_back(tab.title.plain());
        return result;
    }
    std::string window_title() { return std::string{title_.latest().text()}; }

    // A change of the model, a while later: throttles are over.
    void publish() {
        session.publish();
        session.settle();
        session.advance(std::chrono::milliseconds{1000});
    }

    std::uint64_t runs(const std::string& event) {
        const auto report = session.engine->report(patience);
        if (report)
            for (const HandlerReport& handler : report->handlers)
                if (handler.event == event) return handler.runs;
        return 0;
    }

    Session session;

private:
    View bar_, title_;
};

TEST(TitleViews, WithoutHandlersAreTheDefaults) {
    Titles titles{""};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{" 1: title 0 ", " 2: title 1 ", " 3: title 2 "}));
    EXPECT_EQ(titles.window_title(), "[2/3] title 1");
    EXPECT_EQ(titles.content()->left_status.plain(), "left");
    titles.session.world.panes[0] = make_pane(0, "changed", titles.session.world.panes[0].id());
    titles.publish();
    EXPECT_EQ(titles.titles()[0], " 1: changed ");
}

TEST(TitleViews, HandlersGetWhatWezTermGives) {
    Titles titles{R"(wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
        return table.concat({ tab.tab_index, #tabs, #panes, config.tab_max_width, tostring(hover), max_width,
            tab.active_pane.title, tab.active_pane.user_vars.PROG, tabs[2].tab_id, panes[1].title,
            tab.active_pane.current_working_dir.file_path }, ' ')
    end))"};
    ASSERT_EQ(titles.titles().size(), 3U);
    EXPECT_EQ(titles.titles()[0], "0 3 1 16 false 16 title 0 nvim 1 title 1 /home/me/my dir");
}

TEST(TitleViews, ATabKnowsWhetherItIsTheLastActiveOne) {
    Titles titles{"wezterm.on('format-tab-title', function(tab) return tostring(tab.is_last_active) end)"};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"false", "false", "false"}));
    titles.session.world.tab_data[2].is_last_active = true;
    titles.publish();
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"false", "false", "true"}));
}

TEST(TitleViews, BothPassesAreComputedTogether) {
    // Pass 1 says how wide the tab would be; pass 2 is told that width.
    Titles titles{R"(wezterm.on('format-tab-title', function(tab, _, _, _, hover, max_width)
        if max_width == 16 then return 'four' end
        return hover and 'over' or ('w' .. max_width)
    end))"};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"w4", "w4", "w4"}));
    EXPECT_EQ(titles.content()->tabs[0].hovered.plain(), "w4"); // not known yet
    titles.session.advance(std::chrono::milliseconds{30});
    EXPECT_EQ(titles.content()->tabs[0].hovered.plain(), "over");
    EXPECT_EQ(titles.content()->tabs[1].hovered.plain(), "w4"); // never hovered: it is active
}

TEST(TitleViews, TitlesUnderTheMouseMayReadFilesBeforehand) {
    Titles titles{R"(wezterm.on('format-tab-title', function(tab, _, _, _, hover)
        local file = io.open '/etc/hostname'
        if file then file:close() end
        return (hover and 'over ' or 'plain ') .. tab.tab_id
    end))"};
    for (int i = 0; i < 3; ++i) titles.session.advance(std::chrono::milliseconds{60});
    EXPECT_EQ(titles.content()->tabs[0].title.plain(), "plain 0");
    EXPECT_EQ(titles.content()->tabs[0].hovered.plain(), "over 0");
}

TEST(TitleViews, AHandlerWithoutWidthRunsOncePerTab) {
    Titles titles{"wezterm.on('format-tab-title', function(tab, tabs) return 'tab ' .. tab.tab_id end)"};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"tab 0", "tab 1", "tab 2"}));
    EXPECT_EQ(titles.runs("format-tab-title"), 3U);
}

TEST(TitleViews, OnlyReadersOfAChangeRunAgain) {
    Titles titles{"wezterm.on('format-tab-title', function(tab) return tab.active_pane.title end)"};
    EXPECT_EQ(titles.runs("format-tab-title"), 3U);
    titles.session.world.panes[2] = make_pane(2, "other", titles.session.world.panes[2].id());
    titles.publish();
    EXPECT_EQ(titles.titles()[2], "other");
    EXPECT_EQ(titles.runs("format-tab-title"), 4U);
}

TEST(TitleViews, ItemsAndFormattedTextGiveTheSameCells) {
    const std::string items =
        "{ { Foreground = { AnsiColor = 'Red' } }, { Attribute = { Intensity = 'Bold' } },"
        " { Text = 'x' }, 'ResetAttributes', { Text = 'y' } }";
    Titles list{"wezterm.on('format-tab-title', function(tab) return " + items + " end)"};
    Titles text{"wezterm.on('format-tab-title', function(tab) return wezterm.format(" + items + ") end)"};
    ASSERT_TRUE(list.content() && text.content());
    EXPECT_EQ(list.content()->tabs[0].title, text.content()->tabs[0].title);
    EXPECT_EQ(list.titles()[0], "xy");
}

TEST(TitleViews, AHandlerThatFailsLeavesTheDefault) {
    Titles titles{R"(wezterm.on('format-tab-title', function(tab)
        if tab.tab_index == 0 then error('oops') end
        if tab.tab_index == 1 then return { { Txt = 'x' } } end
        return nil
    end))"};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{" 1: title 0 ", " 2: title 1 ", " 3: title 2 "}));
    std::string log;
    for (const LogRecord& record : titles.session.engine->take_log()) log += record.message + "\n";
    EXPECT_NE(log.find("oops"), std::string::npos) << log;
    EXPECT_NE(log.find("no format item"), std::string::npos) << log;
}

TEST(TitleViews, WhatIsNoTitleIsTheDefaultWithAWarning) {
    Titles titles{R"(
        wezterm.on('format-tab-title', function(tab)
            if tab.tab_index == 0 then return false end
            return { { Text = 'x' }, { Txt = 'y' } }
        end)
        wezterm.on('format-window-title', function() return { { Text = 'x' } } end))"};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{" 1: title 0 ", " 2: title 1 ", " 3: title 2 "}));
    EXPECT_EQ(titles.window_title(), "[2/3] title 1");
    const auto report = titles.session.engine->report(patience);
    ASSERT_TRUE(report);
    for (const HandlerReport& handler : report->handlers) EXPECT_EQ(handler.errors, 0U) << handler.event;
    EXPECT_EQ(report->warnings.size(), 3U);
    std::string log;
    for (const LogRecord& record : titles.session.engine->take_log()) {
        EXPECT_EQ(record.level, LogLevel::warning) << record.message;
        log += record.message + "\n";
    }
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3) << log;
    EXPECT_NE(log.find("format-window-title: string expected"), std::string::npos) << log;
    EXPECT_NE(log.find("item 2 is no format item"), std::string::npos) << log;
}

TEST(TitleViews, ItemsThatSayNothingAreLeftOut) {
    Titles titles{
        "wezterm.on('format-tab-title', function() return { { Text = nil }, { Foreground = { Color = nil } },"
        " { Text = 'x' } } end)"};
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"x", "x", "x"}));
}

TEST(TitleViews, WindowTitleComesFromItsHandler) {
    Titles titles{R"(wezterm.on('format-window-title', function(tab, pane, tabs, panes, config)
        return tab.tab_id .. pane.title .. #tabs .. #panes .. config.tab_max_width
    end))"};
    EXPECT_EQ(titles.window_title(), "1title 13116");
}

TEST(TitleViews, TheStatusIsParsed) {
    Titles titles{""};
    titles.session.world.window_data.right_status = "\x1b[31mred\x1b[0m";
    titles.publish();
    ASSERT_EQ(titles.content()->right_status.runs().size(), 1U);
    EXPECT_EQ(titles.content()->right_status.runs()[0].style.foreground, model::TextColor::indexed(1));
}

TEST(TitleViews, ReadingTheProcessAsksForItOnce) {
    Titles titles{
        "wezterm.on('format-tab-title', function(tab) return tab.active_pane.foreground_process_name end)"};
    EXPECT_EQ(titles.titles()[0], "/usr/bin/zsh");
    titles.session.world.panes[0] = make_pane(0, "x", titles.session.world.panes[0].id());
    titles.publish();
    EXPECT_EQ(titles.session.log, (std::vector<std::string>(3, "watch_process")));
}

TEST(TitleViews, GlobalIsADependency) {
    Titles titles{R"(
        wezterm.GLOBAL.mark = 'a'
        wezterm.on('format-tab-title', function(tab) return wezterm.GLOBAL.mark end)
        wezterm.on('test', function() wezterm.GLOBAL.mark = 'b' end))"};
    EXPECT_EQ(titles.titles()[0], "a");
    titles.session.emit("test");
    titles.session.advance(std::chrono::milliseconds{1000});
    EXPECT_EQ(titles.titles()[0], "b");
}

TEST(TitleViews, FollowWhatTheyDeclareToDependOn) {
    Titles titles{R"(
        local lunette = require 'lunette'
        wezterm.on('format-window-title', function()
            lunette.depends_on('weather')
            return 'fine'
        end)
        wezterm.on('test', function() lunette.changed('weather') end))"};
    EXPECT_EQ(titles.runs("format-window-title"), 1U);
    titles.session.emit("test");
    titles.session.advance(std::chrono::milliseconds{1000});
    EXPECT_EQ(titles.runs("format-window-title"), 2U);
    titles.session.advance(std::chrono::milliseconds{60'000});
    EXPECT_EQ(titles.runs("format-window-title"), 2U);
}

TEST(TitleViews, HandlersNeverSeeTheOptionsOfAnotherLoad) {
    Titles titles{R"(wezterm.on('format-tab-title', function(tab, tabs, panes, config)
        return tab.tab_index .. ' ' .. config.tab_max_width
    end)
    wezterm.on('format-window-title', function(tab, pane, tabs, panes, config)
        return 'of ' .. config.tab_max_width
    end))"};
    ASSERT_EQ(titles.titles(), (std::vector<std::string>{"0 16", "1 16", "2 16"}));
    titles.session.engine->reload();
    titles.session.settle();
    titles.publish(); // the model still has the configuration of the load before
    EXPECT_EQ(titles.runs("format-tab-title") + titles.runs("format-window-title"), 0U);
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"0 16", "1 16", "2 16"}));
    EXPECT_EQ(titles.window_title(), "of 16");
    titles.session.world.generation = 2;
    titles.session.world.set_options(Value::map({{"use_fancy_tab_bar", false}, {"tab_max_width", 20}}));
    titles.publish();
    EXPECT_EQ(titles.titles(), (std::vector<std::string>{"0 20", "1 20", "2 20"}));
    EXPECT_EQ(titles.window_title(), "of 20");
}

TEST(TitleViews, ExpireWhenTheyShowTheTime) {
    Titles titles{
        R"(wezterm.on('format-window-title', function() return wezterm.strftime_utc('%H:%M:%S') end))"};
    EXPECT_EQ(titles.window_title(), "22:13:21");
    titles.session.advance(std::chrono::milliseconds{1000});
    EXPECT_EQ(titles.window_title(), "22:13:22");
}

} // namespace
} // namespace lunette::wezterm::testing
