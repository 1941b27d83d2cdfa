#include "model/records.h"
#include "wezterm/config_api.h"
#include "wezterm/config_convert.h"

#include <lunette/engine.h>

#include <gmock/gmock.h>

namespace lunette::wezterm {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

// Loads a main chunk in a real engine.
class ConfigBuilder : public testing::Test {
protected:
    const LoadResult& load(std::string source) {
        Module wezterm{"wezterm"};
        add_config_functions(wezterm);
        Module gui{"gui"};
        add_default_key_functions(gui);
        wezterm.submodule(std::move(gui));
        EngineOptions options;
        options.source = "local wezterm = require 'wezterm'\n" + std::move(source);
        options.modules.push_back(std::move(wezterm));
        options.convert = [](Script& script, const Value& returned) {
            return convert_config(script, returned);
        };
        engine_ = std::make_unique<Engine>(std::move(options));
        engine_->start();
        EXPECT_TRUE(engine_->settle(std::chrono::seconds{60}));
        return engine_->load();
    }
    const Value& options(const LoadResult& load) {
        const auto* info = load.configuration.payload<model::ConfigInfo>(model::config_schema());
        EXPECT_TRUE(info) << load.error.message;
        static const Value none;
        return info ? info->options : none;
    }

private:
    std::unique_ptr<Engine> engine_;
};

TEST_F(ConfigBuilder, IsATableThatCanBeReturned) {
    const auto& result = load(R"lua(
        local config = wezterm.config_builder()
        assert(type(config) == 'table' and config.font_size == nil)
        config.font_size = 11
        config.keys = {}
        table.insert(config.keys, { key = 'x', mods = 'CTRL', action = 'Nop' })
        local names = 0
        for _ in pairs(config) do names = names + 1 end
        assert(names == 2)
        return config)lua");
    ASSERT_TRUE(result.ok) << result.error.message;
    EXPECT_EQ(options(result)["font_size"], Value{11.0});
    EXPECT_EQ(options(result)["keys"].size(), 1U);
}

TEST_F(ConfigBuilder, UnknownOptionsRaiseAtTheirLineWhenStrict) {
    const auto& result = load("local config = wezterm.config_builder()\nconfig:set_strict_mode(true)\n"
                              "config.font_sze = 11\nreturn config");
    EXPECT_FALSE(result.ok);
    EXPECT_THAT(result.error.message + result.error.where, HasSubstr(":4"));
    EXPECT_THAT(result.error.message, HasSubstr("unknown option 'font_sze'; did you mean 'font_size'?"));
}

TEST_F(ConfigBuilder, WrongTypesAreLeftOutWithAWarningAtTheirLine) {
    const auto& result =
        load("local config = wezterm.config_builder()\n\nconfig.font_size = {}\nreturn config");
    ASSERT_TRUE(result.ok) << result.error.message;
    EXPECT_EQ(options(result)["font_size"], Value{12.0});
    ASSERT_EQ(result.warnings.size(), 1U) << "the conversion says nothing twice";
    EXPECT_THAT(result.warnings[0].where, HasSubstr(":4"));
    EXPECT_THAT(result.warnings[0].what, HasSubstr("font_size: number expected, got {}"));
}

TEST_F(ConfigBuilder, FunctionsAreNoValues) {
    const auto& result =
        load("local config = wezterm.config_builder()\nconfig.keys = { print }\nreturn config");
    EXPECT_FALSE(result.ok);
    EXPECT_THAT(result.error.message, HasSubstr("function cannot be converted"));
    EXPECT_THAT(load("wezterm.config_builder().font_size = print").error.message,
                HasSubstr("font_size: function cannot be converted"));
}

TEST_F(ConfigBuilder, NotStrictWarnsAndDoesNotStore) {
    const auto& result = load(R"lua(
        local config = wezterm.config_builder()
        config.font_sze = 11
        assert(rawget(config, 'font_sze') == nil)
        return config)lua");
    ASSERT_TRUE(result.ok) << result.error.message;
    EXPECT_THAT(result.warnings,
                ElementsAre(Field(&Problem::what, "unknown option 'font_sze'; did you mean 'font_size'?")));
}

TEST_F(ConfigBuilder, OnlyTheFirstAssignmentIsCheckedAtOnce) {
    const auto& result = load(R"lua(
        local config = wezterm.config_builder()
        config.font_size = 1
        config.font_size = 'x'
        local ok = pcall(function() config[1] = 2 end)
        assert(not ok)
        return config)lua");
    ASSERT_TRUE(result.ok) << result.error.message;
    EXPECT_THAT(result.warnings, ElementsAre(Field(&Problem::what, HasSubstr("font_size: number expected"))));
    EXPECT_THAT(result.warnings, ElementsAre(Field(&Problem::where, "")));
}

TEST_F(ConfigBuilder, DefaultKeysAreTables) {
    const auto& result = load(R"lua(
        local keys = wezterm.gui.default_keys()
        assert(keys[1].key == 'c' and keys[1].mods == 'SUPER' and keys[1].action.CopyTo == 'Clipboard')
        local tables = wezterm.gui.default_key_tables()
        table.insert(tables.copy_mode, { key = 'z', mods = 'NONE', action = 'Nop' })
        return { keys = keys, key_tables = tables })lua");
    ASSERT_TRUE(result.ok) << result.error.message;
    EXPECT_EQ(options(result)["key_tables"]["copy_mode"].size(), 63U);
}

} // namespace
} // namespace lunette::wezterm
