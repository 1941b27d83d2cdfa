#include "server/key_router.h"

#include "server/key_chords.h"
#include "wezterm/config_convert.h"

#include <gtest/gtest.h>

namespace lunette::server {

namespace {

using Kind = KeyRouter::Meaning::Kind;

Value binding(const char* key, const char* mods, Value action) {
    return Value::map({{"key", key}, {"mods", mods}, {"action", std::move(action)}});
}

class KeyRouterTest : public ::testing::Test {
protected:
    KeyRouterTest() {
        configure(
            {{"leader", Value::map({{"key", "a"}, {"mods", "CTRL"}, {"timeout_milliseconds", 1000}})},
             {"keys", Value::list({binding("x", "LEADER", "Nop"), binding("P", "CTRL", "ScrollToTop"),
                                   binding("t", "CTRL|SHIFT", "DisableDefaultAssignment")})},
             {"key_tables", Value::map({{"resize", Value::list({binding("h", "NONE", "ScrollToBottom")})},
                                        {"deep", Value::list({binding("j", "NONE", "ClearSelection")})}})}});
    }
    void configure(std::vector<MapEntry> options) {
        const auto converted = wezterm::convert_options(Value::map(std::move(options)));
        ASSERT_TRUE(converted) << converted.error().message;
        router.set_config(model::ConfigView{model::config_schema().make(converted->config)});
    }
    KeyRouter::Meaning press(const char* chord) {
        const auto parsed = parse_typed_chord(chord);
        EXPECT_TRUE(parsed) << chord;
        return router.press(to_event(*parsed), now);
    }
    std::string action(const char* chord) {
        const auto meaning = press(chord);
        if (meaning.kind == Kind::to_pane) return "pane";
        return meaning.kind == Kind::swallowed ? "swallowed" : meaning.action.name;
    }
    void activate(const char* name, std::vector<MapEntry> more = {}) {
        more.push_back({"name", name});
        EXPECT_TRUE(router.activate(Value::map(std::move(more)), now));
    }

    KeyRouter router;
    std::int64_t now = 1000;
};

TEST_F(KeyRouterTest, UnboundKeysGoToThePane) {
    EXPECT_EQ(action("q"), "pane");
    EXPECT_EQ(action("CTRL+SHIFT+t"), "pane") << "a disabled default falls through";
}

TEST_F(KeyRouterTest, ThePaneHearsOfNoReleaseWithoutItsPress) {
    const auto release = [this](model::KeyEvent key) {
        key.action = model::KeyAction::release;
        return router.press(key, now).kind;
    };
    EXPECT_EQ(action("CTRL+P"), "ScrollToTop");
    EXPECT_EQ(release(model::character_key(U'p')), Kind::swallowed) << "SHIFT was let go before";
    EXPECT_EQ(release(model::character_key(U'p')), Kind::to_pane);
    EXPECT_EQ(action("p"), "pane");
    EXPECT_EQ(release(model::character_key(U'p')), Kind::to_pane);
}

TEST_F(KeyRouterTest, BareModifiersEndNothing) {
    activate("resize", {{"until_unknown", true}, {"one_shot", false}});
    EXPECT_EQ(router.press(model::named_key(model::Key::left_shift), now).kind, Kind::to_pane);
    EXPECT_EQ(router.active_table(), "resize");
    EXPECT_EQ(action("CTRL+a"), "swallowed") << "the leader";
    EXPECT_EQ(router.press(model::named_key(model::Key::left_control), now).kind, Kind::to_pane);
    EXPECT_TRUE(router.leader_is_active());
}

TEST_F(KeyRouterTest, ShiftAndTheCapitalAreTheSame) {
    EXPECT_EQ(action("CTRL+P"), "ScrollToTop");
    EXPECT_EQ(action("CTRL+SHIFT+p"), "ScrollToTop");
}

TEST_F(KeyRouterTest, LeaderLastsForOneKey) {
    EXPECT_EQ(action("x"), "pane");
    EXPECT_EQ(action("CTRL+a"), "swallowed");
    EXPECT_TRUE(router.leader_is_active());
    EXPECT_EQ(action("x"), "Nop");
    EXPECT_FALSE(router.leader_is_active());
    EXPECT_EQ(action("CTRL+a"), "swallowed");
    EXPECT_EQ(action("q"), "swallowed") << "an unknown key ends the leader and is not typed";
    EXPECT_EQ(action("q"), "pane");
}

TEST_F(KeyRouterTest, LeaderTimesOut) {
    press("CTRL+a");
    EXPECT_EQ(router.next_deadline_ms(), 2000);
    now = 1999;
    EXPECT_FALSE(router.tick(now));
    now = 2000;
    EXPECT_TRUE(router.tick(now));
    EXPECT_EQ(action("x"), "pane");
}

TEST_F(KeyRouterTest, OneShotTablesEndWithAnyKey) {
    activate("resize");
    EXPECT_EQ(router.active_table(), "resize");
    EXPECT_EQ(action("h"), "ScrollToBottom");
    EXPECT_FALSE(router.active_table());
    activate("resize");
    EXPECT_EQ(action("q"), "pane");
    EXPECT_FALSE(router.active_table());
}

TEST_F(KeyRouterTest, OtherTablesStay) {
    activate("resize", {{"one_shot", false}});
    EXPECT_EQ(action("h"), "ScrollToBottom");
    EXPECT_EQ(action("q"), "pane");
    EXPECT_EQ(action("h"), "ScrollToBottom");
    router.pop();
    EXPECT_EQ(action("h"), "pane");
}

TEST_F(KeyRouterTest, UntilUnknownEndsWithAnUnknownKey) {
    activate("resize", {{"one_shot", false}, {"until_unknown", true}});
    EXPECT_EQ(action("h"), "ScrollToBottom");
    EXPECT_EQ(action("q"), "pane");
    EXPECT_FALSE(router.active_table());
}

TEST_F(KeyRouterTest, PreventFallbackSwallows) {
    activate("resize", {{"one_shot", false}, {"prevent_fallback", true}});
    EXPECT_EQ(action("q"), "swallowed");
    EXPECT_EQ(action("CTRL+P"), "swallowed");
    EXPECT_EQ(action("h"), "ScrollToBottom");
}

TEST_F(KeyRouterTest, TablesLieOverEachOther) {
    activate("resize", {{"one_shot", false}});
    activate("deep", {{"one_shot", false}});
    EXPECT_EQ(action("j"), "ClearSelection");
    EXPECT_EQ(action("h"), "ScrollToBottom") << "the table below is looked at, too";
    EXPECT_EQ(router.active_table(), "deep");
    activate("resize", {{"one_shot", false}, {"replace_current", true}});
    EXPECT_EQ(action("j"), "pane");
}

TEST_F(KeyRouterTest, ATimeoutStartsAgainWithEachMatch) {
    activate("resize", {{"one_shot", false}, {"timeout_milliseconds", 500}});
    now = 1400;
    EXPECT_EQ(action("h"), "ScrollToBottom");
    now = 1600;
    EXPECT_EQ(router.active_table(), "resize");
    EXPECT_EQ(action("h"), "ScrollToBottom");
    now = 2100;
    EXPECT_TRUE(router.tick(now));
    EXPECT_FALSE(router.active_table());
}

TEST_F(KeyRouterTest, UnknownTablesAreRefused) {
    EXPECT_FALSE(router.activate(Value::map({{"name", "none"}}), now));
    EXPECT_FALSE(router.active_table());
}

TEST_F(KeyRouterTest, AnotherConfigurationEndsEverything) {
    activate("resize", {{"one_shot", false}});
    press("CTRL+a");
    configure({});
    EXPECT_FALSE(router.active_table());
    EXPECT_FALSE(router.leader_is_active());
}

TEST_F(KeyRouterTest, TheTableOfAPanesModeComesFirst) {
    activate("resize", {{"one_shot", false}});
    EXPECT_TRUE(router.set_pane_table("deep"));
    EXPECT_FALSE(router.set_pane_table("deep"));
    EXPECT_EQ(router.active_table(), "deep");
    EXPECT_EQ(action("j"), "ClearSelection");
    EXPECT_EQ(action("h"), "ScrollToBottom") << "the active tables are behind it";
    EXPECT_EQ(action("CTRL+SHIFT+p"), "ScrollToTop") << "and the others behind those";
    EXPECT_TRUE(router.set_pane_table(""));
    EXPECT_EQ(action("j"), "pane");
    EXPECT_EQ(router.active_table(), "resize");
}

TEST_F(KeyRouterTest, AKeyThatAModeTookIsReleasedNowhere) {
    model::KeyEvent key = model::character_key(U'z');
    EXPECT_EQ(router.press(key, now).kind, Kind::to_pane);
    router.keep(key);
    key.action = model::KeyAction::release;
    EXPECT_EQ(router.press(key, now).kind, Kind::swallowed);
    EXPECT_EQ(router.press(key, now).kind, Kind::to_pane);
}

} // namespace

} // namespace lunette::server
