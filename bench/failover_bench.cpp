// How long other handlers' views are old when one handler hangs in C: from the moment in which it begins to
// hang until a view shows a change of the model made at that moment. With the engine's own limits.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include <lunette/engine.h>

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

namespace {

const char* const source = R"lua(
local test, host = require 'lunette.test', require 'host'
host.on('title', function(app) return tostring(app.n) end)
host.on('spin', function() host.hangs() test.spin_in_c() end)
host.on('block', function() host.hangs() test.block() end)
)lua";

struct App {
    std::int64_t n = 0;
};
const auto app_schema = lunette::schema<App>("App").field("n", &App::n);

/// Seconds.
double measure(const char* event) {
    const auto hangs = std::make_shared<std::atomic<bool>>(false);
    lunette::EngineOptions options;
    lunette::Module host{"host"};
    host.function("on", [](lunette::Script& script, std::string name,
                           lunette::Function handler) { script.on(name, std::move(handler)); })
        .function("hangs", [hangs] { *hangs = true; });
    options.modules.push_back(std::move(host));
    options.objects.push_back(lunette::Object{"App", app_schema});
    options.source = source;
    options.test_module = true;
    lunette::Engine engine{options};
    engine.pure_event("title");
    lunette::Ref<App> app = app_schema.make({});
    engine.publish(app);
    const lunette::View title = engine.view("title", {app});
    engine.settle(60s);

    const auto frame = [&] {
        engine.publish(app);
        engine.take_commands([](const lunette::Command&) { return lunette::Value{}; });
        std::this_thread::sleep_for(1ms);
    };
    engine.emit(event, {app});
    while (!*hangs) frame();
    const auto began = SteadyClock::now();
    app = app_schema.make(app.id(), {1});
    while (title.latest().text() != "1") frame();
    return std::chrono::duration<double>{SteadyClock::now() - began}.count();
}

} // namespace

int main(int argc, char** argv) {
    const int runs = argc > 1 ? std::atoi(argv[1]) : 5;
    for (const char* event : {"spin", "block"}) {
        std::vector<double> seconds;
        for (int i = 0; i < runs; ++i) seconds.push_back(measure(event));
        std::sort(seconds.begin(), seconds.end());
        std::printf("%-6s %d runs: median %.2f s (%.2f to %.2f)\n", event, runs, seconds[seconds.size() / 2],
                    seconds.front(), seconds.back());
        std::fflush(stdout);
    }
    _exit(0); // the threads that hang are still there
}
