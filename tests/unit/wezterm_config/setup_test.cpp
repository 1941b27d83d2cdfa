#include "wezterm/setup.h"

#include "model/config_view.h"
#include "wezterm/config_convert.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace lunette::wezterm {
namespace {

using testing::HasSubstr;

Value map(std::vector<MapEntry> entries) { return Value::map(std::move(entries)); }

std::string refusal(const Value& given) {
    try {
        checked_setup(given);
    } catch (const BindError& error) {
        return error.message();
    }
    return {};
}

model::KeyChord chord(std::string_view key, std::string_view mods) {
    return model::normalized({*model::parse_key_name(key), *model::parse_modifiers(mods)});
}

TEST(Setup, ThePrefixIsAKeyOrNone) {
    const auto prefix = [](const Value& given) {
        model::ConfigInfo config;
        config.setup = checked_setup(map({{"prefix", given}}));
        return model::ConfigView{model::config_schema().make(std::move(config))}.prefix();
    };
    using Use = model::PrefixKey::Use;
    EXPECT_EQ(prefix("CTRL+a").use, Use::always);
    EXPECT_EQ(prefix("CTRL+a").chord, chord("a", "CTRL"));
    EXPECT_EQ(prefix("CTRL+SHIFT+Space").chord, chord("Space", "CTRL|SHIFT"));
    EXPECT_EQ(prefix("ALT++").chord, chord("+", "ALT"));
    EXPECT_EQ(prefix("F12").chord, chord("F12", "NONE"));
    EXPECT_EQ(prefix(false).use, Use::never);
    EXPECT_EQ(model::ConfigView{}.prefix().use, Use::unless_taken);
    EXPECT_EQ(model::ConfigView{}.prefix().chord, chord("b", "CTRL"));
}

TEST(Setup, WhatItDoesNotKnowIsRefused) {
    EXPECT_THAT(refusal(map({{"prefix", "CTRL+nokey"}})), HasSubstr("no key 'nokey'"));
    EXPECT_THAT(refusal(map({{"prefix", "HYPR+a"}})), HasSubstr("'HYPR' is no modifier"));
    EXPECT_THAT(refusal(map({{"prefix", 3}})), HasSubstr("'CTRL+a' or false"));
    EXPECT_THAT(refusal(map({{"palette", "mine"}})), HasSubstr("'outer' expected"));
    EXPECT_THAT(refusal(map({{"super", "CTRL"}})), HasSubstr("'ALT' expected"));
    EXPECT_THAT(refusal(map({{"prefx", "CTRL+a"}})), HasSubstr("no setting"));
    EXPECT_THAT(refusal("CTRL+a"), HasSubstr("a table expected"));
}

TEST(Setup, IsOfOneGeneration) {
    SetupStore store;
    store.put(1, "one");
    store.put(3, "three");
    EXPECT_EQ(store.take(2), Value{});
    EXPECT_EQ(store.take(1), Value{});
    EXPECT_EQ(store.take(3), Value{"three"});
    EXPECT_EQ(store.take(3), Value{});
}

TEST(Setup, SuperBindingsGetASecondKey) {
    const auto bind = [](const char* key, const char* mods, const char* action) {
        return map({{"key", key}, {"mods", mods}, {"action", action}});
    };
    auto converted = convert_options(
        map({{"keys",
              Value::list({bind("x", "SUPER", "ActivateCopyMode"), bind("y", "SUPER|SHIFT", "ResetTerminal"),
                           bind("z", "SUPER", "ShowLauncher"), bind("z", "ALT", "ShowTabNavigator")})},
             {"leader", map({{"key", "o"}, {"mods", "SUPER"}})}}));
    ASSERT_TRUE(converted);
    converted->config.bindings = with_super_also(converted->config.bindings, "ALT");
    const model::ConfigView view{model::config_schema().make(std::move(converted->config))};
    const auto action = [&view](const char* key, const char* mods) {
        const auto& keys = view.keys();
        const auto found = std::find_if(keys.begin(), keys.end(), [&](const model::KeyBinding& binding) {
            return binding.chord == chord(key, mods);
        });
        return found == keys.end() ? std::string{"none"} : found->action.name;
    };
    EXPECT_EQ(action("x", "SUPER"), "ActivateCopyMode");
    EXPECT_EQ(action("x", "ALT"), "ActivateCopyMode");
    EXPECT_EQ(action("y", "ALT|SHIFT"), "ResetTerminal");
    EXPECT_EQ(action("z", "ALT"), "ShowTabNavigator") << "the user's own stays";
    EXPECT_EQ(action("t", "ALT"), "none") << "WezTerm's defaults stay where they are";
    ASSERT_TRUE(view.leader());
    EXPECT_EQ(view.leader()->chord, chord("o", "ALT"));
}

} // namespace
} // namespace lunette::wezterm
