// Copy mode, search and quick select as keys drive them.

#include "server/ui_loop_fixture.h"

#include <algorithm>
#include <string>

namespace lunette::server {

namespace {

using model::Key;
using model::Modifiers;
using model::Selection;

class PaneModesTest : public UiLoopTest {
protected:
    void press(Key key, Modifiers modifiers = Modifiers::none) {
        loop->key(model::named_key(key, modifiers));
    }
    void ctrl(char32_t key) { loop->key(model::character_key(key, Modifiers::ctrl)); }
    void prefix(char32_t key) {
        ctrl(U'b');
        loop->key(model::character_key(key));
    }
    mux::Pane& shown() { return *loop->mux().pane(pane()); }
    void print(std::string text) {
        shown().inject(text);
        loop->mux().touch(pane());
    }
    void numbers(int from, int to) {
        std::string text;
        for (int i = from; i < to; ++i) text += "number " + std::to_string(i) + "\r\n";
        print(text);
    }
    bool is_at(std::int64_t x, std::int64_t y) {
        return run_until([&] { return shown().mark() == model::CellPoint{x, y}; });
    }
    std::string table() { return loop->window()->active_key_table.value_or("none"); }
    bool has_table(const std::string& name) {
        return run_until([&] { return table() == name; });
    }
    std::string selected() {
        return std::string{loop->mux().answer(model::SelectionText{pane(), false})->text()};
    }
    bool copies(const std::string& text) {
        return run_until([&] {
            const auto& copied = outer.copied();
            return std::any_of(copied.begin(), copied.end(),
                               [&](const auto& each) { return each.second == text; });
        });
    }
};

TEST_F(PaneModesTest, CopyModeMovesSelectsCopiesAndLeaves) {
    start("return {}");
    print("one two three\r\nfour five\r\n");
    EXPECT_EQ(table(), "none");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    EXPECT_TRUE(run_until([&] { return loop->window()->active_pane->title.rfind("Copy mode: ", 0) == 0; }));
    ASSERT_TRUE(is_at(0, 2));
    type("kkw");
    ASSERT_TRUE(is_at(4, 0));
    type("ve");
    EXPECT_TRUE(is_at(6, 0));
    EXPECT_EQ(selected(), "two");
    type("y");
    EXPECT_TRUE(copies("two"));
    EXPECT_TRUE(has_table("none"));
    EXPECT_TRUE(
        run_until([&] { return loop->window()->active_pane->title.find("Copy mode") == std::string::npos; }));
    type("typed");
    EXPECT_TRUE(shows("typed")) << "keys are the program's again";
}

TEST_F(PaneModesTest, KeysThatAreNotBoundReachNoProgram) {
    start("return {}");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    type("xzs");
    loop->paste("pasted", true, true);
    type("q");
    ASSERT_TRUE(has_table("none"));
    type("typed");
    EXPECT_TRUE(shows("typed"));
    EXPECT_EQ(outer.screen().find("xzs"), std::string::npos);
    EXPECT_EQ(outer.screen().find("pasted"), std::string::npos);
}

TEST_F(PaneModesTest, EverySelectionModeAndBothEnds) {
    start("return {}");
    print("alpha beta\r\ngamma delta\r\n");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    type("kkll");
    type("V");
    EXPECT_TRUE(run_until([&] { return selected() == "alpha beta"; }));
    type("j");
    EXPECT_TRUE(run_until([&] { return selected() == "alpha beta\ngamma delta"; }));
    ctrl(U'v');
    type("ll");
    EXPECT_TRUE(run_until([&] { return selected() == "pha\nmma"; }));
    type("O");
    EXPECT_TRUE(is_at(2, 1));
    type("h");
    EXPECT_TRUE(run_until([&] { return selected() == "lpha\namma"; }));
    type("o");
    EXPECT_TRUE(is_at(4, 0));
    ctrl(U'v');
    EXPECT_TRUE(run_until([&] { return !shown().selection(); })) << "the same mode again";
}

TEST_F(PaneModesTest, ItStaysWhereItIsWhileOutputArrives) {
    start("return {}");
    numbers(0, 50);
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    ASSERT_TRUE(shows("number 49"));
    const std::int64_t top = *shown().viewport_top();
    type("kv0");
    EXPECT_EQ(selected(), "n");
    numbers(50, 200);
    for (int i = 0; i < 5; ++i) loop->turn(1'000'000);
    EXPECT_EQ(shown().viewport_top(), top);
    EXPECT_EQ(shown().mark(), (model::CellPoint{0, 49}));
    EXPECT_EQ(selected(), "n");
    EXPECT_NE(outer.screen().find("number 49\n"), std::string::npos) << outer.screen();
    EXPECT_EQ(outer.screen().find("number 199"), std::string::npos);
    press(Key::escape);
    EXPECT_TRUE(shows("number 199")) << "the newest rows are back";
    EXPECT_FALSE(shown().viewport_top());
}

TEST_F(PaneModesTest, LeavingKeepsAViewThatWasScrolled) {
    start(R"(
        local act = require('wezterm').action
        local tables = require('wezterm').gui.default_key_tables()
        table.insert(tables.copy_mode, { key = 'z', mods = 'NONE', action = act.CopyMode 'Close' })
        return { key_tables = tables }
    )");
    numbers(0, 100);
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    type("z");
    ASSERT_TRUE(has_table("none"));
    EXPECT_FALSE(shown().viewport_top()) << "nothing was scrolled";
    prefix(U'[');
    type("gz");
    ASSERT_TRUE(has_table("none"));
    EXPECT_EQ(shown().viewport_top(), 0);
}

TEST_F(PaneModesTest, MovesByPagesAndPlaces) {
    start("return {}");
    numbers(0, 100); // rows 0..100, nine are seen
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    ASSERT_TRUE(is_at(0, 100));
    ctrl(U'b');
    EXPECT_TRUE(is_at(0, 91));
    ctrl(U'u');
    EXPECT_TRUE(is_at(0, 87));
    ctrl(U'd');
    ctrl(U'f');
    EXPECT_TRUE(is_at(0, 100));
    type("g");
    EXPECT_TRUE(is_at(0, 0));
    EXPECT_TRUE(shows("number 0 "));
    EXPECT_TRUE(shows(" copy 92/92"));
    type("L$");
    EXPECT_TRUE(is_at(7, 7)) << outer.screen();
    type("M");
    EXPECT_TRUE(is_at(7, 4));
    type("H0");
    EXPECT_TRUE(is_at(0, 0));
    press(Key::enter);
    EXPECT_TRUE(is_at(0, 1));
    type("G^");
    EXPECT_TRUE(is_at(0, 100));
}

TEST_F(PaneModesTest, JumpsTakeTheNextKeyWhateverItIsBoundTo) {
    start("return {}");
    print("xjxkxq");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    type("0fq");
    EXPECT_TRUE(is_at(5, 0));
    EXPECT_EQ(table(), "copy_mode") << "q would close it";
    type("Fx");
    EXPECT_TRUE(is_at(4, 0));
    type(";");
    EXPECT_TRUE(is_at(2, 0));
    type(",");
    EXPECT_TRUE(is_at(4, 0));
    type("0tk");
    EXPECT_TRUE(is_at(2, 0));
    type("f");
    press(Key::escape);
    type("j");
    EXPECT_EQ(table(), "copy_mode") << "escape ended the jump alone";
}

TEST_F(PaneModesTest, AConfigurationsTablesAreInForce) {
    start(R"(
        local act = require('wezterm').action
        local tables = require('wezterm').gui.default_key_tables()
        table.insert(tables.copy_mode, { key = '/', mods = 'NONE', action = act.CopyMode 'EditPattern' })
        table.insert(tables.copy_mode, { key = 'n', mods = 'NONE', action = act.CopyMode 'NextMatch' })
        table.insert(tables.copy_mode, { key = 'N', mods = 'NONE', action = act.CopyMode 'PriorMatch' })
        table.insert(tables.copy_mode, { key = 'a', mods = 'NONE', action = act.CopyMode 'MoveToEndOfLineContent' })
        table.insert(tables.search_mode, { key = 'Enter', mods = 'NONE',
            action = act.Multiple { act.CopyMode 'AcceptPattern', act.CopyMode 'ClearSelectionMode' } })
        return { key_tables = tables }
    )");
    print("first match\r\nother\r\nsecond match\r\n");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    type("/");
    ASSERT_TRUE(has_table("search_mode"));
    type("match");
    ASSERT_TRUE(shows("Search: match (1/2 matches. case-sensitive)"));
    EXPECT_EQ(selected(), "match");
    press(Key::enter);
    ASSERT_TRUE(has_table("copy_mode"));
    EXPECT_FALSE(shown().selection());
    EXPECT_TRUE(is_at(11, 2));
    type("N");
    EXPECT_TRUE(is_at(10, 0));
    EXPECT_TRUE(shows("(2/2 matches."));
    type("n");
    EXPECT_TRUE(is_at(11, 2));
    type("a");
    EXPECT_TRUE(is_at(11, 2));
    type("0");
    EXPECT_TRUE(is_at(0, 2));
}

TEST_F(PaneModesTest, SearchGoesThroughMatchesAndKinds) {
    start("return {}");
    print("Needle\r\nneedle\r\nNEEDLE n..dle\r\n");
    prefix(U'f');
    ASSERT_TRUE(has_table("search_mode"));
    ASSERT_TRUE(shows("Search:  (0/0 matches. case-sensitive)"));
    type("needle");
    ASSERT_TRUE(shows("Search: needle (1/1 matches. case-sensitive)"));
    ctrl(U'r');
    ASSERT_TRUE(shows("(1/3 matches. ignore-case)"));
    EXPECT_EQ(selected(), "NEEDLE");
    press(Key::up);
    EXPECT_TRUE(shows("(2/3 matches."));
    EXPECT_EQ(selected(), "needle");
    press(Key::enter);
    press(Key::enter);
    EXPECT_TRUE(shows("(1/3 matches.")) << "around the end";
    press(Key::down);
    EXPECT_TRUE(shows("(3/3 matches."));
    ctrl(U'r');
    EXPECT_TRUE(shows("smart-case"));
    ctrl(U'u');
    EXPECT_TRUE(shows("Search:  (0/0"));
    EXPECT_FALSE(shown().selection());
    ctrl(U'r');
    type("n(");
    EXPECT_TRUE(shows("missing closing parenthesis"));
    press(Key::backspace);
    type("..dle");
    EXPECT_TRUE(shows("/2 matches. regex"));
    loop->paste("x", true, true);
    EXPECT_TRUE(shows("n..dlex (0/0"));
    press(Key::escape);
    EXPECT_TRUE(has_table("none"));
}

TEST_F(PaneModesTest, SearchTakesThePatternItIsGivenAndRemembersTheLast) {
    start(R"(
        local act = require('wezterm').action
        return { keys = {
            { key = 'r', mods = 'ALT', action = act.Search { Regex = '[0-9]+' } },
            { key = 'e', mods = 'ALT', action = act.Search { CaseInSensitiveString = '' } },
            { key = 's', mods = 'ALT', action = act.Search 'CurrentSelectionOrEmptyString' },
        } }
    )");
    print("a 1 b 22 c\r\n");
    loop->key(model::character_key(U'r', Modifiers::alt));
    ASSERT_TRUE(shows("Search: [0-9]+ (1/2 matches. regex)"));
    press(Key::escape);
    ASSERT_TRUE(has_table("none"));
    loop->key(model::character_key(U'e', Modifiers::alt));
    ASSERT_TRUE(shows("Search: [0-9]+ (1/2 matches. regex)"));
    press(Key::escape);
    ASSERT_TRUE(has_table("none"));
    shown().set_selection(Selection{{6, 0}, {7, 0}, false});
    loop->key(model::character_key(U's', Modifiers::alt));
    ASSERT_TRUE(shows("Search: 22 (1/1 matches. case-sensitive)"));
}

TEST_F(PaneModesTest, ALongScrollbackIsSearchedWithoutHoldingTheLoop) {
    start("return { scrollback_lines = 100000 }");
    std::string text;
    for (int i = 0; i < 60'000; ++i) text += i == 5 ? "the needle\r\n" : "some hay that is here\r\n";
    print(text);
    prefix(U'f');
    ASSERT_TRUE(has_table("search_mode"));
    type("needle");
    int turns = 0;
    ASSERT_TRUE(run_until([&] {
        ++turns;
        return selected() == "needle";
    }));
    EXPECT_GT(turns, 3) << "a part in each turn";
    EXPECT_TRUE(shows("the needle"));
    EXPECT_TRUE(run_until([&] { return loop->idle(); }));
}

TEST_F(PaneModesTest, SearchFollowsOutput) {
    start("return {}");
    print("one match\r\n");
    prefix(U'f');
    type("match");
    ASSERT_TRUE(shows("(1/1 matches."));
    print("another match\r\n");
    EXPECT_TRUE(shows("(2/2 matches.")) << "the same one is current";
}

TEST_F(PaneModesTest, AnotherWidthKeepsTheRow) {
    start("return {}");
    print(std::string(100, 'x') + "\r\nmarked\r\n");
    numbers(0, 30);
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    type("gjjv");
    ASSERT_TRUE(is_at(0, 2));
    outer.resize(50, 10);
    loop->resized();
    EXPECT_TRUE(is_at(0, 2)) << shown().mark()->y;
    EXPECT_FALSE(shown().selection());
    outer.resize(200, 10);
    loop->resized();
    EXPECT_TRUE(is_at(0, 1)) << shown().mark()->y;
    type("$");
    EXPECT_TRUE(is_at(5, 1)) << shown().mark()->x << ' ' << shown().mark()->y << outer.screen();
}

TEST_F(PaneModesTest, OtherPanesAndLuaAreToldTheTruth) {
    start(R"(
        local act = require('wezterm').action
        return { keys = {
            { key = 's', mods = 'ALT', action = act.SplitHorizontal { args = { '/bin/cat' } } },
            { key = 'c', mods = 'ALT', action = act.CopyMode 'MoveUp' },
        } }
    )");
    loop->key(model::character_key(U'c', Modifiers::alt));
    loop->turn(1'000'000);
    EXPECT_EQ(table(), "none") << "nothing happens outside of the mode";
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    const Id first = pane();
    loop->key(model::character_key(U's', Modifiers::alt));
    ASSERT_TRUE(run_until([&] { return pane() != first; }));
    EXPECT_TRUE(has_table("none")) << "the other pane is in no mode";
    type("typed");
    EXPECT_TRUE(shows("typed"));
    ASSERT_TRUE(loop->mux().apply(model::ActivatePane{first}));
    EXPECT_TRUE(has_table("copy_mode"));
    ASSERT_TRUE(loop->mux().apply(model::ClosePane{first}));
    EXPECT_TRUE(has_table("none"));
}

TEST_F(PaneModesTest, AnOverlayOverThePaneHasTheKeys) {
    start(R"(
        return { keys = { { key = 'p', mods = 'ALT', action = 'ActivateCommandPalette' } } }
    )");
    print("one two\r\n");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    loop->key(model::character_key(U'p', Modifiers::alt));
    ASSERT_TRUE(shows("> "));
    EXPECT_TRUE(has_table("none"));
    type("kkk");
    ctrl(U'v');
    loop->turn(1'000'000);
    EXPECT_TRUE(is_at(0, 1)) << "not moved";
    EXPECT_FALSE(shown().selection());
    press(Key::escape);
    ASSERT_TRUE(has_table("copy_mode"));
    type("k");
    EXPECT_TRUE(is_at(0, 0));
}

TEST_F(PaneModesTest, QuickSelectCopiesAndPastes) {
    start("return {}");
    print("see https://example.org/x and /usr/share/doc\r\nhash d748085abc\r\n");
    loop->key(model::character_key(U' ', Modifiers::ctrl | Modifiers::shift));
    ASSERT_TRUE(shows("Select: ")) << outer.screen();
    ASSERT_TRUE(shows("type highlighted prefix to copy"));
    ASSERT_TRUE(shows("hash a748085abc")) << outer.screen();
    EXPECT_TRUE(shows("and susr/share/doc"));
    EXPECT_TRUE(shows("see dttps://"));
    type("!s");
    EXPECT_TRUE(copies("/usr/share/doc"));
    EXPECT_TRUE(shows("and /usr/share/doc"));
    prefix(U'h');
    ASSERT_TRUE(shows("hash a748085abc"));
    type("A");
    EXPECT_TRUE(copies("d748085abc"));
    EXPECT_TRUE(shows("\nd748085abc")) << outer.screen();
}

TEST_F(PaneModesTest, QuickSelectTakesArguments) {
    start(R"(
        local wezterm = require 'wezterm'
        local act = wezterm.action
        return {
            quick_select_patterns = { 'task-[0-9]+' },
            disable_default_quick_select_patterns = true,
            quick_select_alphabet = 'xy',
            quick_select_remove_styling = true,
            keys = {
                { key = 'd', mods = 'ALT', action = act.QuickSelect },
                { key = 'a', mods = 'ALT', action = act.QuickSelectArgs {
                    patterns = { 'key=(\\w+)' }, alphabet = '12', label = 'show it', skip_action_on_paste = true,
                    action = wezterm.action_callback(function(window, pane)
                        window:set_right_status('got ' .. window:get_selection_text_for_pane(pane))
                    end) } },
            } }
    )");
    print("task-7 /usr/bin key=one \x1b[31mkey=two\x1b[m\r\n");
    loop->key(model::character_key(U'd', Modifiers::alt));
    ASSERT_TRUE(shows("xask-7 /usr/bin")) << outer.screen();
    type("x");
    EXPECT_TRUE(copies("task-7"));
    loop->key(model::character_key(U'a', Modifiers::alt));
    ASSERT_TRUE(shows("key=2ne key=1wo")) << outer.screen();
    EXPECT_TRUE(shows("to show it, uppercase"));
    type("2");
    EXPECT_TRUE(shows("got one"));
    loop->key(model::character_key(U'a', Modifiers::alt));
    ASSERT_TRUE(shows("Select: "));
    press(Key::escape);
    EXPECT_TRUE(run_until([&] { return outer.screen().find("Select: ") == std::string::npos; }));
}

TEST_F(PaneModesTest, TheMouseIsNotTheProgramsInAMode) {
    start("return {}");
    numbers(0, 100);
    print("\x1b[?1000h\x1b[?1006h");
    prefix(U'[');
    ASSERT_TRUE(has_table("copy_mode"));
    const std::int64_t top = *shown().viewport_top();
    Mouse wheel;
    wheel.kind = Mouse::Kind::wheel_up;
    wheel.x = 5;
    wheel.y = 5;
    loop->mouse(wheel);
    EXPECT_LT(*shown().viewport_top(), top) << "the wheel scrolls";
    type("q");
    ASSERT_TRUE(has_table("none"));
    loop->mouse(wheel);
    EXPECT_TRUE(shows("[<64;")) << "and is the program's again";
}

TEST_F(PaneModesTest, ScrollingActionsMoveTheView) {
    start(R"(
        local act = require('wezterm').action
        return { keys = {
            { key = 'u', mods = 'ALT', action = act.ScrollByLine(-2) },
            { key = 'p', mods = 'ALT', action = act.ScrollByPage(-0.5) },
            { key = 't', mods = 'ALT', action = act.ScrollToTop },
            { key = 'b', mods = 'ALT', action = act.ScrollToBottom },
            { key = 'o', mods = 'ALT', action = act.ScrollToPrompt(-1) },
            { key = 'n', mods = 'ALT', action = act.ScrollToPrompt(1) },
        } }
    )");
    for (int i = 0; i < 4; ++i) {
        print("\x1b]133;A\x07$ \x1b]133;B\x07go\r\n\x1b]133;C\x07");
        numbers(0, 10);
    }
    const std::int64_t bottom = shown().physical_top(); // 44 - 8
    const auto alt = [&](char32_t key) { loop->key(model::character_key(key, Modifiers::alt)); };
    alt(U'u');
    EXPECT_EQ(shown().viewport_top(), bottom - 2);
    alt(U'p');
    EXPECT_EQ(shown().viewport_top(), bottom - 6);
    alt(U't');
    EXPECT_EQ(shown().viewport_top(), 0);
    alt(U'n');
    EXPECT_EQ(shown().viewport_top(), 11);
    alt(U'n');
    EXPECT_EQ(shown().viewport_top(), 22);
    alt(U'b');
    EXPECT_FALSE(shown().viewport_top());
    alt(U'o');
    EXPECT_EQ(shown().viewport_top(), 33);
    alt(U'o');
    EXPECT_EQ(shown().viewport_top(), 22);
}

} // namespace

} // namespace lunette::server
