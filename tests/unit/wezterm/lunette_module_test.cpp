#include "session.h"

namespace lunette::wezterm::testing {
namespace {

using namespace std::chrono_literals;

class LunetteModule : public ::testing::Test {
protected:
    void start(const std::string& source) {
        session = std::make_unique<Session>("local lunette = require 'lunette'\n" + source);
        title_ = session->engine->view("window-title", {Value{session->world.window_id}});
        session->settle();
    }
    std::string title() { return std::string{title_.latest().text()}; }
    std::uint64_t runs() {
        const auto report = session->engine->report(patience);
        for (const HandlerReport& row : report->handlers)
            if (row.event == "format-window-title") return row.runs;
        return 0;
    }
    std::unique_ptr<Session> session;

private:
    View title_;
};

TEST_F(LunetteModule, NobodyLooksAtTheUpvaluesOfAPureFunction) {
    start(R"(
        local n = 0
        wezterm.on('key', function() n = n + 1 end)
        wezterm.on('format-window-title', lunette.pure(function(tab, pane) return pane.title .. n end)))");
    session->emit("key");
    session->advance(1s);
    EXPECT_EQ(title(), "title 10");
    EXPECT_EQ(runs(), 1U);
    session->world.panes[1] = make_pane(1, "other", session->world.panes[1].id());
    session->publish();
    session->settle();
    session->advance(1s);
    EXPECT_EQ(title(), "other1"); // its arguments still count
}

TEST_F(LunetteModule, PureMayBeSaidAfterwards) {
    start(R"(
        local n = 0
        local function title() return 'n' .. n end
        wezterm.on('key', function() n = n + 1 end)
        wezterm.on('format-window-title', title)
        lunette.pure(title))");
    session->emit("key");
    session->advance(1s);
    EXPECT_EQ(runs(), 1U);
}

TEST_F(LunetteModule, AVolatileFunctionRunsEverySecond) {
    start(R"(
        local n = 0
        wezterm.on('format-window-title', lunette.volatile(function() n = n + 1 return 'n' .. n end)))");
    EXPECT_EQ(title(), "n1");
    for (int i = 0; i < 3; ++i) session->advance(1001ms);
    EXPECT_EQ(title(), "n4");
    session->advance(100ms);
    EXPECT_EQ(title(), "n4");
}

TEST_F(LunetteModule, InvalidateRunsWhatDependsOnNothing) {
    start(R"(
        local file = {}
        known, unknown = nil, nil
        wezterm.on('key', function()
            known, unknown = lunette.invalidate 'format-window-title', lunette.invalidate 'no-such-event'
        end)
        wezterm.on('format-window-title', lunette.pure(function() file[1] = (file[1] or 0) + 1 return 'n' .. file[1] end)))");
    session->emit("key");
    session->advance(1s);
    EXPECT_EQ(title(), "n2");
}

TEST_F(LunetteModule, InvalidateOfItselfDoesNothing) {
    start(R"(
        local n = 0
        wezterm.on('format-window-title', lunette.pure(function()
            n = n + 1
            return 'n' .. n .. tostring(lunette.invalidate 'format-window-title')
        end)))");
    for (int i = 0; i < 5; ++i) session->advance(1s);
    EXPECT_EQ(title(), "n1true");
}

TEST_F(LunetteModule, StatisticsTellWhatHandlersDid) {
    start(R"(
        wezterm.on('format-window-title', function(tab, pane) return pane.title end)
        wezterm.on('format-tab-title', function() return 'x' end)
        wezterm.on('update-status', function(window)
            local stats = lunette.stats()
            for _, row in ipairs(stats.handlers) do
                if row.event == 'format-window-title' then
                    window:set_right_status(row.runs .. ' ' .. tostring(row.pure) .. ' ' .. table.concat(row.reads, ',') ..
                        ' ' .. tostring(stats.heap_bytes > 0) .. ' ' .. row.where:match ':(%d+)$')
                end
            end
        end))");
    session->emit("update-status");
    ASSERT_FALSE(session->log.empty());
    EXPECT_EQ(session->log.back(), "set_right_status \"1 true ConfigInfo.options,PaneInfo.title true 4\"");
}

TEST_F(LunetteModule, WrongArgumentsAreNamed) {
    Session session{"local ok, message = pcall(require('lunette').pure, 3) return message"};
    EXPECT_NE(session.result().text().find("lunette.pure: argument 1: function expected"), std::string::npos)
        << session.result().text();
}

TEST_F(LunetteModule, TextOfPanesIsFollowedAtItsOwnPace) {
    start("wezterm.on('format-window-title', function(tab, pane)"
          " return wezterm.mux.get_pane(pane.pane_id):get_lines_as_text() end)");
    int answers = 0;
    session->answer = [&](const Command& command) {
        return model_query(command) ? Value{"text " + std::to_string(++answers)} : Value{};
    };
    const auto print = [&] {
        model::PaneInfo pane = *session->world.panes[1];
        ++pane.content_sequence;
        session->world.panes[1] = model::pane_schema().make(session->world.panes[1].id(), std::move(pane));
        session->publish();
        session->settle();
    };
    for (int i = 0; i < 100; ++i) { // a second of output
        print();
        session->advance(10ms);
    }
    const std::uint64_t during = runs();
    EXPECT_GE(during, 3U);
    EXPECT_LE(during, 7U);
    session->advance(300ms);
    const std::string last = title();
    session->advance(1s);
    EXPECT_EQ(title(), last);
    print();
    session->advance(300ms);
    EXPECT_NE(title(), last);
}

} // namespace
} // namespace lunette::wezterm::testing
