// What the engine itself costs: latency from a change to the published value, runs per change, and the cost
// of a title handler through handles beside complete tables. One table on standard output; quote medians, and
// compare only lines of one run.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include <lunette/engine.h>

using namespace std::chrono_literals;

namespace {

struct Pane {
    std::int64_t pane_id = 0;
    std::string title;
    std::string process;
};
struct Tab {
    std::int64_t tab_index = 0;
    std::string tab_title;
    bool is_active = false;
    lunette::Ref<Pane> active_pane;
};
struct App {
    lunette::List<Tab> tabs;
    lunette::Value config;
};

const auto pane_schema = lunette::schema<Pane>("Pane")
                             .field("pane_id", &Pane::pane_id)
                             .field("title", &Pane::title)
                             .field("process", &Pane::process);
const auto tab_schema = lunette::schema<Tab>("Tab")
                            .field("tab_index", &Tab::tab_index)
                            .field("tab_title", &Tab::tab_title)
                            .field("is_active", &Tab::is_active)
                            .record("active_pane", &Tab::active_pane, pane_schema);
const auto app_schema =
    lunette::schema<App>("App").list("tabs", &App::tabs, tab_schema).field("config", &App::config);

const char* const handlers = R"lua(
local host = require 'host'
local function title(tab, tabs, config)
    local title = tab.tab_title
    if #title == 0 then title = tab.active_pane.title end
    return ' ' .. (tab.tab_index + 1) .. '/' .. #tabs .. ': ' .. title .. (tab.is_active and '*' or '') ..
        (config.show_index and ' ' or '')
end
host.on('title', title)
-- What the handler does by itself, in microseconds: the same calls, with small tables that are there already.
host.on('own', function()
    local pane = { pane_id = 1, title = 'zsh', process = '/bin/zsh' }
    local tabs, config = {}, { show_index = true }
    for i = 1, 20 do tabs[i] = { tab_index = i, tab_title = '', is_active = false, active_pane = pane } end
    local started = os.clock()
    for i = 1, 20000 do title(tabs[i % 20 + 1], tabs, config) end
    return (os.clock() - started) / 20000 * 1e6
end)
)lua";

lunette::Value config_with(int bindings) {
    std::vector<lunette::Value> keys;
    for (int i = 0; i < bindings; ++i)
        keys.push_back(lunette::Value::map({{lunette::Value{"key"}, lunette::Value{std::to_string(i)}},
                                            {lunette::Value{"mods"}, lunette::Value{"CTRL|SHIFT"}},
                                            {lunette::Value{"action"}, lunette::Value{"SpawnTab"}}}));
    return lunette::Value::map({{lunette::Value{"keys"}, lunette::Value::list(std::move(keys))},
                                {lunette::Value{"show_index"}, lunette::Value{true}}});
}

lunette::Module host_module() {
    lunette::Module module{"host"};
    module.function("on", [](lunette::Script& script, std::string event, lunette::Function handler) {
        script.on(event, std::move(handler));
    });
    return module;
}

lunette::Async<lunette::Value> tab_title(lunette::Evaluation& evaluation, lunette::Args arguments) {
    const lunette::RecordRef tab = evaluation.find(arguments.at(0).record()->id());
    const lunette::RecordRef app = evaluation.root();
    if (!tab) co_return lunette::Value{};
    auto wait = evaluation.call(
        "title", "tab",
        {{lunette::Value{tab}}, {lunette::Value{app}, "tabs"}, {lunette::Value{app}, "config"}});
    const auto title = co_await std::move(wait);
    co_return title ? *title : lunette::Value{};
}

struct Host {
    explicit Host(int tabs, int bindings, bool eager) : engine{options(eager)} {
        engine.pure_event("title");
        engine.pure_event("own");
        for (int i = 0; i < tabs; ++i) {
            auto pane = pane_schema.make({i, "zsh", "/bin/zsh"});
            items.push_back(tab_schema.make({i, "", i == 0, pane}));
        }
        app = app_schema.make({lunette::List<Tab>{items}, config_with(bindings)});
        engine.publish(app);
        for (auto& tab : items) views.push_back(engine.view("tab-title", {lunette::Value{tab}}));
        engine.settle(60s);
    }

    lunette::EngineOptions options(bool eager) {
        lunette::EngineOptions made;
        made.waker = [this] { woken.release(); };
        made.source = handlers;
        made.modules.push_back(host_module());
        made.views.push_back({"tab-title", tab_title});
        made.eager = eager;
        return made;
    }

    void rename(std::size_t tab, std::string title) {
        const Tab& old = *items[tab];
        auto pane =
            pane_schema.make(old.active_pane.id(), {old.active_pane->pane_id, std::move(title), "/bin/zsh"});
        items[tab] = tab_schema.make(items[tab].id(), {old.tab_index, old.tab_title, old.is_active, pane});
        app = app_schema.make(app.id(), {app->tabs.with(tab, items[tab]), app->config});
    }

    lunette::HandlerReport report() {
        const auto report = engine.report(60s);
        for (const auto& row : report->handlers)
            if (row.event == "title") return row;
        return {};
    }

    std::counting_semaphore<> woken{0};
    lunette::Engine engine;
    std::vector<lunette::Ref<Tab>> items;
    lunette::Ref<App> app;
    std::vector<lunette::View> views;
};

double us(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1000.0; }

void latency() {
    std::puts("One pane's title changes, nothing else going on: change -> value published (leading edge)");
    std::puts("   tabs    p50 us    p99 us   runs per change");
    for (const int tabs : {1, 10, 20, 100, 1000}) {
        Host host{tabs, 150, false};
        const std::uint64_t before = host.report().runs;
        lunette::Histogram histogram;
        constexpr int changes = 500;
        for (int i = 0; i < changes; ++i) {
            const auto tab = static_cast<std::size_t>(i % tabs);
            host.rename(tab, "title " + std::to_string(i));
            host.views[tab].changed();
            std::this_thread::sleep_for(2ms); // let the script thread go to sleep
            const auto start = std::chrono::steady_clock::now();
            host.engine.publish(host.app);
            // As a host does: it sleeps until it is woken. One that spins here would hold the processor that
            // the kernel likes to wake the script thread on.
            while (!host.views[tab].changed()) host.woken.acquire();
            histogram.record((std::chrono::steady_clock::now() - start).count());
        }
        host.engine.settle(60s);
        std::printf("%7d %9.1f %9.1f %9.2f\n", tabs, us(histogram.quantile(0.5)),
                    us(histogram.quantile(0.99)), static_cast<double>(host.report().runs - before) / changes);
    }
}

// `together`: all tabs are renamed at once, so that their runs follow each other; otherwise one at a time,
// each run after a sleep.
double handler_cost(int bindings, bool eager, bool together) {
    Host host{20, bindings, eager};
    const std::size_t all = host.items.size();
    for (std::size_t i = 0; i < (together ? 100 : 300); ++i) {
        const std::size_t first = together ? 0 : i % all;
        const std::size_t last = together ? all : first + 1;
        for (std::size_t tab = first; tab < last; ++tab) host.rename(tab, "title " + std::to_string(i));
        host.engine.publish(host.app);
        for (std::size_t tab = first; eager && tab < last; ++tab)
            host.engine.call_and_wait(
                host.views[tab], [](const lunette::Command&) { return lunette::Value{}; }, 60s);
        host.engine.settle(60s);
    }
    return us(host.report().cpu.quantile(0.5));
}

void handler_costs() {
    std::puts(
        "\nOne run of a title handler, CPU of the task, p50 us: through handles (one run after a sleep; 20 "
        "in a row), and with complete tables");
    std::puts("bindings   handles, one   handles, 20   tables, one   tables, 20");
    for (const int bindings : {20, 200, 2000})
        std::printf("%8d %14.2f %13.2f %13.2f %12.2f\n", bindings, handler_cost(bindings, false, false),
                    handler_cost(bindings, false, true), handler_cost(bindings, true, false),
                    handler_cost(bindings, true, true));
    Host host{20, 20, false};
    const lunette::View own = host.engine.view("own");
    host.engine.call_and_wait(
        own, [](const lunette::Command&) { return lunette::Value{}; }, 60s);
    std::printf("of that, the handler's own work: %.2f us (20 000 calls in a row)\n",
                own.latest().value.number_or(0));
}

void publishing() {
    Host host{20, 150, false};
    lunette::Histogram publish, read;
    for (int i = 0; i < 20'000; ++i) {
        host.rename(static_cast<std::size_t>(i % 20), "title " + std::to_string(i));
        auto start = std::chrono::steady_clock::now();
        host.engine.publish(host.app);
        publish.record((std::chrono::steady_clock::now() - start).count());
        start = std::chrono::steady_clock::now();
        std::size_t bytes = 0;
        for (const lunette::View& view : host.views) bytes += view.latest().text().size();
        read.record((std::chrono::steady_clock::now() - start).count() / 20);
        if (bytes == 0) std::puts("no titles");
    }
    std::printf("\npublish of a changed root: p50 %.0f ns, p99 %.0f ns (with the wake-up, if any)\n",
                static_cast<double>(publish.quantile(0.5)), static_cast<double>(publish.quantile(0.99)));
    std::printf("read of a view (mean over 20 in a row): p50 %.0f ns, p99 %.0f ns\n",
                static_cast<double>(read.quantile(0.5)), static_cast<double>(read.quantile(0.99)));
}

} // namespace

int main() {
    latency();
    handler_costs();
    publishing();
}
