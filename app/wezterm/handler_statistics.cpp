#include "wezterm/handler_statistics.h"

#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

double milliseconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

Value handler_statistics(const HandlerReport& row) {
    std::vector<Value> reads, impure;
    for (const std::string& name : row.reads) reads.emplace_back(name);
    for (const Impurity impurity : row.impure) impure.emplace_back(to_string(impurity));
    return Value::map({{"event", row.event},
                       {"where", row.where},
                       {"pure", row.pure},
                       {"requested", row.requested},
                       {"runs", row.runs},
                       {"avoided", row.avoided},
                       {"unchanged", row.unchanged},
                       {"throttled", row.throttled},
                       {"speculative", row.speculative},
                       {"runs_on_every_change", row.runs_on_every_change},
                       {"late", row.late},
                       {"killed", row.killed},
                       {"errors", row.errors},
                       {"last_error", row.last_error.empty() ? Value{} : Value{row.last_error}},
                       {"cpu_ms_p50", milliseconds(row.cpu.quantile(0.5))},
                       {"cpu_ms_max", milliseconds(row.cpu.max())},
                       {"reads", Value::list(std::move(reads))},
                       {"impure", Value::list(std::move(impure))}});
}

} // namespace lunette::wezterm
