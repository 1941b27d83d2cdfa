#pragma once

#include <string>
#include <string_view>
#include <vector>

// Where plugins live. Pure but for the environment; script thread.
namespace lunette::wezterm {

// The folder name that WezTerm gives a plugin's URL ("httpssCssZssZsgithubsDscomsZs…").
std::string plugin_component(std::string_view url);

// $XDG_DATA_HOME/lunette/plugins, $XDG_DATA_HOME/wezterm/plugins and the same under ~/.local/share: searched
// in this order; the first is where one is installed.
std::vector<std::string> plugin_folders();

// The `url` of the first remote in the .git/config of the clone in this folder, or else what the folder's
// name was made from: plugins look themselves up by it.
std::string plugin_url(const std::string& clone);

} // namespace lunette::wezterm
