#include "mux/settings.h"

#include <algorithm>

namespace lunette::mux {

namespace {

constexpr std::size_t most_scrollback_lines = 1'000'000;

std::string string_or(const Value& value, std::string otherwise) {
    return value.kind() == Kind::string && !value.text().empty() ? std::string{value.text()} : otherwise;
}

int clamped(const Value& value, int otherwise) {
    return static_cast<int>(std::clamp<std::int64_t>(value.integer_or(otherwise), 1, 4096));
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
    return settings;
}

} // namespace lunette::mux
