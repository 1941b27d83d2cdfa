#include "server/mouse/click_streak.h"
#include "server/ui_loop_fixture.h"

#include <algorithm>

namespace lunette::server {

namespace {

using Button = Mouse::Button;
using Kind = Mouse::Kind;
using model::Modifiers;

// The mouse over a pane that shows what is injected, at the outer's upper left corner: there is no tab bar.
class MouseTest : public UiLoopTest {
protected:
    void start_with(const std::string& config, std::string_view output) {
        start("local wezterm = require 'wezterm'\nlocal c = {enable_tab_bar = false}\n" + config +
              "\nreturn c");
        inject(output);
    }
    void inject(std::string_view output) {
        loop->mux().apply(model::InjectOutput{pane(), std::string{output}});
        loop->turn(0);
    }
    void press(int x, int y, Modifiers modifiers = Modifiers::none, Button button = Button::left) {
        loop->mouse({Kind::press, x, y, button, modifiers});
    }
    void drag(int x, int y, Modifiers modifiers = Modifiers::none, Button button = Button::left) {
        loop->mouse({Kind::move, x, y, button, modifiers});
    }
    void release(int x, int y, Modifiers modifiers = Modifiers::none, Button button = Button::left) {
        loop->mouse({Kind::release, x, y, button, modifiers});
        loop->turn(0);
        loop->turn(0);
    }
    void click(int x, int y, Modifiers modifiers = Modifiers::none, Button button = Button::left) {
        press(x, y, modifiers, button);
        release(x, y, modifiers, button);
    }
    void move(int x, int y) { loop->mouse({Kind::move, x, y}); }
    void wheel(Kind kind, int x, int y, Modifiers modifiers = Modifiers::none) {
        loop->mouse({kind, x, y, Button::none, modifiers});
        loop->turn(0);
    }
    mux::Pane& shown() { return *loop->mux().pane(pane()); }
    std::string selected() {
        return std::string{loop->mux().answer(model::SelectionText{pane(), false})->text()};
    }
    std::string copied() { return outer.copied().empty() ? "" : outer.copied().back().second; }
    ui::FrameStyle look(int x, int y) {
        return outer.last()->style_at(outer.last()->row(y)[static_cast<std::size_t>(x)].style);
    }
    // What cat got and gave back.
    bool program_got(const std::string& text) { return shows(text); }
};

// 20 rows, the first ten above the screen.
std::string twenty_rows() {
    std::string rows;
    for (int i = 0; i < 20; ++i) rows += (i ? "\r\nrow " : "row ") + std::to_string(i);
    return rows;
}

// ---- where

TEST_F(MouseTest, TheBarIsWhereItIsDrawn) {
    start(R"(
        local wezterm = require 'wezterm'
        return { use_fancy_tab_bar = false, keys = { { key = 'b', mods = 'ALT', action = wezterm.action_callback(
            function(window) window:set_config_overrides { tab_bar_at_bottom = true } end) } } }
    )",
          {}, 2);
    const auto bar = [this] { return outer.screen().find(" 1: cat "); };
    ASSERT_TRUE(run_until([&] { return bar() == 0; })) << outer.screen();
    loop->key(model::character_key(U'b', Modifiers::alt));
    ASSERT_TRUE(run_until([&] { return bar() != std::string::npos && bar() > 0; })) << outer.screen();
    const Id second = pane();
    click(3, 0);
    EXPECT_EQ(pane(), second) << "the first row is the pane's now";
    click(3, 9);
    EXPECT_NE(pane(), second);
}

TEST_F(MouseTest, TheSideButtonsAreThePrograms) {
    start_with("", "\x1B[?1000;1006h");
    press(4, 2, Modifiers::none, Button::back);
    release(4, 2, Modifiers::none, Button::back);
    press(5, 2, Modifiers::none, Button::forward);
    loop->mux().send_bytes(pane(), "\n");
    EXPECT_TRUE(program_got("[<128;5;3M^[[<128;5;3m^[[<129;6;3M")) << outer.screen();
}

// ---- selecting

TEST_F(MouseTest, ADragSelectsAndItsEndCopies) {
    start_with("", "hello big world\r\nsecond line");
    press(6, 0);
    EXPECT_FALSE(shown().selection());
    drag(6, 0);
    EXPECT_FALSE(shown().selection()) << "within the cell";
    drag(8, 0);
    EXPECT_EQ(selected(), "big");
    drag(5, 1);
    EXPECT_EQ(selected(), "big world\nsecond");
    EXPECT_TRUE(outer.copied().empty());
    release(5, 1);
    ASSERT_EQ(outer.copied().size(), 1U);
    EXPECT_EQ(outer.copied()[0], (std::pair<std::string, std::string>{"cp", "big world\nsecond"}));
    EXPECT_EQ(selected(), "big world\nsecond") << "it stays";
    click(0, 1);
    EXPECT_EQ(selected(), "");
    EXPECT_EQ(outer.copied().size(), 1U) << "nothing is selected: the clipboard keeps what it has";
}

TEST_F(MouseTest, SelectingBackwardsTakesBothEnds) {
    start_with("", "hello big world");
    press(8, 0);
    drag(6, 0);
    EXPECT_EQ(selected(), "big");
    drag(8, 0);
    EXPECT_EQ(selected(), "g");
}

TEST_F(MouseTest, TwoClicksTakeAWordAndThreeALine) {
    start_with("c.selection_word_boundary = ' -'", "one two-three (x)\r\nnext");
    click(5, 0);
    press(5, 0);
    EXPECT_EQ(selected(), "two");
    drag(9, 0);
    EXPECT_EQ(selected(), "two-three");
    release(9, 0);
    EXPECT_EQ(copied(), "two-three");
    click(14, 0);
    click(14, 0);
    EXPECT_EQ(copied(), "(x)");
    press(14, 0);
    EXPECT_EQ(selected(), "one two-three (x)");
    drag(0, 1);
    release(0, 1);
    EXPECT_EQ(copied(), "one two-three (x)\nnext");
}

TEST_F(MouseTest, AltSelectsABlockAndShiftExtends) {
    start_with("", "abcdef\r\nghijkl\r\nmnopqr");
    press(1, 0, Modifiers::alt);
    drag(3, 2, Modifiers::alt);
    release(3, 2, Modifiers::alt);
    EXPECT_EQ(copied(), "bcd\nhij\nnop");
    click(4, 1, Modifiers::alt | Modifiers::shift);
    EXPECT_EQ(copied(), "bcde\nhijk");
    click(2, 0);
    click(4, 1, Modifiers::shift);
    EXPECT_EQ(copied(), "cdef\nghijk");
}

TEST_F(MouseTest, ASemanticZoneIsSelectedWhereTheConfigurationSaysSo) {
    start_with(
        "c.mouse_bindings = {{event = {Down = {streak = 3, button = 'Left'}}, "
        "action = wezterm.action.SelectTextAtMouseCursor 'SemanticZone'}}",
        "\x1b]133;A\x1b\\$ \x1b]133;B\x1b\\ls -l\r\n\x1b]133;C\x1b\\a file\r\nanother\r\n\x1b]133;A\x1b\\$ ");
    for (int i = 0; i < 3; ++i) click(2, 1);
    EXPECT_EQ(copied(), "a file\nanother");
}

TEST_F(MouseTest, DraggingBeyondTheEdgeScrolls) {
    start("return {}"); // the bar is above
    inject(twenty_rows());
    ASSERT_GT(shown().physical_top(), 8);
    const std::int64_t before = shown().physical_top();
    press(3, 1);
    drag(3, 0);
    ASSERT_TRUE(shown().viewport_top());
    EXPECT_EQ(*shown().viewport_top(), before - 1);
    // It goes on while the mouse is held there.
    EXPECT_TRUE(run_until([&] { return shown().viewport_top() == std::optional<std::int64_t>{0}; }));
    EXPECT_TRUE(run_until([&] { return selected().starts_with(" 0\nrow 1\n"); })) << selected();
    drag(3, 3);
    EXPECT_EQ(loop->mux().pane(pane())->viewport_top(), 0);
    release(3, 3);
    EXPECT_TRUE(copied().starts_with(" 2\nrow 3")) << copied();
}

TEST_F(MouseTest, TheSelectionGoesWithItsText) {
    start_with("", "hello big world\r\nsecond");
    press(6, 0);
    drag(8, 0);
    release(8, 0);
    inject("\x1b[2;1Hother");
    EXPECT_EQ(selected(), "big");
    inject("\x1b[1;8HIGH");
    EXPECT_EQ(selected(), "");
    EXPECT_FALSE(shown().selection());
}

TEST_F(MouseTest, TheSelectionStaysWhileItScrolls) {
    start_with("", "hello big world");
    press(6, 0);
    drag(8, 0);
    release(8, 0);
    inject("\r\n" + twenty_rows());
    EXPECT_EQ(selected(), "big");
    loop->mux().perform(loop->mux().active_window(), 0, {"ClearScrollback", "ScrollbackOnly"});
    EXPECT_EQ(selected(), "");
}

TEST_F(MouseTest, LuaReadsTheSelection) {
    start_with(R"(
        c.keys = {{key = 'x', mods = 'ALT', action = wezterm.action_callback(function(window, pane)
            local text = window:get_selection_text_for_pane(pane)
            local escapes = window:get_selection_escapes_for_pane(pane)
            pane:inject_output('\r\n[' .. text .. '][' .. #escapes .. ']')
            window:copy_to_clipboard('by Lua: ' .. text, 'Clipboard')
        end)}})",
               "some \x1b[31mred\x1b[m text");
    press(5, 0);
    drag(7, 0);
    release(7, 0);
    loop->key(model::character_key(U'x', Modifiers::alt));
    EXPECT_TRUE(shows("[red][18]")) << outer.screen();
    EXPECT_TRUE(run_until([this] { return copied() == "by Lua: red"; }));
    EXPECT_EQ(outer.copied().back().first, "c");
}

// ---- bindings and programs

TEST_F(MouseTest, TheUsersBindingsReplaceDefaults) {
    start_with(R"(c.mouse_bindings = {
            {event = {Up = {streak = 1, button = 'Left'}}, action = wezterm.action.CompleteSelection 'PrimarySelection'},
            {event = {Down = {streak = 1, button = 'Right'}}, mods = 'CTRL', action = wezterm.action.SendString 'right'},
            {event = {Down = {streak = 1, button = {WheelUp = 1}}}, mods = 'CTRL', action = wezterm.action.SendString 'wheel'},
            {event = {Down = {streak = 1, button = {WheelDown = 1}}}, action = 'DisableDefaultAssignment'},
        })",
               twenty_rows());
    press(0, 0);
    drag(2, 0);
    release(2, 0);
    ASSERT_FALSE(outer.copied().empty());
    EXPECT_EQ(outer.copied().back().first, "p");
    click(0, 0, Modifiers::ctrl, Button::right);
    EXPECT_TRUE(program_got("right"));
    wheel(Kind::wheel_up, 0, 0, Modifiers::ctrl);
    EXPECT_TRUE(program_got("rightwheel"));
    wheel(Kind::wheel_up, 0, 0);
    ASSERT_TRUE(shown().viewport_top());
    const auto top = shown().viewport_top();
    wheel(Kind::wheel_down, 0, 0);
    EXPECT_EQ(shown().viewport_top(), top);
}

TEST_F(MouseTest, WithoutTheDefaultsNothingIsSelected) {
    start_with("c.disable_default_mouse_bindings = true", twenty_rows());
    press(0, 0);
    drag(5, 0);
    release(5, 0);
    EXPECT_FALSE(shown().selection());
    wheel(Kind::wheel_up, 0, 0);
    EXPECT_FALSE(shown().viewport_top());
}

TEST_F(MouseTest, ACallbackGetsThePaneUnderTheMouse) {
    start_with(R"(c.mouse_bindings = {{event = {Down = {streak = 1, button = 'Right'}},
        action = wezterm.action_callback(function(window, pane) pane:send_text 'clicked' end)}})",
               "");
    click(3, 3, Modifiers::none, Button::right);
    EXPECT_TRUE(program_got("clicked"));
}

TEST_F(MouseTest, AProgramThatWantsTheMouseGetsIt) {
    start_with(
        R"(c.mouse_bindings = {{event = {Down = {streak = 1, button = 'Right'}}, mouse_reporting = true,
        action = wezterm.action.SendString 'bound'}})",
        "some text\x1b[?1002h\x1b[?1006h\r\n");
    click(5, 0);
    EXPECT_TRUE(program_got("^[[<0;6;1M^[[<0;6;1m")) << outer.screen();
    press(1, 0);
    drag(2, 0);
    EXPECT_TRUE(program_got("^[[<32;3;1M")) << outer.screen();
    drag(200, 50);
    release(200, 50);
    EXPECT_TRUE(program_got(";80;10m")) << "held: to the end, within the pane" << outer.screen();
    EXPECT_FALSE(shown().selection());
    click(1, 0, Modifiers::none, Button::right);
    EXPECT_TRUE(program_got("bound"));
}

TEST_F(MouseTest, ModifiersTakeTheMouseFromAProgram) {
    std::size_t copies = 0;
    for (const Modifiers modifiers : {Modifiers::shift, Modifiers::alt}) {
        start_with("", "some text\x1b[?1002h\x1b[?1006h");
        press(5, 0, modifiers);
        drag(8, 0, modifiers);
        release(8, 0, modifiers);
        EXPECT_EQ(copied(), "text");
        EXPECT_EQ(outer.copied().size(), ++copies);
        loop.reset();
    }
    start_with("c.bypass_mouse_reporting_modifiers = 'CTRL'", "some text\x1b[?1002h\x1b[?1006h\r\n");
    press(0, 0, Modifiers::ctrl);
    drag(3, 0, Modifiers::ctrl);
    release(3, 0, Modifiers::ctrl);
    EXPECT_EQ(copied(), "some");
    click(5, 0, Modifiers::shift);
    EXPECT_TRUE(program_got("^[[<4;6;1M"));
}

TEST_F(MouseTest, TheWheelScrollsOrIsTheProgramsKeys) {
    start_with("c.alternate_buffer_wheel_scroll_speed = 2", twenty_rows());
    wheel(Kind::wheel_up, 0, 0);
    EXPECT_EQ(shown().viewport_top(), shown().physical_top() - 3);
    wheel(Kind::wheel_down, 0, 0);
    EXPECT_FALSE(shown().viewport_top());
    inject("\x1b[?1049h\x1b[H");
    wheel(Kind::wheel_up, 0, 0);
    EXPECT_TRUE(program_got("^[[A^[[A")) << outer.screen();
    EXPECT_EQ(outer.screen().find("^[[A^[[A^[[A"), std::string::npos);
}

TEST_F(MouseTest, TheMiddleButtonPastesThePrimarySelection) {
    start_with("", "paste me\r\n");
    press(0, 0);
    drag(4, 0);
    release(4, 0);
    click(9, 5, Modifiers::none, Button::middle);
    EXPECT_TRUE(run_until([this] { return outer.screen().find("paste", 1) != std::string::npos; }));
}

// ---- panes and lines between them

TEST_F(MouseTest, AClickActivatesAPaneAndMayBeSwallowed) {
    start_with("c.swallow_mouse_click_on_pane_focus = true", "");
    const Id left = pane();
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    ASSERT_TRUE(loop->mux().apply(model::SplitPane{left, model::Direction::right, {}, false, 0, cat}));
    loop->mux().apply(model::InjectOutput{left, "some text"});
    loop->turn(0);
    ASSERT_NE(pane(), left);
    press(0, 0);
    drag(3, 0);
    release(3, 0);
    EXPECT_EQ(pane(), left);
    EXPECT_FALSE(shown().selection()) << "that click only chose the pane";
    press(0, 0);
    drag(3, 0);
    EXPECT_EQ(selected(), "some");
}

TEST_F(MouseTest, TheFocusFollowsTheMouseIfWanted) {
    start_with("c.pane_focus_follows_mouse = true", "");
    const Id left = pane();
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    ASSERT_TRUE(loop->mux().apply(model::SplitPane{left, model::Direction::right, {}, false, 0, cat}));
    loop->turn(0);
    const Id right = pane();
    move(1, 1);
    EXPECT_EQ(pane(), left);
    move(79, 1);
    EXPECT_EQ(pane(), right);
}

TEST_F(MouseTest, ALineBetweenPanesIsDragged) {
    start_with("", "");
    const Id left = pane();
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    ASSERT_TRUE(loop->mux().apply(model::SplitPane{left, model::Direction::right, {}, false, 0, cat}));
    loop->turn(0);
    const Id right = pane();
    ASSERT_TRUE(loop->mux().apply(model::SplitPane{right, model::Direction::down, {}, false, 0, cat}));
    loop->turn(0);
    const auto columns = [&](Id id) { return loop->mux().pane(id)->terminal().columns(); };
    const auto rows = [&](Id id) { return loop->mux().pane(id)->terminal().rows(); };
    const int line = columns(left);
    press(line, 2);
    drag(line - 5, 2);
    drag(line - 9, 3);
    release(line - 9, 3);
    EXPECT_EQ(columns(left), line - 9);
    drag(line + 5, 3);
    EXPECT_EQ(columns(left), line - 9) << "it was let go";
    const int height = rows(right);
    press(70, height);
    drag(70, height + 2);
    release(70, height + 2);
    EXPECT_EQ(rows(right), height + 2);
    EXPECT_FALSE(loop->mux().pane(left)->selection());
}

// ---- the tab bar

TEST_F(MouseTest, TheWheelOverTheBarChangesTabs) {
    start("return {}", {}, 3);
    const auto index = [this] { return loop->window()->active_tab->tab_index; };
    ASSERT_EQ(index(), 2);
    wheel(Kind::wheel_down, 60, 0);
    EXPECT_TRUE(run_until([&] { return index() == 0; })) << "around the end";
    wheel(Kind::wheel_up, 60, 0);
    EXPECT_TRUE(run_until([&] { return index() == 2; }));
    loop.reset();
    start("return {mouse_wheel_scrolls_tabs = false}", {}, 2);
    wheel(Kind::wheel_down, 60, 0);
    EXPECT_EQ(index(), 1);
}

// ---- links

TEST_F(MouseTest, ALinkIsUnderlinedWhileTheMousePointsAtIt) {
    start_with("", "see https://example.com/a now\r\n\x1b]8;;http://made\x1b\\made\x1b]8;;\x1b\\");
    move(6, 0);
    ASSERT_TRUE(run_until([this] { return look(4, 0).underline == model::TextUnderline::single; }));
    EXPECT_EQ(look(24, 0).underline, model::TextUnderline::single);
    EXPECT_EQ(look(3, 0).underline, model::TextUnderline::none);
    EXPECT_EQ(look(25, 0).underline, model::TextUnderline::none);
    move(1, 1);
    ASSERT_TRUE(run_until([this] { return look(0, 1).underline == model::TextUnderline::single; }));
    EXPECT_EQ(look(4, 0).underline, model::TextUnderline::none);
    inject("\x1b[2J");
    EXPECT_TRUE(run_until([this] { return look(0, 1).underline == model::TextUnderline::none; }));
}

TEST_F(MouseTest, AClickOpensALinkThroughTheEvent) {
    start_with(R"(wezterm.on('open-uri', function(window, pane, uri)
            pane:inject_output('<' .. uri .. '>')
            return false
        end))",
               "see https://example.com/a now\r\n");
    click(6, 0);
    EXPECT_TRUE(shows("<https://example.com/a>")) << outer.screen() << log();
    EXPECT_TRUE(outer.copied().empty()) << "the handler has done it";
}

TEST_F(MouseTest, WithoutADesktopALinkIsCopied) {
    start_with("", "see https://example.com/a and ssh://there\r\n");
    click(6, 0);
    EXPECT_TRUE(run_until([this] { return copied() == "https://example.com/a"; }));
    EXPECT_TRUE(shows("no desktop here"));
    click(32, 0);
    EXPECT_TRUE(shows("links to ssh: are left to a handler of open-uri")) << outer.screen();
    EXPECT_EQ(copied(), "https://example.com/a");
}

TEST_F(MouseTest, AFileIsOpenedAfterAQuestion) {
    start_with("c.hyperlink_rules = {{regex = [[\\bfile:\\S+]], format = '$0'}}", "file:///etc/passwd\r\n");
    click(6, 0);
    EXPECT_TRUE(shows("Open this file?"));
    type("n");
    EXPECT_TRUE(run_until([this] { return outer.screen().find("Open this") == std::string::npos; }));
    EXPECT_TRUE(outer.copied().empty());
    click(7, 0);
    EXPECT_TRUE(shows("Open this file?"));
    type("y");
    EXPECT_TRUE(run_until([this] { return copied() == "file:///etc/passwd"; }));
}

TEST_F(MouseTest, ABadRuleIsNamedAndTheOthersWork) {
    start_with("c.hyperlink_rules = {{regex = '(', format = '$0'}, {regex = [[#(\\d+)]], "
               "format = 'https://bugs/$1'}}",
               "fixes #42");
    EXPECT_NE(log().find("hyperlink_rules"), std::string::npos);
    click(7, 0);
    EXPECT_TRUE(run_until([this] { return copied() == "https://bugs/42"; }));
}

TEST_F(MouseTest, ThePaddingMovesThePane) {
    start_with("c.window_padding = {left = '2cell', right = '1cell', top = '1cell', bottom = '1cell'}",
               "one two");
    ASSERT_TRUE(shows("\n  one two")) << outer.screen();
    EXPECT_EQ(shown().terminal().columns(), 77);
    press(2, 1);
    drag(4, 1);
    EXPECT_EQ(selected(), "one");
    release(4, 1);
    // The nearest cell of what is pointed at beside it.
    press(0, 0);
    drag(8, 1);
    EXPECT_EQ(selected(), "one two");
    release(8, 1);
    inject("\x1b[?1000h\x1b[?1006h");
    click(79, 9);
    EXPECT_TRUE(program_got("[<0;77;8M")) << outer.screen();
}

TEST_F(MouseTest, ALineIsDraggedInsideOfThePadding) {
    start_with("c.window_padding = {left = '2cell', right = 0, top = '1cell', bottom = 0}", "");
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    const Id first = pane();
    ASSERT_TRUE(loop->mux().apply(model::SplitPane{first, model::Direction::right, {}, false, 0, cat}));
    loop->turn(0);
    const int line = 2 + loop->mux().pane(first)->terminal().columns();
    press(line, 3);
    drag(line - 5, 3);
    release(line - 5, 3);
    EXPECT_EQ(loop->mux().pane(first)->terminal().columns(), line - 7);
}

TEST_F(MouseTest, ACallbackKnowsWhatTheMouseDid) {
    start_with(R"(
        local function tell(window)
            window:set_right_status('[' .. wezterm.to_string(window:current_event()):gsub('%s+', '') .. ']')
        end
        c.enable_tab_bar = true
        c.use_fancy_tab_bar = false
        c.mouse_bindings = {
            {event = {Down = {streak = 1, button = 'Right'}}, mods = 'CTRL', action = wezterm.action_callback(tell)},
            {event = {Down = {streak = 1, button = {WheelUp = 1}}}, mods = 'CTRL',
             action = wezterm.action_callback(tell)},
        }
        c.keys = {{key = 'F5', action = wezterm.action_callback(tell)}})",
               "");
    click(5, 5, Modifiers::ctrl, Button::right);
    EXPECT_TRUE(shows("Down")) << outer.screen();
    EXPECT_TRUE(shows("Right")) << outer.screen();
    EXPECT_TRUE(run_until([this] { return loop->window()->current_event.is_nil(); }));
    wheel(Kind::wheel_up, 5, 5, Modifiers::ctrl);
    EXPECT_TRUE(shows("WheelUp")) << outer.screen();
    EXPECT_TRUE(run_until([this] { return loop->window()->current_event.is_nil(); }));
    model::KeyEvent key;
    key.key = model::Key::f5;
    loop->key(key);
    EXPECT_TRUE(shows("[nil]")) << outer.screen();
}

TEST_F(MouseTest, AllMotionIsWantedWhileSomethingReadsIt) {
    start_with("c.hyperlink_rules = {}", "text");
    ASSERT_TRUE(run_until([this] { return loop->idle(); }));
    EXPECT_FALSE(outer.wants_all_motion());
    inject("\x1b[?1003h more");
    EXPECT_TRUE(run_until([this] { return outer.wants_all_motion(); }));
    inject("\x1b[?1003l more");
    EXPECT_TRUE(run_until([this] { return !outer.wants_all_motion(); }));
    loop.reset();
    start("return {}");
    EXPECT_TRUE(run_until([this] { return outer.wants_all_motion(); })) << "the bar and the links";
}

TEST(ClickStreakTest, CountsQuickPressesOfOneButtonAtOnePlace) {
    ClickStreak streak;
    EXPECT_EQ(streak.press(Button::left, 3, 4, 1000), 1);
    EXPECT_EQ(streak.press(Button::left, 3, 4, 1400), 2);
    EXPECT_EQ(streak.press(Button::left, 3, 4, 1900), 3);
    EXPECT_EQ(streak.of(Button::left), 3);
    EXPECT_EQ(streak.of(Button::right), 0);
    EXPECT_EQ(streak.press(Button::left, 3, 4, 2401), 1) << "too late";
    EXPECT_EQ(streak.press(Button::left, 4, 4, 2402), 1) << "elsewhere";
    EXPECT_EQ(streak.press(Button::right, 4, 4, 2403), 1) << "another button";
}

} // namespace

} // namespace lunette::server
