// What a generation tells about itself, and the collection of its garbage in idle time.

#include "script/generation.h"

namespace lunette::script {

void Generation::collect(std::int64_t budget_ns) {
    constexpr std::size_t small = 256U << 10;
    lua_State* L = vm_->state();
    const std::size_t bytes = vm_->memory().lua_bytes();
    if (bytes < collected_at_ + collected_at_ / 3 + small) return;
    const std::int64_t start = thread_cpu_ns();
    for (std::int64_t now = start; now - start < budget_ns;) {
        const bool finished = lua_gc(L, LUA_GCSTEP, 0) != 0;
        const std::int64_t after = thread_cpu_ns();
        ++gc_.steps;
        gc_.step.record(after - now);
        now = after;
        if (finished) {
            collected_at_ = vm_->memory().lua_bytes();
            break;
        }
    }
}

void Generation::fill(EngineReport& report) {
    events_.for_each([&](const Event& event) {
        for (const auto& stats : event.stats) {
            HandlerReport row = stats->report;
            row.pure = event.pure;
            row.handlers = static_cast<int>(event.handlers.size());
            row.reads.assign(stats->reads.begin(), stats->reads.end());
            for (unsigned i = 0; i <= static_cast<unsigned>(Impurity::untracked); ++i)
                if (stats->impurities & (1U << i)) row.impure.push_back(static_cast<Impurity>(i));
            report.handlers.push_back(std::move(row));
        }
    });
    memo_.for_each([&](const Entry& entry) {
        EntryReport row;
        row.name = entry.name();
        row.value = entry.has_value ? lunette::describe(entry.value) : std::string{};
        row.runs = entry.runs;
        row.cause = entry.cause;
        row.history.assign(entry.history.begin(), entry.history.end());
        for (const Dependency& d : entry.dependencies()) row.reads.push_back(d.describe());
        row.dirty = entry.dirty;
        report.entries.push_back(std::move(row));
    });
    gc_.heap_bytes = vm_->memory().total();
    gc_.peak_bytes = vm_->memory().peak();
    report.gc = gc_;
    report.slice = scheduler_->slices();
    report.staleness = memo_.staleness;
    report.trace.assign(memo_.trace.begin(), memo_.trace.end());
    report.live_children = services_.runtime.children().live();
    report.errors = errors_;
    report.warnings = warnings_;
}

} // namespace lunette::script
