#include "wezterm/modules.h"

namespace lunette::wezterm {

// WezTerm's counters of its renderer. Here `lunette profile` measures instead, so there are none to list.
Module metrics_module() {
    Module metrics{"metrics"};
    for (const char* name : {"get_counters", "get_throughput", "get_sizes", "get_latency"})
        metrics.function(name, [] { return Value::map({}); });
    return metrics;
}

} // namespace lunette::wezterm
