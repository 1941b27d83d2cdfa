#pragma once

#include <lunette/engine.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lunette::server {

// Where a configuration comes from.
struct ConfigSource {
    std::string path;                                             // empty: `source` is used
    std::string source;                                           // Lua text
    std::vector<std::pair<std::string, std::string>> overrides{}; // options as Lua expressions
    std::string fallback{}; // Lua text, for when that fails at the start
};

// Options of an engine with WezTerm's API for this configuration. `batteries`: as in wezterm::ApiOptions.
EngineOptions engine_options(const ConfigSource& config, bool eager = false,
                             std::optional<Value> batteries = {});

// A window and its active pane, or another pane, as most handlers get them. A missing pane is nil.
Args window_and_pane(const RecordRef& window, const RecordRef& pane);

} // namespace lunette::server
