#include "mux/settings.h"

#include <algorithm>
#include <charconv>

namespace lunette::mux {

namespace {

constexpr std::size_t most_scrollback_lines = 1'000'000;
constexpr int most_padding = 4; // cells a side

std::string string_or(const Value& value, std::string otherwise) {
    return value.kind() == Kind::string && !value.text().empty() ? std::string{value.text()} : otherwise;
}

int clamped(const Value& value, int otherwise) {
    return static_cast<int>(std::clamp<std::int64_t>(value.integer_or(otherwise), 1, 4096));
}

ExitMessage message_named(std::string_view name) noexcept {
    if (name == "Brief") return ExitMessage::brief;
    if (name == "Terse") return ExitMessage::terse;
    return name == "None" ? ExitMessage::none : ExitMessage::verbose;
}

terminal::PastedNewlines pasted_newlines(std::string_view name) noexcept {
    using terminal::PastedNewlines;
    if (name == "None") return PastedNewlines::as_they_are;
    if (name == "LineFeed") return PastedNewlines::line_feed;
    return name == "CarriageReturnAndLineFeed" ? PastedNewlines::both : PastedNewlines::carriage_return;
}

terminal::CursorShape cursor_shape(std::string_view style) noexcept {
    if (style.ends_with("Underline")) return terminal::CursorShape::underline;
    return style.ends_with("Bar") ? terminal::CursorShape::bar : terminal::CursorShape::block;
}

// Only cells can be kept free here: pixels, percent and parts of a cell count as none.
int whole_cells(const Value& dimension) noexcept {
    std::string_view text = dimension.text();
    constexpr std::string_view unit = "cell";
    if (!text.ends_with(unit)) return 0;
    text.remove_suffix(unit.size());
    int cells = 0;
    std::from_chars(text.data(), text.data() + text.size(), cells);
    return std::clamp(cells, 0, most_padding);
}

std::uint64_t at_least(const Value& limit) noexcept {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(limit.integer_or(0), 0));
}

} // namespace

Settings Settings::from_options(const Value& options) {
    Settings settings;
    for (const Value& arg : options["default_prog"].items()) settings.default_prog.emplace_back(arg.text());
    if (const Value& cwd = options["default_cwd"]; cwd.kind() == Kind::string)
        settings.default_cwd = cwd.text();
    for (const MapEntry& entry : options["set_environment_variables"].entries())
        if (entry.key.kind() == Kind::string && entry.value.kind() == Kind::string)
            settings.environment.insert_or_assign(std::string{entry.key.text()},
                                                  std::string{entry.value.text()});
    settings.term = string_or(options["term"], settings.term);
    settings.default_workspace = string_or(options["default_workspace"], settings.default_workspace);
    settings.scrollback_lines = static_cast<std::size_t>(
        std::clamp<std::int64_t>(options["scrollback_lines"].integer_or(3500), 0, most_scrollback_lines));
    settings.width_rules.ambiguous_is_wide =
        options["treat_east_asian_ambiguous_width_as_wide"].boolean_or(false);
    settings.width_rules.unicode_version = static_cast<std::uint8_t>(
        std::clamp<std::int64_t>(options["unicode_version"].integer_or(model::WidthRules::latest_version), 0,
                                 model::WidthRules::latest_version));
    settings.enable_kitty_keyboard =
        options["enable_kitty_keyboard"].boolean_or(settings.enable_kitty_keyboard);
    settings.answerback = std::string{options["enq_answerback"].text()};
    const std::string_view behavior = options["exit_behavior"].text();
    if (behavior == "Hold") settings.exit_behavior = ExitBehavior::hold;
    if (behavior == "CloseOnCleanExit") settings.exit_behavior = ExitBehavior::close_on_clean_exit;
    for (const Value& code : options["clean_exit_codes"].items())
        settings.clean_exit_codes.push_back(static_cast<int>(code.integer_or(0)));
    settings.initial_columns = clamped(options["initial_cols"], settings.initial_columns);
    settings.initial_rows = clamped(options["initial_rows"], settings.initial_rows);
    settings.enable_tab_bar = options["enable_tab_bar"].boolean_or(settings.enable_tab_bar);
    settings.hide_tab_bar_if_only_one_tab =
        options["hide_tab_bar_if_only_one_tab"].boolean_or(settings.hide_tab_bar_if_only_one_tab);
    settings.unzoom_on_switch_pane =
        options["unzoom_on_switch_pane"].boolean_or(settings.unzoom_on_switch_pane);
    settings.switch_to_last_active_tab_when_closing_tab =
        options["switch_to_last_active_tab_when_closing_tab"].boolean_or(
            settings.switch_to_last_active_tab_when_closing_tab);
    const auto flag = [&options](std::string_view name, bool& into) {
        into = options[name].boolean_or(into);
    };
    flag("scroll_to_bottom_on_input", settings.scroll_to_bottom_on_input);
    flag("swap_backspace_and_delete", settings.swap_backspace_and_delete);
    flag("enable_title_reporting", settings.terminal.title_reports);
    settings.exit_message = message_named(options["exit_behavior_messaging"].text());
    settings.terminal.pasted_newlines = pasted_newlines(options["canonicalize_pasted_newlines"].text());
    settings.terminal.cursor_is_steady = options["cursor_blink_rate"] == Value{0};
    return settings;
}

Settings Settings::from_config(const model::ConfigInfo& config) {
    Settings settings = from_options(config.options);
    const Value& options = config.options;
    // WezTerm's defaults are others; here only the user's own word counts.
    const auto told = [&config](std::string_view option) {
        const auto& set = config.set_options.items();
        return std::any_of(set.begin(), set.end(),
                           [option](const Value& name) { return name.text() == option; });
    };
    if (!told("enable_kitty_keyboard")) settings.enable_kitty_keyboard = true;
    if (told("mux_env_remove"))
        for (const Value& name : options["mux_env_remove"].items())
            settings.removed_environment.emplace_back(name.text());
    const std::string_view style = options["default_cursor_style"].text();
    if (told("default_cursor_style") || settings.terminal.cursor_is_steady) {
        settings.terminal.cursor_shape = cursor_shape(style);
        settings.terminal.cursor_blinks = style.substr(0, 8) == "Blinking";
    }
    if (told("window_padding")) {
        const Value& padding = options["window_padding"];
        settings.padding = {whole_cells(padding["left"]), whole_cells(padding["right"]),
                            whole_cells(padding["top"]), whole_cells(padding["bottom"])};
    }
    if (told("ulimit_nofile")) settings.least_open_files = at_least(options["ulimit_nofile"]);
    if (told("ulimit_nproc")) settings.least_processes = at_least(options["ulimit_nproc"]);
    return settings;
}

} // namespace lunette::mux
