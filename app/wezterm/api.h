#pragma once

#include <lunette/engine.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

// WezTerm's scripting API on an engine: the module `wezterm` with its objects, the module `lunette`, the
// conversion of the configuration, and the views "tab-bar" and "window-title". What goes up from Lua are
// Requests (requests.h).
namespace lunette::wezterm {

struct ApiOptions {
    // Of the command line, applied over what the configuration returns: name and Lua expression.
    std::vector<std::pair<std::string, std::string>> overrides{};
    // What battery_info() returns, instead of looking at the machine's.
    std::optional<Value> batteries{};
};

// REQUIRES: options.objects is empty, and options.eager is what it will be. UI thread, before the engine is
// made.
void install(EngineOptions& options, ApiOptions api = {});

// WezTerm's events with the rates at which they run. UI thread, before the engine starts.
void declare_events(Engine& engine);

} // namespace lunette::wezterm
