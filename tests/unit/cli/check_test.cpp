#include "cli/check.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace lunette::cli {

namespace {

using testing::HasSubstr;

using Overrides = std::vector<std::pair<std::string, std::string>>;

CheckResult checked(const std::string& source, Overrides overrides = {}) {
    return check({{{}, "local wezterm = require 'wezterm'\n" + source, std::move(overrides)}, "test", {}});
}

std::string first_value(const CheckResult& result, const std::string& event) {
    for (const CheckedEvent& one : result.events)
        if (one.name == event && !one.values.empty()) return one.values.front().text;
    return {};
}

constexpr const char* shows_options = R"lua(
    wezterm.on('format-window-title', function(_, _, _, _, config)
        return config.tab_max_width .. ' ' .. (config.color_scheme or 'none') .. ' ' .. config.font_size
    end)
    return { tab_max_width = 20, font_size = 11 })lua";

TEST(CheckExecDomains, AFunctionThatFailsIsAnError) {
    const CheckResult result =
        check({{{},
                "local wezterm = require 'wezterm'\n"
                "return { exec_domains = { wezterm.exec_domain('x', function() error 'boom' end),\n"
                "    wezterm.exec_domain('y', function(cmd) return cmd end) } }",
                {}},
               "test",
               {"exec-domain-x", "exec-domain-y"}});
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_EQ(result.errors[0].what, "boom");
    EXPECT_THAT(result.errors[0].where, HasSubstr(":2"));
}

TEST(CheckKeys, AreNamedWithAndWithoutTheirTable) {
    for (const char* key : {"key:keys:ALT+phys:0", "key:ALT+phys:0", "key:phys:0", "key:resize:\\x09"}) {
        const CheckResult result =
            check({{{},
                    "local wezterm = require 'wezterm'\n"
                    "local pressed = wezterm.action_callback(function() end)\n"
                    "return { keys = { { key = 'phys:0', mods = 'ALT', action = pressed } },\n"
                    "    key_tables = { resize = { { key = '\\t', action = pressed } } } }",
                    {}},
                   "test",
                   {key}});
        EXPECT_TRUE(result.ok()) << key << ": " << (result.errors.empty() ? "" : result.errors[0].what);
        ASSERT_EQ(result.events.size(), 1U) << key;
        EXPECT_EQ(result.events[0].name, key);
    }
}

TEST(CheckNames, ThatDoNotExistAreErrorsUnlessCaught) {
    const std::string handler = R"lua(
        wezterm.on('format-tab-title', function(tab)
            local ok, text = pcall(function() return tab.no_such_field end)
            %s
            return ok and text or 'none'
        end)
        return {})lua";
    const auto with = [&handler](std::string_view line) {
        std::string source = handler;
        return checked(source.replace(source.find("%s"), 2, line));
    };
    const CheckResult caught = with("");
    EXPECT_TRUE(caught.ok());
    ASSERT_EQ(caught.warnings.size(), 1U);
    EXPECT_THAT(caught.warnings[0].what, HasSubstr("TabInformation has no field 'no_such_field'"));
    EXPECT_EQ(first_value(caught, "format-tab-title"), "none");

    const CheckResult raised = with("text = tab.no_such_field");
    EXPECT_FALSE(raised.ok());
    ASSERT_FALSE(raised.errors.empty());
    EXPECT_THAT(raised.errors[0].what, HasSubstr("TabInformation has no field 'no_such_field'"));

    const CheckResult timer =
        checked("wezterm.time.call_after(0, function() return wezterm.action.Nope end) return {}");
    ASSERT_EQ(timer.errors.size(), 1U);
    EXPECT_EQ(timer.errors[0].what, "wezterm.action.Nope does not exist");
}

TEST(CheckOverrides, TakeThePlaceOfWhatTheConfigurationSays) {
    EXPECT_EQ(first_value(checked(shows_options), "format-window-title"), "20 none 11.0");
    const CheckResult result =
        checked(shows_options, {{"tab_max_width", "7 * 6"}, {"color_scheme", "'Dracula'"}});
    EXPECT_TRUE(result.ok());
    EXPECT_EQ(first_value(result, "format-window-title"), "42 Dracula 11.0");
}

TEST(CheckOverrides, MayUseTheModule) {
    const CheckResult result = checked(shows_options, {{"font_size", "wezterm.column_width 'four'"}});
    EXPECT_EQ(first_value(result, "format-window-title"), "20 none 4.0");
}

TEST(CheckOverrides, ALiteralNilIsNone) {
    EXPECT_EQ(first_value(checked(shows_options, {{"font_size", "nil"}}), "format-window-title"),
              "20 none 11.0");
}

TEST(CheckOverrides, MistakesFailTheLoad) {
    for (const auto& [expression, part] :
         {std::pair{"Dracula", "color_scheme=Dracula: Dracula is nil"},
          std::pair{"'open", "color_scheme='open"}, std::pair{"error 'mine'", "mine"}}) {
        const CheckResult result = checked(shows_options, {{"color_scheme", expression}});
        EXPECT_FALSE(result.ok());
        ASSERT_FALSE(result.errors.empty());
        EXPECT_THAT(result.errors.front().what, HasSubstr(part));
    }
}

TEST(CheckOverrides, ApplyToAConfigurationWithoutTheModule) {
    const CheckResult result = check({{{}, "return {}", {{"font_sise", "1"}}}, "test", {}});
    ASSERT_EQ(result.warnings.size(), 1U);
    EXPECT_THAT(result.warnings.front().what, HasSubstr("unknown option 'font_sise'"));
}

TEST(Check, RunsOnALaptopOnBattery) {
    const CheckResult result = checked(R"lua(
        wezterm.on('format-window-title', function()
            local battery = wezterm.battery_info()[1]
            return battery.state .. ' ' .. battery.state_of_charge
        end)
        return {})lua");
    EXPECT_EQ(first_value(result, "format-window-title"), "Discharging 0.8");
}

TEST(Check, WhatIsLeftOutIsAWarningAndNoFailure) {
    const CheckResult result = checked("local config = wezterm.config_builder()\n"
                                       "config.font_size = 'big'\n"
                                       "return config");
    EXPECT_TRUE(result.ok());
    ASSERT_EQ(result.warnings.size(), 1U);
    EXPECT_THAT(result.warnings[0].where, HasSubstr(":3"));
}

TEST(Check, CallsOfWhatIsNoActionAreErrors) {
    const CheckResult result =
        checked("return { keys = { { key = 'a', action = wezterm.action.SplitPain } } }");
    EXPECT_FALSE(result.ok());
}

TEST(CheckSuggestions, SayWhatSetupCouldDo) {
    using testing::ElementsAre;
    using testing::IsEmpty;
    const std::string super =
        "return { keys = { { key = 'x', mods = 'SUPER', action = { SendString = 'x' } } } }";
    EXPECT_THAT(checked(super).suggestions, ElementsAre(HasSubstr("1 of your keys needs SUPER (SUPER+x)")));
    EXPECT_THAT(checked("require('lunette').setup { super = 'ALT' }\n" + super).suggestions, IsEmpty());
    const std::string leader = "return { leader = { key = ';', mods = 'CTRL' } }";
    EXPECT_THAT(checked(leader).suggestions, ElementsAre(HasSubstr("CTRL+b stays the prefix there")));
    EXPECT_THAT(checked("return { leader = { key = 'a', mods = 'CTRL' } }").suggestions, IsEmpty());
    const CheckResult bad = checked("require('lunette').setup { prefix = 'CTRL+nokey' }\nreturn {}");
    ASSERT_FALSE(bad.errors.empty());
    EXPECT_THAT(bad.errors.front().what, HasSubstr("no key 'nokey'"));
}

} // namespace

} // namespace lunette::cli
