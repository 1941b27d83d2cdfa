#pragma once

#include <string>
#include <string_view>
#include <vector>

// Folders of the user, by the XDG base directory specification. Reads the environment at each call; script
// thread.
namespace lunette::wezterm {

std::string home_directory(); // $HOME, else the password database
// "$XDG_CONFIG_HOME/name", …; the specification's default when the variable is unset or relative.
std::string config_directory(std::string_view name);
std::string data_directory(std::string_view name);
std::string cache_directory(std::string_view name);
std::vector<std::string> system_config_directories(std::string_view name);

std::string environment(const char* name); // "" when unset
std::string local_host_name();
std::string local_user_name();
std::string local_shell(); // $SHELL, else the password database

} // namespace lunette::wezterm
