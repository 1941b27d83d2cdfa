#include "server/overlay_entries.h"
#include "server/ui_loop_fixture.h"

namespace lunette::server {

namespace {

using model::Key;
using model::Modifiers;

class OverlaysTest : public UiLoopTest {
protected:
    void press(Key key, Modifiers modifiers = Modifiers::none) {
        loop->key(model::named_key(key, modifiers));
    }
    void alt(char32_t key) { loop->key(model::character_key(key, Modifiers::alt)); }
    bool shows_not(const std::string& text) {
        return run_until([&] { return outer.screen().find(text) == std::string::npos; });
    }
};

constexpr const char* prompt_config = R"(
    local wezterm = require 'wezterm'
    local act = wezterm.action
    local said = wezterm.action_callback(function(window, pane, line)
        pane:send_text('<' .. tostring(line) .. '>')
    end)
    local prompt = act.PromptInputLine { description = 'Name it', initial_value = 'x', action = said }
    return { keys = {
        { key = 'p', mods = 'ALT', action = prompt },
        { key = 'c', mods = 'ALT', action = wezterm.action_callback(function(window, pane)
            window:perform_action(prompt, pane)
        end) },
        { key = 's', mods = 'ALT', action = act.InputSelector {
            title = 'Pick', choices = { { label = 'first', id = 'one' }, { label = 'second' } },
            action = wezterm.action_callback(function(window, pane, id, label)
                pane:send_text('<' .. tostring(id) .. ',' .. tostring(label) .. '>')
            end) } },
        { key = 'b', mods = 'ALT', action = act.PromptInputLine { description = 'no callback', action = act.Nop } },
        { key = 't', mods = 'CTRL', action = act.ActivateTabRelative(1) },
        { key = 'x', mods = 'ALT', action = act.ActivateCommandPalette },
        { key = 'n', mods = 'ALT', action = act.ShowTabNavigator },
    } }
)";

TEST_F(OverlaysTest, APromptTakesTheKeysAndCallsLua) {
    start(prompt_config);
    alt(U'p');
    ASSERT_TRUE(shows("Name it"));
    type("yz");
    ASSERT_TRUE(shows("> xyz"));
    press(Key::enter);
    EXPECT_TRUE(shows("<xyz>")) << outer.screen() << log();
    EXPECT_EQ(outer.screen().find("Name it"), std::string::npos);
}

TEST_F(OverlaysTest, NoReleaseOfItsKeysReachesTheProgram) {
    start(prompt_config);
    loop->mux().send_bytes(pane(), "\x1B[>10u\n"); // it wants releases, too; cat gives it back
    ASSERT_TRUE(run_until([this] { return outer.key_flags() == 10; }));
    alt(U'p');
    ASSERT_TRUE(shows("Name it"));
    const auto send = [this](model::KeyEvent key, model::KeyAction action) {
        key.action = action;
        loop->key(key);
    };
    send(model::character_key(U'a'), model::KeyAction::press);
    send(model::named_key(Key::escape), model::KeyAction::press); // closes it
    send(model::character_key(U'a'), model::KeyAction::release);
    send(model::named_key(Key::escape), model::KeyAction::release);
    type("q");
    EXPECT_TRUE(shows("<nil>")) << outer.screen();
    ASSERT_TRUE(run_until([this] { return outer.screen().find("113") != std::string::npos; }))
        << outer.screen();
    EXPECT_EQ(outer.screen().find(":3u"), std::string::npos) << outer.screen();
}

TEST_F(OverlaysTest, EscapeGivesNilAndThePaneBack) {
    start(prompt_config);
    type("before");
    alt(U'p');
    ASSERT_TRUE(shows("Name it"));
    press(Key::escape);
    type("after");
    EXPECT_TRUE(shows("before<nil>after")) << outer.screen() << log();
}

TEST_F(OverlaysTest, TextBehindACallbackThatOpensAPromptLandsInIt) {
    start(prompt_config);
    alt(U'c');
    type("typed");
    EXPECT_TRUE(shows("> xtyped")) << outer.screen() << log();
    press(Key::enter);
    type("more");
    EXPECT_TRUE(shows("<xtyped>more")) << outer.screen() << log();
}

TEST_F(OverlaysTest, ASelectorGivesIdAndLabel) {
    start(prompt_config);
    alt(U's');
    ASSERT_TRUE(shows("1. first"));
    type("1");
    EXPECT_TRUE(shows("<one,first>")) << outer.screen() << log();
    alt(U's');
    press(Key::down);
    press(Key::enter);
    EXPECT_TRUE(shows("<nil,second>")) << outer.screen() << log();
    alt(U's');
    press(Key::escape);
    EXPECT_TRUE(shows("<nil,nil>")) << outer.screen() << log();
}

TEST_F(OverlaysTest, AnOverlayBelongsToItsTab) {
    start(prompt_config, {}, 2);
    alt(U'p');
    ASSERT_TRUE(shows("Name it"));
    loop->key(model::character_key(U't', Modifiers::ctrl));
    ASSERT_TRUE(shows_not("Name it"));
    type("elsewhere");
    ASSERT_TRUE(shows("elsewhere"));
    loop->key(model::character_key(U't', Modifiers::ctrl));
    ASSERT_TRUE(shows("> x"));
    EXPECT_EQ(outer.screen().find("elsewhere"), std::string::npos);
    outer.resize(30, 6);
    loop->resized();
    type("y");
    EXPECT_TRUE(shows("> xy"));
}

TEST_F(OverlaysTest, PastesGoToTheOverlay) {
    start(prompt_config);
    alt(U'p');
    ASSERT_TRUE(shows("Name it"));
    loop->paste("\xc3", true, false);
    loop->paste("\xa4!\n", false, true);
    EXPECT_TRUE(shows("> x\u00e4!"));
    press(Key::enter);
    EXPECT_TRUE(shows("<x\u00e4! >")) << outer.screen() << log();
}

TEST_F(OverlaysTest, SaysThatTheCallbackIsMissing) {
    start(prompt_config);
    alt(U'b');
    EXPECT_NE(log().find("PromptInputLine: `action` must be a wezterm.action_callback"), std::string::npos);
}

TEST_F(OverlaysTest, ThePaletteFindsActionsWithTheirKeys) {
    start(prompt_config, {}, 2);
    ASSERT_EQ(loop->window()->active_tab->tab_index, 1);
    alt(U'x');
    ASSERT_TRUE(shows("Commands"));
    type("activate tab relative: 1");
    ASSERT_TRUE(shows("CTRL+t")) << outer.screen();
    press(Key::enter);
    EXPECT_TRUE(run_until([this] { return loop->window()->active_tab->tab_index == 0; })) << log();
    EXPECT_TRUE(shows_not("Commands"));
}

TEST_F(OverlaysTest, EveryEntryOfThePaletteHasAName) {
    const auto entries = palette_entries(model::ConfigView{}, {});
    ASSERT_GT(entries.size(), 5U);
    for (const OverlayEntry& entry : entries)
        EXPECT_FALSE(entry.item.label.plain().empty()) << entry.action.name;
}

TEST_F(OverlaysTest, ThePaletteShowsWhatLuaAdds) {
    start(R"(
        local wezterm = require 'wezterm'
        wezterm.on('augment-command-palette', function()
            return { { brief = 'My own entry', action = wezterm.action.SendString 'chosen' } }
        end)
        return { keys = { { key = 'x', mods = 'ALT', action = wezterm.action.ActivateCommandPalette } } }
    )");
    alt(U'x');
    ASSERT_TRUE(shows("My own entry")) << outer.screen() << log();
    type("my own");
    press(Key::enter);
    EXPECT_TRUE(shows("chosen")) << outer.screen() << log();
}

TEST_F(OverlaysTest, ThePrefixWorksOverAPage) {
    start("return {}");
    const auto prefix = [this](char32_t key) {
        loop->key(model::character_key(U'b', Modifiers::ctrl));
        loop->key(model::character_key(key));
    };
    prefix(U'?');
    ASSERT_TRUE(shows("Behind CTRL+b"));
    prefix(U'c');
    EXPECT_TRUE(run_until([this] { return loop->window()->tabs.size() == 2; }));
    EXPECT_TRUE(shows_not("Behind CTRL+b")) << "it belongs to its tab";
    prefix(U'p');
    EXPECT_TRUE(shows("Behind CTRL+b"));
}

TEST_F(OverlaysTest, TheNavigatorGoesToTabs) {
    start(prompt_config, {}, 3);
    ASSERT_EQ(loop->window()->active_tab->tab_index, 2);
    alt(U'n');
    ASSERT_TRUE(shows("Tab Navigator"));
    type("1");
    EXPECT_TRUE(run_until([this] { return loop->window()->active_tab->tab_index == 0; }));
}

} // namespace

} // namespace lunette::server
