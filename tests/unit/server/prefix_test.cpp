#include "server/prefix_keys.h"

#include "server/close_question.h"
#include "server/copied_text.h"
#include "server/key_arrival.h"
#include "server/key_chords.h"
#include "server/key_router.h"
#include "server/notice_line.h"
#include "wezterm/config_convert.h"

#include <gtest/gtest.h>

#include <set>

namespace lunette::server {

namespace {

using Kind = KeyRouter::Meaning::Kind;
using From = KeyArrival::From;

Value binding(const char* key, const char* mods, Value action) {
    return Value::map({{"key", key}, {"mods", mods}, {"action", std::move(action)}});
}

model::ConfigView view(std::vector<MapEntry> options) {
    const auto converted = wezterm::convert_options(Value::map(std::move(options)));
    EXPECT_TRUE(converted);
    return model::ConfigView{model::config_schema().make(converted->config)};
}

Value leader(const char* key, const char* mods) { return Value::map({{"key", key}, {"mods", mods}}); }

KeyArrival arrival(const char* chord) {
    const auto parsed = parse_typed_chord(chord);
    EXPECT_TRUE(parsed) << chord;
    return arrival_of(*parsed);
}

class PrefixTest : public ::testing::Test {
protected:
    PrefixTest() { router.set_config(view({})); }
    KeyRouter::Meaning press(const char* chord) {
        return router.press(to_event(*parse_typed_chord(chord)), now);
    }
    std::string after_prefix(const char* chord) {
        EXPECT_EQ(press("CTRL+b").kind, Kind::swallowed);
        const auto meaning = press(chord);
        return meaning.kind == Kind::action ? meaning.action.name : std::string{};
    }
    KeyRouter router;
    std::int64_t now = 0;
};

TEST_F(PrefixTest, MayBeAnotherKeyOrNone) {
    const auto set = [this](Value prefix) {
        auto converted = wezterm::convert_options(Value::map({}));
        ASSERT_TRUE(converted);
        converted->config.setup = Value::map({{"prefix", std::move(prefix)}});
        router.set_config(model::ConfigView{model::config_schema().make(std::move(converted->config))});
    };
    set(leader("a", "CTRL"));
    EXPECT_EQ(press("CTRL+b").kind, Kind::to_pane);
    EXPECT_EQ(press("CTRL+a").kind, Kind::swallowed);
    EXPECT_EQ(press("c").action.name, "SpawnTab");
    press("CTRL+a");
    EXPECT_EQ(press("CTRL+a").kind, Kind::to_pane) << "twice is the key itself";
    EXPECT_EQ(prefix_text(router.config()), "CTRL+a");
    set(false);
    EXPECT_EQ(press("CTRL+b").kind, Kind::to_pane);
    EXPECT_FALSE(router.prefix_is_on());
}

TEST_F(PrefixTest, TmuxKeysActBehindIt) {
    EXPECT_EQ(after_prefix("c"), "SpawnTab");
    EXPECT_EQ(after_prefix("%"), "SplitHorizontal");
    EXPECT_EQ(after_prefix("\""), "SplitVertical");
    EXPECT_EQ(after_prefix("Space"), "RotatePanes");
    EXPECT_EQ(after_prefix("LeftArrow"), "ActivatePaneDirection");
    EXPECT_EQ(after_prefix("CTRL+LeftArrow"), "AdjustPaneSize");
    EXPECT_EQ(after_prefix("D"), "DetachDomain");
    EXPECT_EQ(press("c").kind, Kind::to_pane) << "it lasts for one key";
}

TEST_F(PrefixTest, ShiftThatTypesACharacterDoesNotMatter) {
    press("CTRL+b");
    model::KeyEvent percent = model::character_key(U'%', model::Modifiers::shift);
    percent.unshifted = U'5';
    percent.base_layout = U'5';
    EXPECT_EQ(router.press(percent, now).action.name, "SplitHorizontal");
}

TEST_F(PrefixTest, TwiceSendsTheKeyAndEscapeIsNothing) {
    press("CTRL+b");
    EXPECT_EQ(press("CTRL+b").kind, Kind::to_pane);
    press("CTRL+b");
    EXPECT_EQ(press("Escape").kind, Kind::swallowed);
    press("CTRL+b");
    EXPECT_EQ(press("F9").kind, Kind::unknown_after_prefix);
    EXPECT_FALSE(router.prefix_is_active());
}

TEST_F(PrefixTest, HesitatingGivesOneHint) {
    EXPECT_FALSE(router.take_hint(100000));
    press("CTRL+b");
    EXPECT_EQ(router.next_deadline_ms(), KeyRouter::hint_after_ms);
    EXPECT_FALSE(router.take_hint(KeyRouter::hint_after_ms - 1));
    EXPECT_TRUE(router.take_hint(KeyRouter::hint_after_ms));
    EXPECT_FALSE(router.take_hint(KeyRouter::hint_after_ms + 1));
    EXPECT_FALSE(router.next_deadline_ms());
    EXPECT_TRUE(router.prefix_is_active());
}

TEST_F(PrefixTest, TheConfigurationMayNeedTheKey) {
    EXPECT_TRUE(wants_prefix(view({}), false));
    EXPECT_FALSE(wants_prefix(view({{"keys", Value::list({binding("b", "CTRL", "Nop")})}}), false));
    EXPECT_FALSE(wants_prefix(view({{"keys", Value::list({binding("phys:b", "CTRL", "Nop")})}}), false));
    EXPECT_FALSE(wants_prefix(
        view({{"keys", Value::list({binding("b", "CTRL", "DisableDefaultAssignment")})}}), false));
    EXPECT_TRUE(wants_prefix(view({{"keys", Value::list({binding("b", "ALT", "Nop")})}}), false));
    EXPECT_FALSE(wants_prefix(view({{"leader", leader("b", "CTRL")}}), false));
}

TEST_F(PrefixTest, ALeaderThatCannotArriveLeavesItOn) {
    EXPECT_FALSE(wants_prefix(view({{"leader", leader("a", "CTRL")}}), false));
    EXPECT_TRUE(wants_prefix(view({{"leader", leader(";", "CTRL")}}), false));
    EXPECT_FALSE(wants_prefix(view({{"leader", leader(";", "CTRL")}}), true));
    EXPECT_TRUE(wants_prefix(view({{"leader", leader("VoidSymbol", "")}}), true));
    router.set_config(view({{"leader", leader(";", "CTRL")}}));
    EXPECT_TRUE(router.prefix_is_on());
    router.set_modern_keys(true);
    EXPECT_FALSE(router.prefix_is_on());
    EXPECT_EQ(press("CTRL+b").kind, Kind::to_pane);
}

TEST_F(PrefixTest, NoKeyIsThereTwiceAndAllCanArrive) {
    std::set<std::string> seen;
    for (const PrefixBinding& entry : prefix_bindings()) {
        EXPECT_TRUE(seen.insert(std::string{entry.mods} + " " + std::string{entry.key}).second) << entry.key;
        EXPECT_NE(entry.binding.chord.key.key, model::Key::none) << entry.key;
        EXPECT_EQ(arrival_of(entry.binding.chord).from, From::any) << entry.key;
    }
}

TEST_F(PrefixTest, WezTermsDefaultsAreThereUnlessDisabled) {
    EXPECT_EQ(press("CTRL+SHIFT+t").action.name, "SpawnTab");
    router.set_config(view({{"disable_default_key_bindings", true}}));
    EXPECT_EQ(press("CTRL+SHIFT+t").kind, Kind::to_pane);
    EXPECT_EQ(after_prefix("c"), "SpawnTab");
}

TEST(KeyArrivalTest, BytesDecide) {
    EXPECT_EQ(arrival("CTRL+a").from, From::any);
    EXPECT_EQ(arrival("CTRL+i").from, From::modern) << "that byte is Tab";
    EXPECT_EQ(arrival("CTRL+;").from, From::modern);
    EXPECT_EQ(arrival("CTRL+1").from, From::modern);
    EXPECT_EQ(arrival("ALT+Enter").from, From::any);
    EXPECT_EQ(arrival("SHIFT+Enter").from, From::modern);
    EXPECT_EQ(arrival("SHIFT+Tab").from, From::any);
    EXPECT_EQ(arrival("SUPER+t").from, From::modern_desktop);
    EXPECT_EQ(arrival("VoidSymbol").from, From::none);
    EXPECT_TRUE(arrival("CTRL+SHIFT+t").may_be_kept);
    EXPECT_EQ(arrival("CTRL+SHIFT+t").from, From::modern);
    EXPECT_EQ(arrival("x").note(), "");
}

TEST(CloseQuestionTest, NothingIsAskedWhereOnlyShellsRun) {
    const Value shells = Value::list({"bash", "zsh"});
    EXPECT_FALSE(close_question("this pane", {}, {"bash"}, shells));
    EXPECT_FALSE(close_question("this pane", {}, {}, shells));
    EXPECT_TRUE(close_question("this pane", {}, {"dash"}, shells));
    EXPECT_FALSE(close_question("this pane", {}, {"dash"}, Value::list({"sh"}))) << "its kin";
    const auto lines = close_question("this pane", {}, {"zsh", "vim"}, shells);
    ASSERT_TRUE(lines);
    EXPECT_EQ(*lines, (std::vector<std::string>{"vim is running.", "Close this pane all the same?"}));
}

TEST(CloseQuestionTest, NamesEachProgramOnceAndNotTooMany) {
    const auto few = close_question("this tab", {}, {"vim", "htop", "vim"}, {});
    ASSERT_TRUE(few);
    EXPECT_EQ(few->front(), "vim and htop are running.");
    const auto told = close_question("this pane", {"bash"}, {}, Value::list({"bash"}));
    ASSERT_TRUE(told) << "the configuration says that it keeps something";
    EXPECT_EQ(told->front(), "bash is running.");
    const auto many = close_question("this tab", {}, {"a", "b", "c", "d", "e"}, {});
    ASSERT_TRUE(many);
    EXPECT_EQ(many->front(), "a, b, c, d and others are running.");
}

TEST(CopiedTextTest, KeepsEachSelection) {
    CopiedText copied;
    copied.take("cp", "both");
    copied.take("p", "primary");
    EXPECT_EQ(copied.find("Clipboard"), "both");
    EXPECT_EQ(copied.find("PrimarySelection"), "primary");
}

TEST(NoticeLineTest, IsAtTheRightAndGoesAway) {
    NoticeLine notice;
    ui::Frame frame{10, 2};
    notice.show("hi", 100);
    notice.draw(frame, 1);
    EXPECT_NE(ui::frame_text(frame).find("       hi"), std::string::npos) << ui::frame_text(frame);
    EXPECT_FALSE(notice.expire(99));
    EXPECT_EQ(notice.deadline_ms(), 100);
    EXPECT_TRUE(notice.expire(100));
    EXPECT_FALSE(notice.area().empty()) << "cells of it are still there";
    notice.draw(frame, 1);
    EXPECT_TRUE(notice.area().empty());
    EXPECT_FALSE(notice.deadline_ms());
}

TEST(NoticeLineTest, FitsInTheSmallestFrame) {
    NoticeLine notice;
    ui::Frame frame{1, 1};
    notice.show("a long line", 100);
    notice.draw(frame, 0);
    notice.draw(frame, -1);
    notice.draw(frame, 5);
    EXPECT_EQ(frame.columns(), 1);
}

} // namespace

} // namespace lunette::server
