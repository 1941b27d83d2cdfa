#include "wezterm/handles.h"
#include "wezterm/lua_chunks.h"
#include "wezterm/modules.h"
#include "wezterm/places.h"
#include "wezterm/plugins.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

// The patterns under which `require` finds installed plugins.
std::string plugin_patterns() {
    std::string patterns;
    for (const std::string& folder : plugin_folders())
        patterns += (patterns.empty() ? "" : ";") + folder + "/?/plugin/init.lua";
    return patterns;
}

// The folder of a component, or nil.
Value installed(const std::string& component) {
    std::error_code error;
    for (const std::string& folder : plugin_folders())
        if (std::filesystem::exists(folder + '/' + component, error)) return folder + '/' + component;
    return {};
}

Value list() {
    std::vector<Value> plugins;
    std::vector<std::string> seen;
    for (const std::string& folder : plugin_folders()) {
        std::error_code error;
        for (std::filesystem::directory_iterator at{folder, error}, end; !error && at != end;
             at.increment(error)) {
            const std::string component = at->path().filename().string();
            if (component[0] == '.' || std::find(seen.begin(), seen.end(), component) != seen.end()) continue;
            if (!at->is_directory(error)) continue;
            seen.push_back(component);
            plugins.push_back(Value::map({{"url", plugin_url(at->path().string())},
                                          {"component", component},
                                          {"plugin_dir", at->path().string()}}));
        }
    }
    return Value::list(std::move(plugins));
}

} // namespace

Module plugin_module() {
    Module plugin{"plugin"};
    plugin.function("list", list)
        .hidden("component",
                [](std::string url) {
                    std::string component = plugin_component(url);
                    if (component.empty() || component[0] == '.')
                        throw BindError{"'" + url + "' names no plugin"};
                    return component;
                })
        .hidden("installed", [](std::string component) { return installed(component); })
        .hidden("install_folder", [] { return plugin_folders().front(); })
        .hidden("may_clone", [] { return environment("LUNETTE_PLUGIN_CLONE") == "1"; })
        .hidden("missing",
                [](Script& script, std::string message) {
                    script.problem(false, message);
                    script.log(LogLevel::warning, script.where() + ": " + message);
                })
        .hidden("add_search_path", [](Script& script) { script.add_search_path(plugin_patterns(), true); })
        .chunk("wezterm.plugin.missing", stand_in_chunk)
        .chunk("wezterm.plugin", plugin_chunk);
    return plugin;
}

} // namespace lunette::wezterm
