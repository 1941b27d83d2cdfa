#pragma once

#include "model/records.h"
#include "model/width_rules.h"
#include "terminal/preferences.h"

#include <lunette/record.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lunette::mux {

enum class ExitBehavior : std::uint8_t { close, close_on_clean_exit, hold };
enum class ExitMessage : std::uint8_t { verbose, brief, terse, none };

// The options of the configuration that the multiplexer acts on, with WezTerm's defaults. A value; made once
// per generation.
struct Settings {
    std::vector<std::string> default_prog;
    std::optional<std::string> default_cwd;
    std::map<std::string, std::string> environment; // set_environment_variables
    std::string term = "xterm-256color";
    std::string default_workspace = "default";
    std::size_t scrollback_lines = 3500;
    model::WidthRules width_rules;
    bool enable_kitty_keyboard = true; // unlike WezTerm; an explicit false counts
    std::string answerback;            // sent for ENQ
    ExitBehavior exit_behavior = ExitBehavior::close;
    ExitMessage exit_message = ExitMessage::verbose;
    std::vector<int> clean_exit_codes;
    int initial_columns = 80;
    int initial_rows = 24;
    bool enable_tab_bar = true;
    bool hide_tab_bar_if_only_one_tab = false;
    model::Padding padding; // window_padding, in whole cells
    bool unzoom_on_switch_pane = true;
    bool switch_to_last_active_tab_when_closing_tab = false;
    bool scroll_to_bottom_on_input = true;
    bool swap_backspace_and_delete = false;
    // Not taken from the session's environment. Empty unless the configuration says so: WezTerm's default
    // hides the agent of SSH because it brings its own.
    std::vector<std::string> removed_environment;
    terminal::Preferences terminal;
    std::uint64_t least_open_files = 0; // soft limits are raised to these; 0: left alone
    std::uint64_t least_processes = 0;

    static Settings from_config(const model::ConfigInfo& config);
    // Values of a wrong kind give the default: the configuration was checked when it was read.
    static Settings from_options(const Value& options);
};

} // namespace lunette::mux
