#include "wezterm/api.h"

#include "wezterm/command_line_options.h"
#include "wezterm/config_convert.h"
#include "wezterm/global_object.h"
#include "wezterm/lunette_module.h"
#include "wezterm/modules.h"
#include "wezterm/nerdfonts.h"
#include "wezterm/objects.h"
#include "wezterm/process_interest.h"
#include "wezterm/result_converters.h"
#include "wezterm/setup.h"
#include "wezterm/title_views.h"

#include <cassert>
#include <memory>
#include <utility>

namespace lunette::wezterm {

namespace {
// How often handlers that read the text of a pane follow what it prints.
constexpr std::chrono::milliseconds content_pace{250};
} // namespace

void install(EngineOptions& options, ApiOptions api) {
    assert(options.objects.empty());
    // In the order of the numbers in handles.h.
    options.objects.push_back(window_gui_object());
    options.objects.push_back(window_mux_object());
    options.objects.push_back(tab_mux_object());
    options.objects.push_back(tab_information());
    options.objects.push_back(pane_live_object());
    options.objects.push_back(pane_information(std::make_shared<ProcessInterest>()));
    options.objects.push_back(domain_object());
    options.objects.push_back(color_object());
    options.objects.push_back(time_object());
    options.objects.push_back(url_object());
    options.objects.push_back(global_object());
    options.objects.push_back(nerdfonts_object());

    auto overrides = std::make_shared<CommandLineOptions>(std::move(api.overrides));
    options.modules.push_back(wezterm_module(overrides, std::move(api.batteries)));
    auto setups = std::make_shared<SetupStore>();
    options.modules.push_back(lunette_module(setups));
    options.paced.push_back({&model::pane_schema().erased(), "content_sequence", content_pace});
    options.views.push_back(tab_bar_view(options.eager));
    options.views.push_back(window_title_view());
    options.convert = [overrides, setups](Script& script, const Value& returned) -> Expected<Value> {
        auto given = overrides->applied_to(returned);
        if (!given) return given;
        return convert_config(script, *given, setups->take(script.generation()));
    };
    add_result_converters(options);
}

void declare_events(Engine& engine) {
    using namespace std::chrono_literals;
    engine.pure_event("format-tab-title", {.throttle = 50ms});
    engine.pure_event("format-window-title", {.throttle = 100ms});
    engine.pure_event("augment-command-palette");
    engine.pure_event("mux-is-process-stateful");
    engine.effect_event("update-status", {.throttle = 200ms});
    engine.effect_event("update-right-status", {.throttle = 200ms});
    engine.effect_event("bell", {.throttle = 100ms});
    for (const char* name : {"window-focus-changed", "window-resized", "window-config-reloaded",
                             "gui-startup", "gui-attached", "mux-startup"})
        engine.effect_event(name);
    for (const char* name : {"user-var-changed", "open-uri", "new-tab-button-click"})
        engine.effect_event(name, {.queueing = Queueing::fifo});
}

} // namespace lunette::wezterm
