#include "server/ui_loop_fixture.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <thread>

namespace lunette::server {

namespace {

TEST_F(UiLoopTest, ShowsWhatIsTyped) {
    start("return {}");
    type("hello there");
    EXPECT_TRUE(shows("hello there"));
    EXPECT_EQ(loop->instruments().late_by_script(), 0U);
}

TEST_F(UiLoopTest, ShowsTitlesAndStatusOfTheConfiguration) {
    start(R"(
        local wezterm = require 'wezterm'
        wezterm.on('format-tab-title', function(tab) return '[tab ' .. tab.tab_index .. ']' end)
        wezterm.on('format-window-title', function() return 'a window' end)
        wezterm.on('update-status', function(window) window:set_right_status 'at the right' end)
        return { use_fancy_tab_bar = false }
    )",
          {}, 2);
    EXPECT_TRUE(shows("[tab 0][tab 1]"));
    EXPECT_TRUE(shows("at the right"));
    EXPECT_TRUE(run_until([this] { return outer.title() == "a window"; }));
}

TEST_F(UiLoopTest, AClickActivatesATab) {
    start("local w = require 'wezterm' w.on('format-tab-title', function(t) return '<' .. t.tab_index .. '>' "
          "end) "
          "return { use_fancy_tab_bar = false }",
          {}, 2);
    ASSERT_TRUE(shows("<0><1>"));
    ASSERT_EQ(loop->window()->active_tab->tab_index, 1);
    loop->mouse({Mouse::Kind::press, 1, 0, Mouse::Button::left});
    EXPECT_TRUE(run_until([this] { return loop->window()->active_tab->tab_index == 0; }));
}

TEST_F(UiLoopTest, AHandlerOfTheNewTabButtonMayPreventTheTab) {
    start(R"(
        local wezterm = require 'wezterm'
        local clicks = 0
        wezterm.on('new-tab-button-click', function(window, pane, button, action)
            clicks = clicks + 1
            window:set_right_status('[' .. clicks .. button .. action.SpawnTab .. ']')
            if clicks == 1 then return false end
        end)
        return { use_fancy_tab_bar = false, default_prog = { '/bin/cat' } })");
    const auto plus = [this] {
        const std::string& screen = outer.screen();
        return static_cast<int>(screen.substr(0, screen.find('\n')).find('+'));
    };
    ASSERT_TRUE(shows("+"));
    loop->mouse({Mouse::Kind::press, plus(), 0, Mouse::Button::left});
    ASSERT_TRUE(shows("[1LeftCurrentPaneDomain]")) << outer.screen();
    EXPECT_EQ(loop->root()->active_window->tabs.size(), 1U);
    loop->mouse({Mouse::Kind::press, plus(), 0, Mouse::Button::left});
    ASSERT_TRUE(run_until([this] { return loop->root()->active_window->tabs.size() == 2; }));
    EXPECT_TRUE(shows("[2LeftCurrentPaneDomain]"));
}

TEST_F(UiLoopTest, HoverChangesTheModelOnlyWhenAnotherTabIsHovered) {
    start("local w = require 'wezterm' w.on('format-tab-title', function(t) return '<' .. t.tab_index .. '>' "
          "end) "
          "return { use_fancy_tab_bar = false }",
          {}, 2);
    ASSERT_TRUE(shows("<0><1>"));
    loop->mouse({Mouse::Kind::move, 0, 0});
    ASSERT_TRUE(run_until([this] { return loop->window()->hovered_tab.has_value(); }));
    // What else may change it does so once.
    bool same = false;
    for (int i = 0; i < 100 && !same; ++i) {
        const RecordRef before = loop->root().record();
        loop->mouse({Mouse::Kind::move, i % 2, 0});
        loop->turn(0);
        same = loop->root().record() == before;
    }
    EXPECT_TRUE(same);
    loop->mouse({Mouse::Kind::move, 50, 0});
    EXPECT_TRUE(run_until([this] { return !loop->window()->hovered_tab.has_value(); }));
}

TEST_F(UiLoopTest, KeysBehindACallbackKeepTheirOrder) {
    start(R"(
        local wezterm = require 'wezterm'
        return { keys = { { key = 'x', mods = 'ALT',
            action = wezterm.action_callback(function(window, pane) pane:send_text '|' end) } } }
    )");
    std::string expected;
    for (int i = 0; i < 20; ++i) {
        type("a");
        loop->key(model::character_key(U'x', model::Modifiers::alt));
        type("b");
        expected += "a|b";
    }
    EXPECT_TRUE(shows(expected)) << outer.screen() << log();
}

TEST_F(UiLoopTest, ACallbackThatLoopsDoesNotHoldTheKeysForLong) {
    start(R"(
        local wezterm = require 'wezterm'
        return { keys = { { key = 'x', mods = 'ALT',
            action = wezterm.action_callback(function() while true do end end) } } }
    )");
    loop->key(model::character_key(U'x', model::Modifiers::alt));
    type("still here");
    EXPECT_TRUE(shows("still here"));
    EXPECT_EQ(loop->instruments().late_by_script(), 0U);
}

TEST_F(UiLoopTest, TheAnswerToAKeyWaitsForNoInterval) {
    start("return {}", {}, 1, 1); // one frame a second
    const std::int64_t begin = monotonic_ns();
    std::string typed;
    for (char c = 'a'; c <= 'z'; ++c) {
        typed += c;
        type({&c, 1});
        ASSERT_TRUE(shows(typed)) << outer.screen();
    }
    EXPECT_LT(monotonic_ns() - begin, 13'000'000'000) << "half of what it would be";
}

TEST_F(UiLoopTest, OutputThatNobodyTypedForKeepsTheInterval) {
    start("return {}", {}, 1, 20);
    const std::int64_t begin = monotonic_ns();
    const std::uint64_t before = outer.frames();
    const Id flooded = pane();
    for (int i = 0; i < 400; ++i) {
        loop->mux().send_bytes(flooded, std::to_string(i) + "\r");
        loop->turn(1'000'000);
    }
    ASSERT_TRUE(shows("399"));
    const auto passed = static_cast<std::uint64_t>(monotonic_ns() - begin);
    EXPECT_LE(outer.frames() - before, passed / 50'000'000 + 2);
}

TEST_F(UiLoopTest, IdleDrawsNothing) {
    start("return {}");
    ASSERT_TRUE(run_until([this] { return loop->idle(); }));
    for (int i = 0; i < 20; ++i) loop->turn(5'000'000); // processes are looked at, prompts come
    const std::uint64_t frames = outer.frames();
    for (int i = 0; i < 20; ++i) loop->turn(1'000'000);
    EXPECT_EQ(outer.frames(), frames);
}

TEST_F(UiLoopTest, ABrokenConfigurationSaysSoAndGoesOn) {
    UiLoop::Options options;
    options.config.source = "return {";
    options.outer = &outer;
    options.environment = {"PATH=/usr/bin:/bin", "HOME=/tmp"};
    loop = std::make_unique<UiLoop>(std::move(options));
    std::vector<LogRecord> log;
    ASSERT_TRUE(run_until([&] {
        for (LogRecord& record : loop->take_log()) log.push_back(std::move(record));
        return !log.empty();
    }));
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    ASSERT_TRUE(loop->mux().apply(model::SpawnWindow{cat, {}, {}, {}}));
    type("typed");
    EXPECT_TRUE(shows("typed"));
}

// ---- each counter that a promise rests on moves when it should

TEST_F(UiLoopTest, AnInjectedWaitMovesTheCounters) {
    bool slow = false;
    start(
        "return {}",
        [&] {
            if (slow) std::this_thread::sleep_for(std::chrono::milliseconds{5});
        },
        1, 240);
    ASSERT_EQ(loop->instruments().stalls().count("publish"), 0U);
    ASSERT_TRUE(run_until([this] { return loop->idle(); }));
    std::this_thread::sleep_for(std::chrono::milliseconds{10}); // quiet for longer than a frame
    slow = true;
    ASSERT_TRUE(loop->mux().apply(model::InjectOutput{pane(), "x"}));
    ASSERT_TRUE(shows("x"));
    ASSERT_EQ(loop->instruments().stalls().count("publish"), 1U);
    EXPECT_GT(loop->instruments().late(), 0U);
    EXPECT_GT(loop->instruments().late_by_script(), 0U);
    EXPECT_GE(loop->instruments().script_on_ui().max(), 5'000'000);
}

thread_local std::uint64_t allocations = 0;

TEST_F(UiLoopTest, TheReadingPathDoesNotAllocate) {
    start("local w = require 'wezterm' w.on('format-tab-title', function(t) return '<' .. t.tab_index .. '>' "
          "end) "
          "return {}",
          {}, 3);
    ASSERT_TRUE(shows("<0>"));
    loop->instruments().count_allocations_with([] { return allocations; });
    const std::uint64_t reads = loop->instruments().views().reads;
    const std::uint64_t revision = loop->engine().revision();
    type("abcdef");
    ASSERT_TRUE(shows("abcdef"));
    EXPECT_GT(loop->instruments().views().reads, reads);
    // A snapshot itself is one node.
    EXPECT_LE(loop->instruments().allocations(), loop->engine().revision() - revision);
}

TEST_F(UiLoopTest, AnInjectedAllocationIsCounted) {
    std::vector<std::unique_ptr<int>> injected;
    bool allocating = false;
    start("return {}", [&] {
        if (allocating)
            for (int i = 0; i < 1000; ++i) injected.push_back(std::make_unique<int>(i));
    });
    loop->instruments().count_allocations_with([] { return allocations; });
    allocating = true;
    loop->focus(false); // something to publish
    loop->turn(0);
    allocating = false;
    EXPECT_GE(loop->instruments().allocations(), 1000U);
}

TEST_F(UiLoopTest, AnInjectedRunIsCounted) {
    start("local w = require 'wezterm' w.on('format-tab-title', function(t) return '<' .. t.tab_index .. '>' "
          "end) "
          "return { use_fancy_tab_bar = false }",
          {}, 3);
    ASSERT_TRUE(shows("<0><1><2>"));
    const auto runs = [this] {
        const auto report = loop->engine().report(std::chrono::seconds{60});
        return report && !report->handlers.empty() ? report->handlers[0].runs : 0;
    };
    const auto settle = [this] {
        for (int i = 0; i < 10; ++i) {
            loop->turn(1'000'000);
            ASSERT_TRUE(loop->engine().settle(std::chrono::seconds{60}));
        }
    };
    settle();
    const std::uint64_t before = runs();
    ASSERT_GE(before, 3U);
    ASSERT_TRUE(loop->mux().apply(model::InjectOutput{pane(), "printed"}));
    ASSERT_TRUE(shows("printed"));
    settle();
    EXPECT_EQ(runs(), before) << "no title reads what was printed";
    loop->invalidate("format-tab-title");
    EXPECT_TRUE(run_until([&] { return runs() >= before + 3; }));
}

TEST_F(UiLoopTest, ALateValueIsReadAsStale) {
    start("local w = require 'wezterm' w.on('format-tab-title', function(t) "
          "if t.tab_title ~= '' then w.sleep_ms(600000) end return '<' .. t.tab_index .. '>' end) "
          "return { use_fancy_tab_bar = false }");
    ASSERT_TRUE(shows("<0>"));
    const std::uint64_t stale = loop->instruments().views().stale;
    ASSERT_TRUE(loop->mux().apply(model::SetTabTitle{loop->window()->active_tab.id(), "slow"}));
    EXPECT_TRUE(run_until([&] {
        loop->mux().apply(model::InjectOutput{pane(), "x"}); // so that there are frames
        return loop->instruments().views().stale > stale;
    }));
    EXPECT_EQ(loop->instruments().late_by_script(), 0U);
}

} // namespace

} // namespace lunette::server

// Not inlined: g++ would take the pair of malloc and free for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++lunette::server::allocations;
    if (void* memory = std::malloc(size ? size : 1)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++lunette::server::allocations;
    return std::malloc(size ? size : 1);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
