#include "cli/config_path.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace lunette::cli {

ConfigSearch ConfigSearch::of_process() {
    ConfigSearch search;
    search.environment = [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        if (!value || !*value) return std::nullopt;
        return std::string{value};
    };
    search.exists = [](const std::string& path) {
        std::error_code ignored;
        return std::filesystem::exists(path, ignored) && !std::filesystem::is_directory(path, ignored);
    };
    return search;
}

tl::expected<ConfigChoice, std::string> find_config(const ConfigSearch& search) {
    const auto required = [&](const std::string& path,
                              std::string from) -> tl::expected<ConfigChoice, std::string> {
        if (search.exists(path)) return ConfigChoice{path, std::move(from)};
        return tl::unexpected{"there is no file " + path + " (named by " + from + ")"};
    };
    if (search.config_file) return required(*search.config_file, "--config-file");
    if (search.skip) return ConfigChoice{{}, "-n"};
    const auto home = search.environment("HOME");
    const auto xdg = search.environment("XDG_CONFIG_HOME");
    const std::string folder = xdg ? *xdg : home ? *home + "/.config" : "";
    const auto optional = [&](const std::string& base, const char* name) {
        const std::string path = base.empty() ? base : base + name;
        return !path.empty() && search.exists(path) ? path : std::string{};
    };
    if (const auto path = search.environment("LUNETTE_CONFIG_FILE"))
        return required(*path, "$LUNETTE_CONFIG_FILE");
    if (std::string path = optional(folder, "/lunette/lunette.lua"); !path.empty())
        return ConfigChoice{std::move(path), "$XDG_CONFIG_HOME"};
    if (const auto path = search.environment("WEZTERM_CONFIG_FILE"))
        return required(*path, "$WEZTERM_CONFIG_FILE");
    // WezTerm 2025-02, config/src/config.rs: the home directory goes first.
    if (std::string path = optional(home.value_or(""), "/.wezterm.lua"); !path.empty())
        return ConfigChoice{std::move(path), "~/.wezterm.lua"};
    if (std::string path = optional(folder, "/wezterm/wezterm.lua"); !path.empty())
        return ConfigChoice{std::move(path), "$XDG_CONFIG_HOME"};
    if (const auto dirs = search.environment("XDG_CONFIG_DIRS")) {
        for (std::size_t start = 0; start <= dirs->size();) {
            const std::size_t end = std::min(dirs->find(':', start), dirs->size());
            if (end > start)
                if (std::string path = dirs->substr(start, end - start) + "/wezterm/wezterm.lua";
                    search.exists(path))
                    return ConfigChoice{std::move(path), "$XDG_CONFIG_DIRS"};
            start = end + 1;
        }
    }
    return ConfigChoice{};
}

} // namespace lunette::cli
