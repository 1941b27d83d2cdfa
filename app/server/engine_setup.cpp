#include "server/engine_setup.h"

#include "wezterm/api.h"
#include "wezterm/handles.h"
#include "wezterm/places.h"

#include <utility>

namespace lunette::server {

EngineOptions engine_options(const ConfigSource& config, bool eager, std::optional<Value> batteries) {
    EngineOptions options;
    options.config = config.path;
    options.source = config.source;
    options.fallback = config.fallback;
    options.eager = eager;
    options.cache_directory = wezterm::cache_directory("lunette");
    wezterm::install(options, {config.overrides, std::move(batteries)});
    return options;
}

Args window_and_pane(const RecordRef& window, const RecordRef& pane) {
    return {Value{window, wezterm::window_object}, pane ? Value{pane, wezterm::pane_object} : Value{}};
}

} // namespace lunette::server
