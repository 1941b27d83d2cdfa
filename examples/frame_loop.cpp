// A program that draws frames and lets a Lua file decide what the title says. The loop below never waits for
// Lua: with a handler that spins for ever it goes on drawing, with the last title that came.
//
//     frame_loop [FILE.lua] [FRAMES]

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include <lunette/engine.h>
#include <lunette/record.h>
#include <lunette/view.h>

using namespace std::chrono_literals;

namespace {

struct Tab {
    std::int64_t index = 0;
    std::string title;
    bool active = false;
};
struct App {
    lunette::List<Tab> tabs;
    std::string mode;
};

// One declaration gives handles, diff and dependencies.
const auto tab_schema = lunette::schema<Tab>("Tab")
                            .field("index", &Tab::index)
                            .field("title", &Tab::title)
                            .field("active", &Tab::active);
const auto app_schema =
    lunette::schema<App>("App").list("tabs", &App::tabs, tab_schema).field("mode", &App::mode);

// A command is any struct with a name.
struct SetMode {
    static constexpr const char* name = "set_mode";
    std::string mode;
    bool operator==(const SetMode&) const = default;
};

const char* const built_in = R"lua(
local host = require 'host'
host.on('format-title', function(app)
    local parts = {}
    for _, tab in ipairs(app.tabs) do
        parts[#parts + 1] = (tab.active and '*' or '') .. tab.index .. ':' .. tab.title
    end
    return app.mode .. ' | ' .. table.concat(parts, ' ')
end)
host.on('key', function(app, key) host.set_mode(key == 'i' and 'insert' or 'normal') end)
)lua";

lunette::Module host_module() {
    lunette::Module module{"host"};
    module.function("on", [](lunette::Script& script, std::string event, lunette::Function handler) {
        script.on(event, std::move(handler));
    });
    module.function("set_mode", [](lunette::Script& script, std::string mode) {
        script.command(SetMode{std::move(mode)});
    });
    return module;
}

} // namespace

int main(int argc, char** argv) {
    lunette::EngineOptions options;
    if (argc > 1)
        options.config = argv[1];
    else
        options.source = built_in;
    options.modules.push_back(host_module());
    lunette::Engine engine{std::move(options)};
    engine.pure_event("format-title", {.throttle = 50ms});

    // The model: a new version of what changed, everything else is shared.
    lunette::Ref<App> app = app_schema.make(
        {lunette::List<Tab>{{tab_schema.make({1, "shell", true}), tab_schema.make({2, "editor", false})}},
         "normal"});
    const lunette::View title = engine.view(
        "format-title", {app}, [](const lunette::RecordRef&) { return lunette::Value{"(no title yet)"}; });

    std::string shown;
    const int frames = argc > 2 ? std::atoi(argv[2]) : 120;
    for (int frame = 0; frame < frames; ++frame) {
        if (frame % 30 == 10) engine.emit("key", {app, lunette::Value{frame % 60 == 10 ? "i" : "Escape"}});

        engine.publish(app); // one exchange; nothing is copied
        engine.take_commands([&](const lunette::Command& command) -> lunette::Expected<lunette::Value> {
            if (const auto* set = command.get_if<SetMode>())
                app = app_schema.make(app.id(), {app->tabs, set->mode});
            return lunette::Value{};
        });
        for (const lunette::LogRecord& record : engine.take_log()) std::cerr << record.message << '\n';

        const lunette::ViewValue& value = title.latest(); // constant time, whatever Lua is doing
        if (value.text() != shown) {
            shown = value.text();
            std::cout << "frame " << frame << ": " << shown << " (" << to_string(title.freshness()) << ")\n";
        }
        std::this_thread::sleep_for(16ms); // present
    }
    return 0;
}
