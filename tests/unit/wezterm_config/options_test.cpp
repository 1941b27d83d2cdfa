#include "wezterm/options.h"
#include "wezterm/options_report.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace lunette::wezterm {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

tl::expected<Value, std::string> check(std::string_view option, const Value& value, Warnings& warnings) {
    const Option* known = find_option(option);
    if (!known) return tl::unexpected<std::string>{"no such option"};
    return check_value(known->type, value, std::string{option}, warnings);
}

std::string error_of(std::string_view option, const Value& value) {
    Warnings warnings;
    auto checked = check(option, value, warnings);
    return checked ? "" : checked.error();
}

Value checked(std::string_view option, const Value& value) {
    Warnings warnings;
    auto result = check(option, value, warnings);
    EXPECT_TRUE(result) << option << ": " << (result ? "" : result.error());
    EXPECT_THAT(warnings, IsEmpty());
    return result ? *result : Value{};
}

TEST(Options, AreAllOfWezTerms) {
    EXPECT_EQ(known_options().size(), 222U);
    EXPECT_TRUE(std::is_sorted(known_options().begin(), known_options().end(),
                               [](const Option& a, const Option& b) { return a.name < b.name; }));
}

TEST(Options, DefaultsAreInNormalForm) {
    for (const Option& option : known_options()) {
        if (option.default_value.is_nil()) continue;
        Warnings warnings;
        auto again = check_value(option.type, option.default_value, std::string{option.name}, warnings);
        ASSERT_TRUE(again) << again.error();
        EXPECT_EQ(*again, option.default_value) << option.name;
        EXPECT_THAT(warnings, IsEmpty());
    }
}

TEST(Options, DefaultsAreWezTerms) {
    const Value& all = default_options();
    EXPECT_EQ(all["font_size"], Value{12.0});
    EXPECT_EQ(all["tab_max_width"], Value{16});
    EXPECT_EQ(all["use_fancy_tab_bar"], Value{true});
    EXPECT_EQ(all["window_padding"]["left"].text(), "1cell");
    EXPECT_EQ(all["inactive_pane_hsb"]["brightness"], Value{0.8});
    EXPECT_EQ(all["unix_domains"][1]["name"].text(), "unix");
    EXPECT_EQ(all["selection_word_boundary"].text(), " \t\n{[}]()\"'`");
    EXPECT_EQ(all["hyperlink_rules"].size(), 6U);
    EXPECT_TRUE(all["default_prog"].is_nil());
    EXPECT_TRUE(all["color_scheme"].is_nil());
}

TEST(Options, WhatIsNotAppliedSaysWhy) {
    for (const Option& option : known_options())
        EXPECT_EQ(option.note.empty(), option.effect == model::Effect::applied) << option.name;
}

TEST(Options, SuggestTheNearestName) {
    EXPECT_EQ(nearest_option("font_sze"), "font_size");
    EXPECT_EQ(nearest_option("color_schema"), "color_scheme");
    EXPECT_EQ(nearest_option("dafault_prog"), "default_prog");
    EXPECT_EQ(nearest_option("something_else_entirely"), "");
    EXPECT_EQ(nearest_option(""), "");
    EXPECT_EQ(nearest_option(std::string(100'000, 'x')), "");
    EXPECT_EQ(unknown_option("font_sze"), "unknown option 'font_sze'; did you mean 'font_size'?");
    EXPECT_EQ(unknown_option("qqqqqqqq"), "unknown option 'qqqqqqqq'");
}

TEST(OptionTypes, NumbersBecomeTheKindOfTheOption) {
    EXPECT_EQ(checked("font_size", 12), Value{12.0});
    EXPECT_EQ(checked("scrollback_lines", 5000.0), Value{5000});
    EXPECT_EQ(error_of("scrollback_lines", 0.5),
              "scrollback_lines: integer from 0 to 999999999 expected, got 0.5");
    EXPECT_THAT(error_of("scrollback_lines", -1), HasSubstr("expected, got -1"));
    EXPECT_THAT(error_of("scrollback_lines", 1'000'000'000), HasSubstr("from 0 to 999999999"));
    EXPECT_EQ(error_of("font_size", "12"), "font_size: number expected, got \"12\"");
    EXPECT_EQ(error_of("initial_rows", 0), "initial_rows: integer from 1 to 65535 expected, got 0");
}

TEST(OptionTypes, NamesWhatIsExpectedAndGot) {
    EXPECT_EQ(error_of("enable_tab_bar", 1), "enable_tab_bar: boolean expected, got 1");
    EXPECT_EQ(error_of("default_prog", "zsh"), "default_prog: array of string expected, got \"zsh\"");
    EXPECT_EQ(error_of("default_prog", Value::list({"zsh", 1})), "default_prog[2]: string expected, got 1");
    EXPECT_EQ(error_of("window_close_confirmation", "NeverPromt"),
              "window_close_confirmation: \"AlwaysPrompt\" or \"NeverPrompt\" expected, got \"NeverPromt\"; "
              "did you mean 'NeverPrompt'?");
    EXPECT_EQ(error_of("default_prog", Value::map({{1, "a"}, {3, "b"}})), "") << "gaps only warn";
    EXPECT_THAT(error_of("set_environment_variables", Value::list({"A=1"})), HasSubstr("got an array"));
    EXPECT_EQ(error_of("set_environment_variables", Value::map({{"A", 1}})),
              "set_environment_variables.A: string expected, got 1");
}

TEST(OptionTypes, NilIsForThoseThatMayBeUnset) {
    EXPECT_EQ(error_of("default_prog", {}), "");
    EXPECT_EQ(error_of("font_size", {}), "font_size: number expected, got nil");
}

TEST(OptionTypes, AnEmptyTableIsAnArrayToo) {
    EXPECT_EQ(checked("keys", Value::map({})).kind(), Kind::list);
    EXPECT_EQ(checked("key_tables", Value::list({})).kind(), Kind::map);
    EXPECT_EQ(checked("window_padding", Value::list({}))["top"].text(), "0.5cell");
}

TEST(OptionTypes, ColorsHaveOneForm) {
    EXPECT_EQ(checked("command_palette_bg_color", "red").text(), "#ff0000");
    EXPECT_EQ(checked("colors", Value::map({{"foreground", "White"}}))["foreground"].text(), "#ffffff");
    EXPECT_EQ(error_of("command_palette_bg_color", "rot"),
              "command_palette_bg_color: color expected, got \"rot\"");
    EXPECT_EQ(error_of("colors", Value::map({{"ansi", Value::list({"red", "x"})}})),
              "colors.ansi[2]: color expected, got \"x\"");
    const Value spec = Value::map({{"quick_select_label_bg", Value::map({{"Color", "red"}})}});
    EXPECT_EQ(checked("colors", spec)["quick_select_label_bg"]["Color"].text(), "#ff0000");
    for (const char* name : {"input_selector_label_fg", "launcher_label_bg"})
        EXPECT_EQ(
            checked("colors", Value::map({{name, Value::map({{"Color", "red"}})}}))[name]["Color"].text(),
            "#ff0000")
            << name;
}

TEST(OptionTypes, StructsFillInWhatIsNotSaid) {
    const Value padding = checked("window_padding", Value::map({{"left", 2}, {"top", "1 cell"}}));
    EXPECT_EQ(padding["left"], Value{2});
    EXPECT_EQ(padding["right"].text(), "1cell");
    EXPECT_THAT(error_of("window_padding", Value::map({{"left", "2em"}})),
                HasSubstr("window_padding.left: number, or string with px"));
    const Value layers =
        checked("background", Value::list({Value::map({{"source", Value::map({{"Color", "red"}})}})}));
    EXPECT_EQ(layers[1]["hsb"]["hue"], Value{1.0});
    EXPECT_EQ(layers[1]["width"].text(), "Cover");
    EXPECT_THAT(error_of("hyperlink_rules", Value::list({Value::map({{"regex", "x"}})})),
                HasSubstr("hyperlink_rules[1]: the field 'format' is missing"));
}

TEST(OptionTypes, UnknownFieldsAreKeptWithAWarning) {
    Warnings warnings;
    auto frame = check("window_frame", Value::map({{"font_sise", 3}}), warnings);
    ASSERT_TRUE(frame);
    EXPECT_EQ((*frame)["font_sise"], Value{3});
    EXPECT_THAT(warnings, testing::ElementsAre("window_frame.font_sise: WindowFrameConfig has no such field; "
                                               "did you mean 'font_size'?"));
    warnings.clear();
    ASSERT_TRUE(check("launch_menu", Value::list({Value::map({{"whatever", 1}})}), warnings));
    EXPECT_THAT(warnings, IsEmpty()) << "WezTerm does not report these either";
}

TEST(OptionTypes, AlternativesAndFlags) {
    EXPECT_EQ(checked("bold_brightens_ansi_colors", false), Value{false});
    EXPECT_EQ(checked("cursor_blink_ease_in",
                      Value::map({{"CubicBezier", Value::list({0, 0.5, 1, 1})}}))["CubicBezier"][1],
              Value{0.0});
    EXPECT_THAT(error_of("cursor_blink_ease_in", Value::map({{"CubicBezier", "x"}})),
                HasSubstr("cursor_blink_ease_in.CubicBezier: array of number expected"));
    EXPECT_THAT(error_of("bold_brightens_ansi_colors", 3), HasSubstr("boolean or \"No\""));
    EXPECT_EQ(checked("window_decorations", "TITLE | RESIZE").text(), "TITLE|RESIZE");
    Warnings warnings;
    ASSERT_TRUE(check("window_decorations", "TITEL", warnings));
    EXPECT_THAT(warnings, testing::ElementsAre("window_decorations: unknown flag 'TITEL'"));
}

TEST(OptionReport, ListsWhatIsSet) {
    const auto reports =
        option_report(Value::map({{"font_sze", 1}, {"keys", Value::list({})}, {"font_size", 12}, {1, 2}}));
    ASSERT_EQ(reports.size(), 3U);
    EXPECT_EQ(reports[0].name, "font_size");
    EXPECT_EQ(reports[0].effect, "accepted");
    EXPECT_EQ(reports[0].note, "the font belongs to the outer terminal");
    EXPECT_EQ(reports[1].effect, "unknown");
    EXPECT_EQ(reports[1].note, "unknown option 'font_sze'; did you mean 'font_size'?");
    EXPECT_EQ(reports[2].effect, "applied");
    EXPECT_EQ(reports[2].note, "");
}

} // namespace
} // namespace lunette::wezterm
