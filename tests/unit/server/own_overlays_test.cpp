#include "server/ui_loop_fixture.h"

#include <fstream>
#include <sstream>

namespace lunette::server {

namespace {

using model::Key;
using model::Modifiers;

class OwnOverlaysTest : public UiLoopTest {
protected:
    void press(Key key, Modifiers modifiers = Modifiers::none) {
        loop->key(model::named_key(key, modifiers));
    }
    void prefix(char32_t key) {
        loop->key(model::character_key(U'b', Modifiers::ctrl));
        loop->key(model::character_key(key));
    }
    void alt(char32_t key) { loop->key(model::character_key(key, Modifiers::alt)); }
    bool shows_not(const std::string& text) {
        return run_until([&] { return outer.screen().find(text) == std::string::npos; });
    }
    // Toasts are wrapped.
    bool tells(const std::string& text) {
        return run_until([&] {
            std::istringstream words{outer.screen()};
            std::string flat;
            for (std::string word; words >> word;) flat += word + ' ';
            return flat.find(text) != std::string::npos;
        });
    }
    // Two panes beside each other; the second one is active.
    void split() {
        model::SplitPane command{pane(), model::Direction::right, {}, false, 0, {}};
        command.spawn.args = {"/bin/cat"};
        ASSERT_TRUE(loop->mux().apply(command));
        ASSERT_TRUE(run_until([this] { return loop->window()->active_tab->all_panes.size() == 2; }));
    }
    Id pane_at(std::size_t index) { return loop->window()->active_tab->panes[index].id(); }
};

TEST_F(OwnOverlaysTest, TheConfigurationSaysWhatMayGoWithoutAQuestion) {
    start(R"lua(
        local wezterm = require 'wezterm'
        wezterm.on('mux-is-process-stateful', function(process)
            if process.name == 'cat' then return wezterm.GLOBAL.keeps == true end
        end)
        wezterm.on('keep', function() wezterm.GLOBAL.keeps = true end)
        return { keys = {
            { key = 'x', mods = 'ALT', action = wezterm.action.CloseCurrentPane { confirm = true } },
            { key = 'k', mods = 'ALT', action = wezterm.action.EmitEvent 'keep' },
        } })lua");
    split();
    const auto is_known = [this] {
        return loop->window()->active_pane->foreground_process_info["name"].text() == "cat";
    };
    ASSERT_TRUE(run_until(is_known));
    alt(U'x');
    EXPECT_TRUE(run_until([this] { return loop->window()->active_tab->all_panes.size() == 1; }))
        << "false: it goes, although cat is no shell";
    split();
    ASSERT_TRUE(run_until(is_known));
    alt(U'k');
    alt(U'x');
    EXPECT_TRUE(shows("cat is running."));
    EXPECT_EQ(loop->window()->active_tab->all_panes.size(), 2U);
}

TEST_F(OwnOverlaysTest, AHandlerThatDoesNotAnswerPutsOffNoQuestion) {
    start(R"lua(
        local wezterm = require 'wezterm'
        wezterm.on('mux-is-process-stateful', function() while true do end end)
        return { keys = { { key = 'x', mods = 'ALT', action = wezterm.action.CloseCurrentPane { confirm = true } } } }
    )lua");
    split();
    ASSERT_TRUE(run_until(
        [this] { return loop->window()->active_pane->foreground_process_info["name"].text() == "cat"; }));
    alt(U'x');
    // The loop wakes for it, though nothing else happens.
    const std::int64_t end = monotonic_ns() + 60'000'000'000;
    for (int turns = 0; outer.screen().find("cat is running.") == std::string::npos; ++turns) {
        ASSERT_LT(turns, 1000);
        loop->turn(end - monotonic_ns());
        ASSERT_LT(monotonic_ns(), end);
    }
}

TEST_F(OwnOverlaysTest, ATabIsRenamed) {
    start("return {}");
    prefix(U',');
    ASSERT_TRUE(shows("A name for this tab"));
    type("mine");
    press(Key::enter);
    EXPECT_TRUE(run_until([this] { return loop->window()->active_tab->tab_title == "mine"; }));
    prefix(U',');
    ASSERT_TRUE(shows("> mine"));
    press(Key::escape);
    ASSERT_TRUE(shows_not("A name for"));
    EXPECT_EQ(loop->window()->active_tab->tab_title, "mine");
}

TEST_F(OwnOverlaysTest, AWorkspaceIsRenamed) {
    start("return {}");
    prefix(U'$');
    ASSERT_TRUE(shows("> default"));
    loop->key(model::character_key(U'u', Modifiers::ctrl));
    type("work");
    press(Key::enter);
    EXPECT_TRUE(run_until([this] { return loop->window()->workspace == "work"; }));
}

TEST_F(OwnOverlaysTest, HelpListsKeysAndNamesCallbacks) {
    start(R"(
        local wezterm = require 'wezterm'
        return { keys = { { key = 'F5', action = wezterm.action_callback(function() end) } } }
    )");
    prefix(U'?');
    ASSERT_TRUE(shows("Behind CTRL+b"));
    type("/lua callback");
    EXPECT_TRUE(shows(":3")) << outer.screen();
    EXPECT_NE(outer.screen().find("F5"), std::string::npos);
    press(Key::escape);
    press(Key::escape);
    EXPECT_TRUE(shows_not("Lua callback"));
    type("typed");
    EXPECT_TRUE(shows("typed"));
}

TEST_F(OwnOverlaysTest, TheInformationPageTellsOfHandlers) {
    start(R"(
        local wezterm = require 'wezterm'
        wezterm.on('update-status', function() error('no way') end)
        return {}
    )");
    ASSERT_TRUE(shows("no way")) << "a toast says so";
    prefix(U'i');
    ASSERT_TRUE(shows("This terminal"));
    press(Key::end);
    EXPECT_TRUE(shows("errors, the last: ")) << outer.screen();
}

TEST_F(OwnOverlaysTest, PaneSelectActivatesAndSwaps) {
    start(R"(
        local wezterm = require 'wezterm'
        return { keys = {
            { key = 's', mods = 'ALT', action = wezterm.action.PaneSelect { mode = 'SwapWithActive', alphabet = '12' } },
            { key = 'k', mods = 'ALT', action = wezterm.action.PaneSelect { mode = 'SwapWithActiveKeepFocus' } },
            { key = 't', mods = 'ALT', action = wezterm.action.PaneSelect { mode = 'MoveToNewTab' } },
        } }
    )");
    split();
    const Id left = pane_at(0), right = pane_at(1);
    prefix(U'q');
    ASSERT_TRUE(shows("  a  ")) << outer.screen();
    type("a");
    ASSERT_TRUE(run_until([&] { return pane() == left; }));
    alt(U's');
    ASSERT_TRUE(shows("  2\n")) << outer.screen();
    type("2");
    ASSERT_TRUE(run_until([&] { return loop->window()->active_tab->panes[0].id() == right; }));
    EXPECT_EQ(pane(), right) << "the focus stays where it is on the screen";
    alt(U'k');
    ASSERT_TRUE(shows("  a  "));
    type("s");
    ASSERT_TRUE(run_until([&] { return loop->window()->active_tab->panes[0].id() == left; }));
    EXPECT_EQ(pane(), right) << "and here it goes along";
    alt(U't');
    ASSERT_TRUE(shows("  a  "));
    type("a");
    EXPECT_TRUE(run_until([&] { return loop->window()->tabs.size() == 2; }));
}

TEST_F(OwnOverlaysTest, ACharacterIsTypedCopiedAndRemembered) {
    start("return { keys = { { key = 'u', mods = 'ALT', action = require('wezterm').action.CharSelect {} } } "
          "}");
    alt(U'u');
    ASSERT_TRUE(shows("SmileysAndEmotion")) << outer.screen();
    type("rightwards arrow");
    ASSERT_TRUE(shows("→")) << outer.screen();
    press(Key::enter);
    ASSERT_TRUE(shows_not("All characters"));
    EXPECT_TRUE(shows("→")) << outer.screen();
    alt(U'u');
    EXPECT_TRUE(shows("RecentlyUsed")) << outer.screen();
}

// ---- debug overlay

TEST_F(OwnOverlaysTest, TheDebugOverlayRunsLua) {
    start(
        "greeting = 'hello'; return { keys = { { key = 'd', mods = 'ALT', action = 'ShowDebugOverlay' } } }");
    alt(U'd');
    ASSERT_TRUE(shows("Log and Lua"));
    type("greeting .. ' ' .. pane:pane_id()");
    press(Key::enter);
    EXPECT_TRUE(shows("= \"hello 0\"")) << outer.screen() << log();
    type("kept = 41");
    press(Key::enter);
    type("kept + 1");
    press(Key::enter);
    EXPECT_TRUE(shows("= 42")) << outer.screen() << log();
    type("nil + 1");
    press(Key::enter);
    EXPECT_TRUE(shows("! prompt:1: ")) << outer.screen() << log();
    type("= =");
    press(Key::enter);
    EXPECT_TRUE(shows("! prompt:1: unexpected symbol")) << outer.screen() << log();
    type("require('wezterm').log_info('from the prompt')");
    press(Key::enter);
    EXPECT_TRUE(run_until([this] {
        loop->take_log();
        return outer.screen().find("info     from the prompt") != std::string::npos;
    })) << outer.screen();
}

TEST_F(OwnOverlaysTest, TheDebugOverlayShowsStatisticsAndKeys) {
    start(R"(
        local wezterm = require 'wezterm'
        wezterm.on('update-status', function() end)
        return { keys = { { key = 'd', mods = 'ALT', action = 'ShowDebugOverlay' } } }
    )");
    alt(U'd');
    ASSERT_TRUE(shows("Log and Lua"));
    press(Key::tab);
    EXPECT_TRUE(shows("update-status")) << outer.screen();
    press(Key::tab);
    loop->key(model::character_key(U'T', Modifiers::ctrl | Modifiers::shift));
    EXPECT_TRUE(shows("Spawn Tab")) << outer.screen();
    EXPECT_EQ(loop->window()->tabs.size(), 1U) << "it is explained, not performed";
    press(Key::escape);
    press(Key::escape);
    EXPECT_TRUE(shows_not("Spawn Tab"));
}

// ---- toasts

TEST_F(OwnOverlaysTest, ProgramsAndLuaSendToasts) {
    start(R"(
        local wezterm = require 'wezterm'
        return { keys = { { key = 't', mods = 'ALT', action = wezterm.action_callback(function(window)
            window:toast_notification('Lua', 'says so', nil, 60000)
        end) } } }
    )");
    loop->mux().apply(model::InjectOutput{pane(), "\x1b]9;from a program\x07"});
    EXPECT_TRUE(shows("from a program")) << outer.screen();
    alt(U't');
    EXPECT_TRUE(shows("Lua: says so")) << outer.screen() << log();
    type("typed");
    EXPECT_TRUE(shows("typed")) << "keys are the program's";
    EXPECT_TRUE(shows_not("from a program"));
}

TEST_F(OwnOverlaysTest, AProgramThatFloodsIsCutShort) {
    start("return {}");
    std::string flood;
    for (int i = 0; i < 100; ++i) flood += "\x1b]9;number " + std::to_string(i) + "\x07";
    loop->mux().apply(model::InjectOutput{pane(), flood});
    EXPECT_TRUE(shows("number 4")) << outer.screen();
    EXPECT_EQ(outer.screen().find("number 5"), std::string::npos);
    const std::string logged = log();
    EXPECT_NE(logged.find("number 4"), std::string::npos) << logged;
    EXPECT_EQ(logged.find("number 5"), std::string::npos) << "nor is the log flooded";
}

TEST_F(OwnOverlaysTest, AFailingHandlerIsSaidOnceWithItsPlace) {
    start(R"(
        local wezterm = require 'wezterm'
        return { keys = { { key = 'e', mods = 'ALT', action = wezterm.action_callback(function()
            error('the same each time')
        end) } } }
    )");
    for (int i = 0; i < 3; ++i) alt(U'e');
    EXPECT_TRUE(tells(":4: the same each time")) << outer.screen() << log();
    EXPECT_EQ(outer.screen().find("×2"), std::string::npos);
}

TEST_F(OwnOverlaysTest, ABrokenConfigurationIsSaidAndMended) {
    const std::string path = ::testing::TempDir() + "own_overlays_" + std::to_string(::getpid()) + ".lua";
    std::ofstream{path} << "return {}\n";
    UiLoop::Options options;
    options.config.path = path;
    options.outer = &outer;
    options.environment = {"PATH=/usr/bin:/bin", "HOME=/tmp", "SHELL=/bin/sh"};
    loop = std::make_unique<UiLoop>(std::move(options));
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    ASSERT_TRUE(loop->mux().apply(model::SpawnWindow{cat, {}, {}, {}}));
    ASSERT_TRUE(run_until([this] { return loop->engine().load().generation != 0; }));
    std::ofstream{path} << "local x =\nreturn {}\n";
    ASSERT_TRUE(tells(".lua:2: unexpected symbol")) << outer.screen() << log();
    EXPECT_TRUE(tells("one before stays in force")) << outer.screen();
    std::ofstream{path} << "return { scrollback_lines = 10 }\n";
    EXPECT_TRUE(tells("1 options (0 applied, 1 adapted")) << outer.screen() << log();
    EXPECT_TRUE(shows_not("unexpected symbol"));
    ::unlink(path.c_str());
}

// ---- bells

TEST_F(OwnOverlaysTest, ABellMarksItsTab) {
    start("return { use_fancy_tab_bar = false }", {}, 2);
    const Id first = loop->window()->tabs.at(0).active_pane.id();
    loop->mux().apply(model::InjectOutput{first, "\x07"});
    EXPECT_TRUE(shows("1: cat ! ")) << outer.screen();
    ASSERT_TRUE(loop->mux().apply(model::ActivateTab{loop->window()->tabs[0].id()}));
    EXPECT_TRUE(shows("1: cat  ")) << outer.screen();
}

TEST_F(OwnOverlaysTest, AVisualBellFlashesTheBarAndEnds) {
    start("return { visual_bell = { fade_in_duration_ms = 50, fade_out_duration_ms = 50 } }");
    const auto inverse = [this] {
        const ui::Frame& frame = *outer.last();
        const auto cell = frame.row(0)[frame.row(0).size() - 1];
        return (frame.style_at(cell.style).attributes & ui::FrameStyle::inverse) != 0;
    };
    const bool before = inverse();
    loop->mux().apply(model::InjectOutput{pane(), "\x07"});
    EXPECT_TRUE(run_until([&] { return inverse() != before; }));
    EXPECT_TRUE(run_until([&] { return inverse() == before; }));
}

} // namespace

} // namespace lunette::server
