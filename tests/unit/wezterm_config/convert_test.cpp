#include "fake_script.h"

#include "wezterm/color_object.h"
#include "wezterm/config_convert.h"
#include "wezterm/options_report.h"
#include "wezterm/options_type.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace lunette::wezterm {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Value map(std::vector<MapEntry> entries) { return Value::map(std::move(entries)); }
Value list(std::vector<Value> items) { return Value::list(std::move(items)); }

class Convert : public testing::Test {
protected:
    Convert() {
        folder_ = std::filesystem::temp_directory_path() / ("lunette-convert-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        // No schemes of the person who runs the test.
        ::setenv("XDG_CONFIG_HOME", (folder_ / "none").c_str(), 1);
        ::setenv("XDG_CONFIG_DIRS", (folder_ / "none").c_str(), 1);
    }
    ~Convert() override { std::filesystem::remove_all(folder_); }

    const model::ConfigInfo& convert(const Value& returned) {
        result_ = convert_config(script, returned);
        EXPECT_TRUE(result_) << (result_ ? "" : result_.error().message);
        static const model::ConfigInfo none;
        const auto* info = result_ ? result_->payload<model::ConfigInfo>(model::config_schema()) : nullptr;
        return info ? *info : none;
    }
    std::string error_of(const Value& returned) {
        auto result = convert_config(script, returned);
        return result ? "" : result.error().message;
    }
    // The only warning, without its ending.
    std::string left_out_of(const Value& returned) {
        script.warnings.clear();
        convert(returned);
        EXPECT_EQ(script.warnings.size(), 1U);
        const std::string warning = script.warnings.empty() ? "" : script.warnings[0];
        EXPECT_THAT(warning, testing::EndsWith(left_out));
        return warning.substr(0, warning.find(left_out));
    }
    void write(const std::string& name, std::string_view text) {
        const auto path = folder_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path} << text;
    }
    std::filesystem::path folder_;
    FakeScript script;

private:
    Expected<Value> result_{Value{}};
};

TEST_F(Convert, FillsInAllDefaults) {
    const auto& config = convert(map({{"font_size", 10}}));
    EXPECT_EQ(config.generation, 7);
    EXPECT_EQ(config.options["font_size"], Value{10.0});
    EXPECT_EQ(config.options["max_fps"], Value{60});
    EXPECT_EQ(config.set_options, list({"font_size"}));
    EXPECT_THAT(script.warnings, IsEmpty());
}

TEST_F(Convert, AnEmptyTableIsAConfiguration) {
    EXPECT_EQ(convert(map({})).options["enable_tab_bar"], Value{true});
}

TEST_F(Convert, OnlyATableIsAConfiguration) {
    EXPECT_THAT(error_of({}), HasSubstr("returned nothing"));
    EXPECT_THAT(error_of(list({1})), HasSubstr("returned an array"));
    EXPECT_THAT(error_of(true), HasSubstr("returned a boolean (true)"));
    EXPECT_THAT(error_of(4), HasSubstr("returned an integer (4)"));
    EXPECT_THAT(left_out_of(map({{1, 2}, {"font_size", 3}})), HasSubstr("the key 1"));
}

TEST_F(Convert, UnknownOptionsWarnAndAreNotKept) {
    const auto& config = convert(map({{"font_sze", 10}, {"enable_tab_bar", false}}));
    EXPECT_TRUE(config.options["font_sze"].is_nil());
    EXPECT_THAT(script.warnings, ElementsAre("unknown option 'font_sze'; did you mean 'font_size'?"));
    EXPECT_THAT(script.errors, IsEmpty());
    EXPECT_EQ(option_report(config).size(), 2U);
}

TEST_F(Convert, WrongTypesAreLeftOut) {
    EXPECT_EQ(left_out_of(map({{"font_size", "big"}})), "font_size: number expected, got \"big\"");
    const auto& config = convert(map({{"font_size", "big"}, {"tab_max_width", 30}}));
    EXPECT_EQ(config.options["font_size"], Value{12.0});
    EXPECT_EQ(config.options["tab_max_width"], Value{30});
}

TEST_F(Convert, OnlyTheBadPartIsLeftOut) {
    const Value good = map({{"bg_color", "red"}, {"fg_color", "blue"}, {"italic", "very"}});
    const Value bar = map({{"active_tab", map({{"fg_color", "red"}})}, {"inactive_tab", good}});
    const auto& config =
        convert(map({{"colors", map({{"tab_bar", bar}, {"foreground", "lime"}, {"split", 3}})}}));
    EXPECT_THAT(script.warnings,
                testing::UnorderedElementsAre(
                    testing::AllOf(HasSubstr("colors.tab_bar.active_tab: the field 'bg_color' is missing"),
                                   testing::EndsWith("\"#333333\" is used")),
                    HasSubstr("colors.tab_bar.inactive_tab.italic: boolean expected"),
                    HasSubstr("colors.split: color expected, got 3")));
    const Value& colors = config.options["colors"];
    EXPECT_EQ(colors["foreground"].text(), "#00ff00");
    EXPECT_TRUE(colors["split"].is_nil());
    EXPECT_EQ(colors["tab_bar"]["active_tab"]["bg_color"].text(), "#333333");
    EXPECT_EQ(colors["tab_bar"]["active_tab"]["fg_color"].text(), "#ff0000");
    EXPECT_EQ(colors["tab_bar"]["inactive_tab"]["bg_color"].text(), "#ff0000");
    EXPECT_EQ(colors["tab_bar"]["inactive_tab"]["italic"], Value{false});
    EXPECT_EQ(config.options["resolved_palette"]["tab_bar"]["inactive_tab"]["fg_color"].text(), "#0000ff");
}

TEST_F(Convert, ABindingIsLeftOutAsAWhole) {
    // Without its modifiers it would take a plain letter away from the shell.
    const auto key = [](const char* mods) { return map({{"key", "x"}, {"mods", mods}, {"action", "Nop"}}); };
    const auto& config = convert(map({{"keys", list({key("CTRL"), key("CONTROL"), key("ALT")})},
                                      {"leader", map({{"key", "a"}, {"mods", "CONTROL"}})}}));
    ASSERT_EQ(config.options["keys"].size(), 2U);
    EXPECT_EQ(config.options["keys"][2]["mods"].text(), "ALT");
    EXPECT_TRUE(config.options["leader"].is_nil());
    EXPECT_EQ(script.warnings.size(), 2U);
}

TEST_F(Convert, AListOfColorsIsLeftOutAsAWhole) {
    const Value red = "red";
    EXPECT_THAT(left_out_of(map({{"colors", map({{"ansi", list({red, red, 3, red, red, red, red, red})}})}})),
                HasSubstr("colors.ansi[3]: color expected, got 3"));
    EXPECT_THAT(left_out_of(map({{"colors", map({{"ansi", list({red})}, {"background", red}})}})),
                HasSubstr("colors.ansi"));
    EXPECT_EQ(convert(map({{"colors", map({{"ansi", list({red})}, {"background", red}})}}))
                  .options["resolved_palette"]["background"]
                  .text(),
              "#ff0000");
}

TEST_F(Convert, DeprecatedAndCappedOptionsWarn) {
    convert(map({{"show_update_window", true}, {"scrollback_lines", 2'000'000}}));
    EXPECT_THAT(script.warnings, ElementsAre("show_update_window is deprecated and does nothing",
                                             "scrollback_lines: panes keep at most 1000000 lines"));
}

TEST_F(Convert, ColorObjectsAreText) {
    const auto& config = convert(map({{"colors", map({{"background", color_value(*parse_color("blue"))}})}}));
    EXPECT_EQ(config.options["colors"]["background"].text(), "#0000ff");
}

TEST_F(Convert, BooleansOfBoldBecomeWords) {
    EXPECT_EQ(
        convert(map({{"bold_brightens_ansi_colors", true}})).options["bold_brightens_ansi_colors"].text(),
        "BrightAndBold");
    EXPECT_EQ(
        convert(map({{"bold_brightens_ansi_colors", false}})).options["bold_brightens_ansi_colors"].text(),
        "No");
}

TEST_F(Convert, BooleansOfPastedNewlinesBecomeWords) {
    const auto newlines = [this](Value value) {
        const Value given = map({{"canonicalize_pasted_newlines", std::move(value)}});
        return std::string{convert(given).options["canonicalize_pasted_newlines"].text()};
    };
    EXPECT_EQ(newlines(true), "CarriageReturnAndLineFeed");
    EXPECT_EQ(newlines(false), "None");
    EXPECT_EQ(newlines("LineFeed"), "LineFeed");
}

TEST_F(Convert, KnowsTheOptionsOfNightlyBuilds) {
    const Value font = map({{"font", list({map({{"family", "Mono"}})})}});
    const auto& options =
        convert(map({{"dim_opacity", 0.5},
                     {"track_bold_and_dim_separately", true},
                     {"command_palette_line_height", 2},
                     {"wayland_window_background_blur", true},
                     {"enable_checksum_rectangular_area", true},
                     {"font_rules", list({map({{"bold", true}, {"dim", false}, {"font", font}})})}}))
            .options;
    EXPECT_EQ(options["dim_opacity"], Value{0.5});
    EXPECT_EQ(options["command_palette_line_height"], Value{2.0});
    EXPECT_EQ(options["font_rules"][1]["bold"], Value{true});
    EXPECT_EQ(options["font_rules"][1]["dim"], Value{false});
}

TEST_F(Convert, ErrorsInKeysNameThePlace) {
    const auto key = [](Value action) { return map({{"key", "t"}, {"mods", "CTRL"}, {"action", action}}); };
    EXPECT_EQ(left_out_of(map({{"keys", list({key("SpawnWindow"), key("Nop"), key("SpwanTab")})}})),
              "keys[3].action: unknown key assignment 'SpwanTab'; did you mean 'SpawnTab'?");
    EXPECT_EQ(left_out_of(map({{"keys", list({key(map({{"ActivateTab", "x"}}))})}})),
              "keys[1].action: ActivateTab: integer expected, got \"x\"");
    EXPECT_EQ(left_out_of(map({{"keys", list({key(map({{"Multiple", list({"Nop", "Npo"})}}))})}})),
              "keys[1].action.Multiple[2]: unknown key assignment 'Npo'; did you mean 'Nop'?");
    EXPECT_EQ(
        left_out_of(
            map({{"key_tables",
                  map({{"resize", list({map({{"key", "x"}, {"mods", "CONTROL"}, {"action", "Nop"}})})}})}})),
        "key_tables.resize[1].mods: unknown modifier 'CONTROL'; there are SHIFT, ALT, CTRL, SUPER and "
        "LEADER, joined by '|'");
    EXPECT_EQ(left_out_of(map({{"leader", map({{"mods", "CTRL"}})}})),
              "leader: the field 'key' is missing in {mods = \"CTRL\"}");
}

TEST_F(Convert, ModifiersHaveOneForm) {
    const auto& config =
        convert(map({{"keys", list({map({{"key", "t"}, {"mods", "CMD | SHIFT|META"}, {"action", "Nop"}})})},
                     {"leader", map({{"key", "a"}, {"mods", "CTRL"}})},
                     {"bypass_mouse_reporting_modifiers", "OPT"}}));
    EXPECT_EQ(config.options["keys"][1]["mods"].text(), "SHIFT|ALT|SUPER");
    EXPECT_EQ(config.options["leader"]["timeout_milliseconds"], Value{1000});
    EXPECT_EQ(config.options["bypass_mouse_reporting_modifiers"].text(), "ALT");
}

TEST_F(Convert, UnknownKeysWarn) {
    const auto& config = convert(map({{"keys", list({map({{"key", "LeftArow"}, {"action", "Nop"}})})},
                                      {"disable_default_key_bindings", true}}));
    EXPECT_THAT(script.warnings,
                ElementsAre("keys[1].key: unknown key 'LeftArow': nothing can press it; did you "
                            "mean 'LeftArrow'?"));
    EXPECT_EQ(config.options["keys"].size(), 1U);
    EXPECT_EQ(config.bindings["keys"].size(), 0U);
}

TEST_F(Convert, MouseEventsAreOneOfThree) {
    const auto binding = [](Value event) { return map({{"event", event}, {"action", "Nop"}}); };
    const Value down = map({{"streak", 1}, {"button", map({{"WheelUp", 1}})}});
    const auto& config = convert(map({{"mouse_bindings", list({binding(map({{"Down", down}}))})}}));
    EXPECT_EQ(config.options["mouse_bindings"][1]["alt_screen"].text(), "Any");
    EXPECT_THAT(left_out_of(map({{"mouse_bindings", list({binding(map({{"Down", down}, {"Up", down}}))})}})),
                HasSubstr("mouse_bindings[1].event: one of Down, Up and Drag expected"));
    EXPECT_THAT(
        left_out_of(map({{"mouse_bindings", list({binding(map({{"Down", map({{"streak", 1}})}}))})}})),
        HasSubstr("mouse_bindings[1].event.Down: the field 'button' is missing"));
}

TEST_F(Convert, DomainNamesAreUnique) {
    const Value domain = map({{"name", "x"}, {"remote_address", "host"}});
    EXPECT_EQ(
        left_out_of(map({{"ssh_domains", list({domain})}, {"unix_domains", list({map({{"name", "x"}})})}})),
        "ssh_domains: there is a domain 'x' in unix_domains already");
}

TEST_F(Convert, PaletteIsSchemeThenColors) {
    const auto& config =
        convert(map({{"color_scheme", "Dracula"}, {"colors", map({{"background", "black"}})}}));
    EXPECT_EQ(config.options["resolved_palette"]["background"].text(), "#000000");
    EXPECT_EQ(config.options["resolved_palette"]["foreground"].text(), "#f8f8f2");
    EXPECT_EQ(config.options["resolved_palette"]["ansi"].size(), 8U);
}

TEST_F(Convert, TheTabBarOfASchemeIsPartOfThePalette) {
    const auto& plain = convert(map({{"color_scheme", "Catppuccin Mocha"}}));
    const Value& bar = plain.options["resolved_palette"]["tab_bar"];
    EXPECT_EQ(bar["active_tab"]["bg_color"].text(), "#cba6f7");
    const Value own = map({{"active_tab", map({{"bg_color", "red"}, {"fg_color", "blue"}})}});
    const auto& over =
        convert(map({{"color_scheme", "Catppuccin Mocha"}, {"colors", map({{"tab_bar", own}})}}));
    EXPECT_EQ(over.options["resolved_palette"]["tab_bar"]["active_tab"]["bg_color"].text(), "#ff0000");
    EXPECT_EQ(over.options["resolved_palette"]["tab_bar"]["background"].text(), "#11111b");
}

TEST_F(Convert, OwnSchemesWin) {
    const auto& config =
        convert(map({{"color_scheme", "Dracula"},
                     {"color_schemes", map({{"Dracula", map({{"foreground", "#010203"}})}})}}));
    EXPECT_EQ(config.options["resolved_palette"]["foreground"].text(), "#010203");
}

TEST_F(Convert, MissingSchemesWarn) {
    convert(map({{"color_scheme", "Gruvbux Dark"}}));
    ASSERT_EQ(script.warnings.size(), 1U);
    EXPECT_THAT(script.warnings[0], HasSubstr("there is no scheme 'Gruvbux Dark'; did you mean '"));
}

TEST_F(Convert, ReadsSchemeFiles) {
    script = FakeScript{(folder_ / "wezterm.lua").string()};
    write("colors/mine.toml", "[colors]\nforeground = '#112233'\n[metadata]\nname = 'My Own'\n");
    write("colors/broken.toml", "[colors\n");
    write("more/other.toml", "[colors]\nforeground = '#445566'\n");
    write("more/ignored.txt", "[colors]\nforeground = '#445566'\n");
    const auto& config = convert(map({{"color_scheme", "My Own"}, {"color_scheme_dirs", list({"more"})}}));
    EXPECT_EQ(config.options["resolved_palette"]["foreground"].text(), "#112233");
    EXPECT_EQ(config.options["color_schemes"].size(), 2U);
    EXPECT_EQ(config.options["color_schemes"]["other"]["foreground"].text(), "#445566");
    EXPECT_THAT(script.warnings, ElementsAre(HasSubstr("broken.toml: no color scheme: ")));
    EXPECT_THAT(script.watched, Contains((folder_ / "colors/mine.toml").string()));
}

TEST_F(Convert, PathsAreRelativeToTheFile) {
    script = FakeScript{(folder_ / "wezterm.lua").string()};
    const auto& config =
        convert(map({{"font_dirs", list({"fonts", "/abs"})}, {"window_background_image", "a.png"}}));
    EXPECT_EQ(config.options["font_dirs"], list({(folder_ / "fonts").string(), "/abs"}));
    EXPECT_EQ(config.options["window_background_image"].text(), (folder_ / "a.png").string());
}

TEST_F(Convert, OverridesReplaceWholeOptions) {
    const auto base = convert(map({{"color_scheme", "Dracula"}, {"window_padding", map({{"left", 3}})}}));
    auto window = apply_overrides(base, map({{"colors", map({{"foreground", "red"}})},
                                             {"window_padding", map({{"right", 4}})},
                                             {"keys", list({map({{"key", "p"}, {"action", "Nop"}})})}}));
    ASSERT_TRUE(window);
    const Value& options = window->config.options;
    EXPECT_EQ(window->config.generation, 7);
    EXPECT_EQ(options["resolved_palette"]["foreground"].text(), "#ff0000");
    EXPECT_EQ(options["resolved_palette"]["background"].text(), "#1e1f29");
    EXPECT_EQ(options["window_padding"]["left"].text(), "1cell");
    EXPECT_EQ(window->config.bindings["keys"].size(), base.bindings["keys"].size() + 1);
}

TEST_F(Convert, NoOverridesChangeNothing) {
    const auto base =
        convert(map({{"color_scheme", "Dracula"},
                     {"bold_brightens_ansi_colors", true},
                     {"keys", list({map({{"key", "p"}, {"mods", "CMD"}, {"action", "Nop"}})})}}));
    auto same = apply_overrides(base, map({}));
    ASSERT_TRUE(same);
    EXPECT_EQ(same->config, base);
}

TEST_F(Convert, OverridesKeepWhatTheyDoNotTouch) {
    const auto base =
        convert(map({{"color_scheme", "Dracula"}, {"leader", map({{"key", "a"}, {"mods", "CTRL"}})}}));
    auto window =
        apply_overrides(base, map({{"window_background_opacity", 0.5}, {"resolved_palette", map({})}}));
    ASSERT_TRUE(window);
    EXPECT_EQ(window->config.options["resolved_palette"], base.options["resolved_palette"]);
    EXPECT_EQ(window->config.bindings, base.bindings);
    EXPECT_EQ(window->config.options["window_background_opacity"], Value{0.5});
    auto off = apply_overrides(base, map({{"disable_default_key_bindings", true}}));
    ASSERT_TRUE(off);
    EXPECT_EQ(off->config.bindings["keys"].size(), 0U);
    EXPECT_EQ(off->config.bindings["leader"], base.bindings["leader"]);
}

TEST_F(Convert, BadOverridesAreLeftOut) {
    const auto base = convert(map({}));
    EXPECT_THAT(apply_overrides(base, map({{"font_size", "x"}}))->warnings,
                ElementsAre(HasSubstr("font_size: number expected, got \"x\"")));
    EXPECT_THAT(apply_overrides(base, 3).error().message, HasSubstr("a table of options expected"));
    EXPECT_THAT(apply_overrides(base, map({{"colour_scheme", "x"}}))->warnings,
                ElementsAre("unknown option 'colour_scheme'; did you mean 'color_scheme'?"));
}

TEST_F(Convert, PatternsThatCannotBeUnderstoodAreLeftOut) {
    const model::ConfigInfo& info = convert(map({{"quick_select_patterns", list({"a+", "(", "b"})}}));
    EXPECT_EQ(info.options["quick_select_patterns"], list({"a+", "b"}));
    EXPECT_THAT(script.warnings,
                ElementsAre(HasSubstr("quick_select_patterns[2]: missing closing parenthesis")));
}

} // namespace
} // namespace lunette::wezterm
