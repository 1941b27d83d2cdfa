#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

// Which configuration file is read. Pure but for its look at the file system.
namespace lunette::cli {

struct ConfigChoice {
    std::string path; // empty: none was found, the bundled one is used
    std::string from; // what named it: "--config-file", "$WEZTERM_CONFIG_FILE", "~/.wezterm.lua", …
};

struct ConfigSearch {
    std::optional<std::string> config_file; // of the command line
    bool skip = false;                      // -n
    // An environment variable; empty text counts as not set.
    std::function<std::optional<std::string>(const char* name)> environment;
    std::function<bool(const std::string& path)> exists;

    static ConfigSearch of_process();
};

// What is named explicitly must exist; the error says what named it.
tl::expected<ConfigChoice, std::string> find_config(const ConfigSearch& search);

} // namespace lunette::cli
