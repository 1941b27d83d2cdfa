#include "model/config_view.h"
#include "wezterm/config_convert.h"
#include "wezterm/default_keys.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace lunette::wezterm {
namespace {

using model::Key;
using model::KeyName;
using model::Modifiers;

Value map(std::vector<MapEntry> entries) { return Value::map(std::move(entries)); }
Value list(std::vector<Value> items) { return Value::list(std::move(items)); }
Value bind(std::string_view key, std::string_view mods, Value action) {
    return map({{"key", key}, {"mods", mods}, {"action", std::move(action)}});
}

model::ConfigView view(const Value& options) {
    auto converted = convert_options(options);
    EXPECT_TRUE(converted) << (converted ? "" : converted.error().message);
    if (!converted) return model::ConfigView{};
    return model::ConfigView{model::config_schema().make(std::move(converted->config))};
}

const model::KeyBinding* find(const std::vector<model::KeyBinding>& keys, std::string_view key,
                              std::string_view mods) {
    const model::KeyChord chord =
        model::normalized({model::parse_key_name(key).value(), model::parse_modifiers(mods).value()});
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&chord](const model::KeyBinding& b) { return b.chord == chord; });
    return found == keys.end() ? nullptr : &*found;
}

TEST(KeyNames, AreWezTerms) {
    EXPECT_EQ(model::parse_key_name("a")->code_point, U'a');
    EXPECT_EQ(model::parse_key_name("ä")->code_point, U'ä');
    EXPECT_EQ(model::parse_key_name("LeftArrow")->key, Key::left);
    EXPECT_EQ(model::parse_key_name("F24")->key, Key::f24);
    EXPECT_EQ(model::parse_key_name("Numpad7")->key, Key::keypad_7);
    EXPECT_EQ(model::parse_key_name("VoidSymbol")->key, Key::none);
    EXPECT_EQ(model::parse_key_name(":")->code_point, U':');
    EXPECT_EQ(model::parse_key_name("phys:A")->by, KeyName::By::physical);
    EXPECT_EQ(model::parse_key_name("phys:A"), model::parse_key_name("phys:a"));
    EXPECT_EQ(model::parse_key_name("phys:K1")->code_point, U'1');
    EXPECT_EQ(model::parse_key_name("mapped:a"), model::parse_key_name("a"));
    EXPECT_EQ(model::parse_key_name("raw:38")->raw, 38U);
    EXPECT_EQ(model::parse_key_name("\x1b")->key, Key::escape);
    for (const char* bad : {"", "leftarrow", "F0", "F25", "raw:", "raw:x", "raw:-1", "phys:", "ab", "\xff"})
        EXPECT_FALSE(model::parse_key_name(bad)) << bad;
}

TEST(KeyNames, OfPositionsOnlyNeedNoPrefix) {
    for (const char* name :
         {"Slash", "Minus", "Equal", "Comma", "Period", "Semicolon", "Quote", "Grave", "Backslash",
          "LeftBracket", "RightBracket", "K0", "K9", "Keypad0", "KeypadAdd"}) {
        const auto key = model::parse_key_name(name);
        ASSERT_TRUE(key) << name;
        EXPECT_EQ(*key, model::parse_key_name(std::string{"phys:"} + name)) << name;
        EXPECT_TRUE(key->explicit_by) << "key_map_preference does not change it: " << name;
        EXPECT_FALSE(model::parse_key_name(std::string{"mapped:"} + name)) << name;
    }
    EXPECT_EQ(model::parse_key_name("Space")->by, KeyName::By::mapped);
    EXPECT_FALSE(model::parse_key_name("K10"));
}

TEST(KeyNames, ShiftAndALetterIsTheCapital) {
    const auto chord = [](std::string_view key, std::string_view mods) {
        return model::normalized({*model::parse_key_name(key), *model::parse_modifiers(mods)});
    };
    EXPECT_EQ(chord("p", "CTRL|SHIFT"), chord("P", "CTRL"));
    EXPECT_EQ(chord("P", "CTRL|SHIFT"), chord("P", "CTRL"));
    EXPECT_NE(chord("p", "CTRL"), chord("P", "CTRL"));
    EXPECT_NE(chord("1", "SHIFT"), chord("1", "NONE"));
    EXPECT_NE(chord("phys:p", "SHIFT"), chord("phys:P", "NONE"));
}

TEST(Modifiers, HaveAliases) {
    EXPECT_EQ(to_string(*model::parse_modifiers("LEADER | WIN|OPT|CTRL|SHIFT")),
              "SHIFT|ALT|CTRL|SUPER|LEADER");
    EXPECT_EQ(to_string(*model::parse_modifiers("")), "NONE");
    EXPECT_EQ(to_string(*model::parse_modifiers("NONE")), "NONE");
    model::BadModifier bad;
    EXPECT_FALSE(model::parse_modifiers("CTRL|Shift", &bad));
    EXPECT_EQ(bad.word, "Shift");
}

TEST(DefaultKeys, AreCompleteAndParse) {
    EXPECT_EQ(default_keys().size(), 74U);
    EXPECT_EQ(default_key_tables()["copy_mode"].size(), 62U);
    EXPECT_EQ(default_key_tables()["search_mode"].size(), 10U);
    EXPECT_EQ(default_mouse_bindings().size(), 21U);
    for (const Value* keys :
         {&default_keys(), &default_key_tables()["copy_mode"], &default_key_tables()["search_mode"]})
        for (const Value& entry : keys->items()) {
            EXPECT_TRUE(model::parse_key_name(entry["key"].text())) << describe(entry);
            const auto action = model::KeyAssignment::parse(entry["action"]);
            EXPECT_TRUE(action) << describe(entry) << (action ? "" : action.error());
        }
}

TEST(Bindings, UsersReplaceDefaultsOfTheSameChord) {
    const auto config =
        view(map({{"keys", list({bind("C", "CTRL", "Nop"), bind("x", "LEADER", "SpawnWindow")})}}));
    const auto* copy = find(config.keys(), "c", "CTRL|SHIFT");
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->action.name, "Nop");
    EXPECT_TRUE(copy->by_user);
    const auto* paste = find(config.keys(), "v", "CTRL|SHIFT");
    ASSERT_TRUE(paste);
    EXPECT_FALSE(paste->by_user);
    EXPECT_EQ(config.keys().size(), default_keys().size() + 1);
    EXPECT_TRUE(find(config.keys(), "x", "LEADER"));
}

TEST(Bindings, TheLastOfEqualOnesWins) {
    const auto config =
        view(map({{"disable_default_key_bindings", true},
                  {"keys", list({bind("p", "SHIFT", "Nop"), bind("P", "", "SpawnWindow")})}}));
    ASSERT_EQ(config.keys().size(), 1U);
    EXPECT_EQ(config.keys()[0].action.name, "SpawnWindow");
}

TEST(Bindings, DisableDefaultAssignmentTakesOneAway) {
    const auto config = view(map({{"keys", list({bind("Enter", "ALT", "DisableDefaultAssignment")})}}));
    EXPECT_FALSE(find(config.keys(), "Enter", "ALT"));
    EXPECT_EQ(config.keys().size(), default_keys().size() - 1);
}

TEST(Bindings, DefaultsCanBeOff) {
    const auto config =
        view(map({{"disable_default_key_bindings", true}, {"disable_default_mouse_bindings", true}}));
    EXPECT_TRUE(config.keys().empty());
    EXPECT_TRUE(config.mouse().empty());
    ASSERT_TRUE(config.key_table("copy_mode")) << "WezTerm keeps these tables";
    EXPECT_TRUE(find(*config.key_table("copy_mode"), "q", "NONE"));
}

TEST(Bindings, ATableOfTheUsersReplacesTheDefaultOne) {
    const auto config = view(map({{"key_tables", map({{"copy_mode", list({bind("q", "", "Nop")})},
                                                      {"resize", list({bind("h", "", "Nop")})}})}}));
    EXPECT_EQ(config.key_table("copy_mode")->size(), 1U);
    EXPECT_EQ(config.key_table("resize")->size(), 1U);
    EXPECT_EQ(config.key_table("search_mode")->size(), 10U);
    EXPECT_FALSE(config.key_table("other"));
}

TEST(Bindings, KeyMapPreferenceChoosesPositions) {
    const auto config =
        view(map({{"key_map_preference", "Physical"},
                  {"keys", list({bind("a", "CTRL", "Nop"), bind("mapped:b", "CTRL", "Nop")})}}));
    EXPECT_TRUE(find(config.keys(), "phys:a", "CTRL"));
    EXPECT_TRUE(find(config.keys(), "mapped:b", "CTRL"));
    EXPECT_FALSE(find(config.keys(), "mapped:a", "CTRL"));
}

TEST(Bindings, LeaderAndMouse) {
    const auto config = view(
        map({{"leader", map({{"key", "a"}, {"mods", "CTRL"}, {"timeout_milliseconds", 500}})},
             {"mouse_bindings",
              list({map({{"event", map({{"Down", map({{"streak", 1}, {"button", "Middle"}})}})},
                         {"action", "Nop"}}),
                    map({{"event", map({{"Down", map({{"streak", 1}, {"button", map({{"WheelUp", 1}})}})}})},
                         {"mods", "CTRL"},
                         {"alt_screen", false},
                         {"action", "Nop"}})})}}));
    ASSERT_TRUE(config.leader());
    EXPECT_EQ(config.leader()->timeout_ms, 500);
    EXPECT_EQ(config.leader()->chord.modifiers.set, Modifiers::ctrl);
    ASSERT_EQ(config.mouse().size(), 22U) << "one replaces a default";
    const auto& wheel = config.mouse().back();
    EXPECT_EQ(wheel.button, model::MouseBinding::Button::wheel_up);
    EXPECT_EQ(wheel.alt_screen, std::optional<bool>{false});
    const auto middle = std::find_if(config.mouse().begin(), config.mouse().end(), [](const auto& binding) {
        return binding.button == model::MouseBinding::Button::middle;
    });
    ASSERT_NE(middle, config.mouse().end());
    EXPECT_EQ(middle->action.name, "Nop");
    EXPECT_FALSE(middle->alt_screen);
}

TEST(ConfigView, KeepsNumbersInRange) {
    const auto config =
        view(map({{"max_fps", 1}, {"scrollback_lines", 5'000'000}, {"status_update_interval", 1}}));
    EXPECT_EQ(config.max_fps(), 10);
    EXPECT_EQ(config.scrollback_lines(), 1'000'000);
    EXPECT_EQ(config.status_update_interval_ms(), 20);
    EXPECT_EQ(view(map({{"status_update_interval", 0}})).status_update_interval_ms(), 0);
}

TEST(ConfigView, ReadsProgramsAndVariables) {
    const auto config = view(map({{"default_prog", list({"zsh", "-l"})},
                                  {"default_cwd", "/tmp"},
                                  {"set_environment_variables", map({{"A", "b"}})}}));
    EXPECT_EQ(config.default_prog(), (std::vector<std::string>{"zsh", "-l"}));
    EXPECT_EQ(config.default_cwd(), "/tmp");
    EXPECT_EQ(config.set_environment_variables().at("A"), "b");
    EXPECT_FALSE(view(map({})).default_cwd());
}

TEST(ConfigView, WithoutAConfigurationHasDefaults) {
    const model::ConfigView config;
    EXPECT_TRUE(config.enable_tab_bar());
    EXPECT_EQ(config.max_fps(), 60);
    EXPECT_TRUE(config.keys().empty());
}

TEST(ConfigView, ColorsAreParsed) {
    using model::TextColor;
    EXPECT_EQ(model::parse_config_color("#0102ff"), TextColor::direct(1, 2, 255));
    EXPECT_EQ(model::parse_config_color("rgba(100% 0% 50% 40%)"), TextColor::direct(255, 0, 128));
    EXPECT_EQ(model::parse_config_color("rgba(0% 0% 0% 0%)"), TextColor::transparent());
    for (const char* bad : {"", "red", "#01020", "#0102gg", "rgba(", "rgba(1 2 3 4)"})
        EXPECT_TRUE(model::parse_config_color(bad).is_inherited()) << bad;
    const auto config = view(map({{"color_scheme", "Dracula"}, {"command_palette_bg_color", "red"}}));
    EXPECT_TRUE(config.palette().is_set);
    EXPECT_EQ(config.palette().background, TextColor::direct(0x1e, 0x1f, 0x29));
    EXPECT_EQ(config.palette().indexed[16], TextColor::direct(0, 0, 0));
    EXPECT_EQ(config.color("command_palette_bg_color"), TextColor::direct(255, 0, 0));
    EXPECT_FALSE(view(map({})).palette().is_set);
}

TEST(ConfigView, TheFancyBarDisregardsTheSchemesTabBar) {
    using model::TextColor;
    const Value bar =
        map({{"background", "#010101"},
             {"active_tab", map({{"bg_color", "#020202"}, {"fg_color", "#030303"}, {"italic", true}})}});
    const Value schemes = map({{"s", map({{"tab_bar", bar}})}});
    const auto fancy = view(map({{"color_scheme", "s"}, {"color_schemes", schemes}}));
    EXPECT_NE(fancy.tab_bar_colors().active_tab.background, TextColor::direct(2, 2, 2));
    EXPECT_EQ(fancy.tab_bar_colors().background.background, TextColor::direct(0x33, 0x33, 0x33));
    const auto retro =
        view(map({{"color_scheme", "s"}, {"color_schemes", schemes}, {"use_fancy_tab_bar", false}}));
    EXPECT_EQ(retro.tab_bar_colors().active_tab.background, TextColor::direct(2, 2, 2));
    EXPECT_TRUE(retro.tab_bar_colors().active_tab.italic);
    EXPECT_EQ(retro.tab_bar_colors().background.background, TextColor::direct(1, 1, 1));
}

} // namespace
} // namespace lunette::wezterm
