#include "wezterm/lunette_module.h"

#include "wezterm/evaluation.h"
#include "wezterm/handler_statistics.h"
#include "wezterm/setup.h"

#include <lunette/report.h>

#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

constexpr std::chrono::seconds statistics_hold{1};

std::string state_name(const std::string& name) { return "lunette." + name; }

// A function of Lua may be declared before or after it is registered.
Function declare(Script& script, Function handler, Assumption assumption) {
    script.assume(handler, assumption);
    return handler;
}

Value statistics(Script& script) {
    script.reads_clock(statistics_hold);
    EngineReport report;
    script.report(report);
    std::vector<Value> handlers;
    for (const HandlerReport& row : report.handlers) handlers.push_back(handler_statistics(row));
    return Value::map({{"handlers", Value::list(std::move(handlers))},
                       {"heap_bytes", report.gc.heap_bytes},
                       {"gc_steps", report.gc.steps},
                       {"children", report.live_children},
                       {"staleness_ms_p50", milliseconds(report.staleness.quantile(0.5))},
                       {"staleness_ms_p99", milliseconds(report.staleness.quantile(0.99))}});
}

void expires_after(Script& script, double seconds) {
    if (!(seconds > 0) || seconds > 1e9) throw BindError{"a number of seconds above 0 expected"};
    script.reads_clock(std::chrono::microseconds{std::llround(std::fmax(seconds * 1e6, 1))});
}

} // namespace

Module lunette_module(std::shared_ptr<SetupStore> setups) {
    Module lunette{"lunette"};
    lunette.constant("version", "0.1.0")
        .function("depends_on",
                  [](Script& script, std::string name) { script.reads_state(state_name(name)); })
        .doc("lunette.depends_on(name: string)",
             "The running handler's result holds until somebody says lunette.changed(name).")
        .function("changed", [](Script& script, std::string name) { script.changed(state_name(name)); })
        .doc(
            "lunette.changed(name: string)",
            "Runs again what called lunette.depends_on(name). Of title handlers, those of other events only.")
        .function("expires_after", expires_after)
        .doc("lunette.expires_after(seconds: number)",
             "The running handler's result holds at most this long (until the next multiple of it).")
        .function("invalidate", [](Script& script, std::string event) { return script.invalidate(event); })
        .doc("lunette.invalidate(event: string): boolean",
             "Runs the handler of a title event again for all that shows it, whatever it read. False when "
             "there is no such event. Does nothing inside of title handlers.")
        .function("pure",
                  [](Script& script, Function handler) {
                      return declare(script, std::move(handler), Assumption::pure);
                  })
        .doc("lunette.pure(handler: function): function",
             "Returns the function. As a title handler its result depends on nothing but its arguments and "
             "what it calls: its upvalues and modules never change, so nobody looks whether they did.")
        .function("volatile",
                  [](Script& script, Function handler) {
                      return declare(script, std::move(handler), Assumption::is_volatile);
                  })
        .doc(
            "lunette.volatile(handler: function): function",
            "Returns the function. As a title handler its result depends on what Lunette cannot see: it runs "
            "again every second, less often if that would take more than 5 % of the time.")
        .function("stats", statistics)
        .doc("lunette.stats(): table",
             "What handlers cost so far: `handlers`, a list with runs, avoided runs, CPU time, errors and "
             "what "
             "each reads; heap_bytes, gc_steps, children, staleness_ms_p50 and staleness_ms_p99.")
        .function("setup",
                  [setups = std::move(setups)](Script& script, const Value& given) {
                      if (!script.loading()) throw BindError{"setup: only while the configuration is loaded"};
                      setups->put(script.generation(), checked_setup(given));
                  })
        .doc(
            "lunette.setup(settings: table)",
            "While the configuration loads: {prefix = 'CTRL+a' or false, palette = 'outer', super = 'ALT'}.");
    add_evaluation(lunette);
    return lunette;
}

} // namespace lunette::wezterm
