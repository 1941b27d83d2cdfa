#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lunette::mux {

enum class ExitBehavior : std::uint8_t { close, close_on_clean_exit, hold };

// The options of the configuration that the multiplexer acts on, with WezTerm's defaults. A value; made once
// per generation.
struct Settings {
    std::vector<std::string> default_prog;
    std::optional<std::string> default_cwd;
    std::map<std::string, std::string> environment; // set_environment_variables
    std::string term = "xterm-256color";
    std::string default_workspace = "default";
    std::size_t scrollback_lines = 3500;
    ExitBehavior exit_behavior = ExitBehavior::close;
    std::vector<int> clean_exit_codes;
    int initial_columns = 80;
    int initial_rows = 24;
    bool enable_tab_bar = true;
    bool hide_tab_bar_if_only_one_tab = false;
    bool unzoom_on_switch_pane = true;
    bool switch_to_last_active_tab_when_closing_tab = false;

    // Values of a wrong kind give the default: the configuration was checked when it was read.
    static Settings from_options(const Value& options);
};

} // namespace lunette::mux
