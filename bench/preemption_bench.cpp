// What being preemptible costs: the same work on two engines in one process, with the watchdog and without,
// interleaved; the median of the ratios of their CPU times. And how long slices are where Lua can yield.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <lunette/engine.h>

using namespace std::chrono_literals;

namespace {

const char* const source = R"lua(
local host = require 'host'
host.on('loops', function() local s = 0 for i = 1, 2000000 do s = s + i % 7 end return tostring(s) end)
local function f(a, b) return a + b end
host.on('calls', function() local s = 0 for i = 1, 600000 do s = f(s, i) end return tostring(s) end)
host.on('strings', function()
    local n = 0
    for i = 1, 40000 do n = n + #(('%d:%s'):format(i, 'x'):gsub('x', 'yy')) end
    return tostring(n)
end)
host.on('allocation', function()
    local keep
    for i = 1, 200000 do keep = { i, keep and keep[1] } end
    return tostring(keep[1])
end)
host.on('endless', function() while true do end end)
)lua";

constexpr std::array<const char*, 4> kinds{"loops", "calls", "strings", "allocation"};

lunette::EngineOptions options(bool watchdog) {
    lunette::EngineOptions made;
    lunette::Module host{"host"};
    host.function("on", [](lunette::Script& script, std::string event, lunette::Function handler) {
        script.on(event, std::move(handler));
    });
    made.modules.push_back(std::move(host));
    made.source = source;
    made.watchdog = watchdog;
    made.hard_limit = watchdog ? 3s : 3600s;
    return made;
}

struct App {
    std::int64_t n = 0;
};
const auto app_schema = lunette::schema<App>("App").field("n", &App::n);

class Bench {
public:
    explicit Bench(bool watchdog) : engine_{options(watchdog)} {
        for (const char* kind : kinds) engine_.pure_event(kind);
        engine_.publish(app_schema.make({}));
        for (const char* kind : kinds) views_.push_back(engine_.view(kind));
        engine_.settle(60s);
    }
    /// CPU nanoseconds of one run.
    std::int64_t run(std::size_t kind) {
        const std::int64_t before = cpu(kind);
        engine_.call_and_wait(
            views_[kind], [](const lunette::Command&) { return lunette::Value{}; }, 60s);
        return cpu(kind) - before;
    }

private:
    std::int64_t cpu(std::size_t kind) {
        const auto report = engine_.report(60s);
        for (const auto& row : report->handlers)
            if (row.event == kinds[kind]) return row.cpu.sum();
        return 0;
    }
    lunette::Engine engine_;
    std::vector<lunette::View> views_;
};

void overhead(int pairs) {
    Bench with{true}, without{false};
    std::printf("watchdog on / off, %d interleaved pairs\n", pairs);
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        std::vector<double> ratios;
        for (int i = 0; i < pairs; ++i) {
            const bool first = i % 2 == 0;
            double on = 0, off = 0;
            if (first) on = static_cast<double>(with.run(kind));
            off = static_cast<double>(without.run(kind));
            if (!first) on = static_cast<double>(with.run(kind));
            ratios.push_back(on / off);
        }
        std::sort(ratios.begin(), ratios.end());
        std::printf("  %-12s median %.4f   (quartiles %.4f %.4f)\n", kinds[kind], ratios[ratios.size() / 2],
                    ratios[ratios.size() / 4], ratios[ratios.size() * 3 / 4]);
    }
}

void slices() {
    lunette::Engine engine{options(true)};
    engine.pure_event("endless");
    engine.publish(app_schema.make({}));
    engine.settle(60s); // it has loaded
    const lunette::View view = engine.view("endless");
    for (int i = 0; i < 3; ++i)
        engine.call_and_wait(
            view, [](const lunette::Command&) { return lunette::Value{}; }, 10s);
    const auto report = engine.report(60s);
    std::printf("slices of an endless loop: %llu, p50 %.2f ms, p99 %.2f ms, max %.2f ms CPU; first turns: "
                "max %.2f ms\n",
                static_cast<unsigned long long>(report->slice.count()),
                static_cast<double>(report->slice.quantile(0.5)) / 1e6,
                static_cast<double>(report->slice.quantile(0.99)) / 1e6,
                static_cast<double>(report->slice.max()) / 1e6,
                static_cast<double>(report->turn.max()) / 1e6);
}

} // namespace

int main(int argc, char** argv) {
    overhead(argc > 1 ? std::atoi(argv[1]) : 31);
    slices();
}
