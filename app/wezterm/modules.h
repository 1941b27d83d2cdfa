#pragma once

#include <lunette/bind.h>

#include <memory>
#include <optional>

// The tables of WezTerm's API. Each add_… puts functions of one area into the module `wezterm`; each …_module
// makes one of its tables.
namespace lunette::wezterm {

class CommandLineOptions;

void add_core(Module& wezterm);    // version, places, events, actions, reload
void add_log(Module& wezterm);     // log_*, print, to_string
void add_text(Module& wezterm);    // format, strftime, widths, padding
void add_strings(Module& wezterm); // shell words, lines, UTF-16, permute_any_mods
void add_fonts(Module& wezterm);
void add_ssh(Module& wezterm); // ssh hosts and domains, wsl domains, exec domains
void add_host(Module& wezterm, std::optional<Value> batteries); // battery, processes, files, opening
Module serde_module(Module& wezterm); // and json_encode, json_parse in wezterm itself
Module color_module(Module& wezterm); // and get_builtin_color_schemes, gradient_colors in wezterm itself
Module time_module();
Module url_module();
Module procinfo_module();
Module plugin_module();
Module gui_module();
Module mux_module();
Module metrics_module();

Module wezterm_module(std::shared_ptr<CommandLineOptions> overrides, std::optional<Value> batteries);

} // namespace lunette::wezterm
