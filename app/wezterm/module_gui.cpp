#include "wezterm/config_api.h"
#include "wezterm/handles.h"
#include "wezterm/modules.h"

#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

const model::OuterInfo* outer(Script& script) {
    const model::AppInfo* app = app_info(script);
    if (!app) return nullptr;
    script.read(*script.root(), "outer");
    return app->outer ? &*app->outer : nullptr;
}

// The attached terminal stands for the one screen there is.
Value screens(Script& script) {
    const model::OuterInfo* terminal = outer(script);
    std::int64_t width = 0, height = 0;
    if (terminal) {
        const RecordRef record = app_info(script)->outer.record();
        for (const char* field : {"pixel_width", "pixel_height"}) script.read(*record, field);
        width = terminal->pixel_width;
        height = terminal->pixel_height;
    }
    const Value screen = Value::map({{"name", "terminal"},
                                     {"x", 0},
                                     {"y", 0},
                                     {"width", width},
                                     {"height", height},
                                     {"scale", 1.0},
                                     {"effective_dpi", 96.0}});
    return Value::map({{"main", screen},
                       {"active", screen},
                       {"by_name", Value::map({{"terminal", screen}})},
                       {"origin_x", 0},
                       {"origin_y", 0},
                       {"virtual_width", width},
                       {"virtual_height", height}});
}

std::string appearance(Script& script) {
    const model::OuterInfo* terminal = outer(script);
    if (!terminal) return "Dark";
    script.read(*app_info(script)->outer.record(), "appearance");
    return terminal->appearance.empty() ? "Dark" : terminal->appearance;
}

// None that this program could use; the one that is always there, for configurations that take the first.
Value graphics_adapters() {
    return Value::list({Value::map({{"name", "llvmpipe"},
                                    {"backend", "Vulkan"},
                                    {"device_type", "Cpu"},
                                    {"driver", "llvmpipe"},
                                    {"driver_info", ""},
                                    {"vendor", 0x10005},
                                    {"device", 0}})});
}

Value windows(Script& script) {
    const model::AppInfo* app = app_info(script);
    if (!app) return Value::list({});
    script.read(*script.root(), "windows");
    return handles(app->windows, window_object);
}

Value window_for(Script& script, std::int64_t id) {
    if (const model::AppInfo* app = app_info(script)) {
        script.read(*script.root(), "windows");
        for (std::size_t i = 0; i < app->windows.size(); ++i)
            if (app->windows.at(i).window_id == id) return Value{app->windows[i], window_object};
    }
    throw BindError{"mux window id " + std::to_string(id) + " is not currently associated with a gui window"};
}

} // namespace

Module gui_module() {
    Module gui{"gui"};
    gui.function("gui_windows", windows)
        .function("gui_window_for_mux_window", window_for)
        .function("screens", screens)
        .function("get_appearance", appearance)
        .function("enumerate_gpus", graphics_adapters);
    add_default_key_functions(gui);
    return gui;
}

} // namespace lunette::wezterm
