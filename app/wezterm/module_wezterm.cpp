#include "wezterm/command_line_options.h"
#include "wezterm/config_api.h"
#include "wezterm/global_object.h"
#include "wezterm/modules.h"
#include "wezterm/nerdfonts_object.h"

#include <utility>

namespace lunette::wezterm {

Module wezterm_module(std::shared_ptr<CommandLineOptions> overrides, std::optional<Value> batteries) {
    Module wezterm{"wezterm"};
    wezterm.constant("GLOBAL", global_value());
    wezterm.constant("nerdfonts", nerdfonts_value());
    add_log(wezterm);
    add_text(wezterm);
    add_strings(wezterm);
    add_fonts(wezterm);
    add_ssh(wezterm);
    add_host(wezterm, std::move(batteries));
    wezterm.submodule(serde_module(wezterm));
    wezterm.submodule(color_module(wezterm));
    wezterm.submodule(time_module());
    wezterm.submodule(url_module());
    wezterm.submodule(procinfo_module());
    wezterm.submodule(plugin_module());
    wezterm.submodule(gui_module());
    wezterm.submodule(mux_module());
    wezterm.submodule(metrics_module());
    add_config_functions(wezterm);
    add_core(wezterm);
    CommandLineOptions::add(wezterm, std::move(overrides));
    return wezterm;
}

} // namespace lunette::wezterm
