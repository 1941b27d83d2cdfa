// What a generation tells about itself, and what it does while nobody waits.

#include "script/generation.h"

namespace lunette::script {

bool Generation::use_gap() {
    ChunkCompiler& compiler = loader_.compiler();
    if (compiler.has_more()) {
        // Without room in the heap it is not stored; nobody needs to know.
        static_cast<void>(vm_->protect([&](lua_State* L) { compiler.store_one(L); }));
        return true;
    }
    return collector_->gap();
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
        row.waits_for = memo_.waits_for(entry);
        report.entries.push_back(std::move(row));
    });
    collector_->fill(report.gc);
    report.turn = scheduler_->turns();
    report.slice = scheduler_->slices();
    report.staleness = memo_.staleness;
    report.staleness_prompt = memo_.staleness_prompt;
    report.trace.assign(memo_.trace.begin(), memo_.trace.end());
    report.live_children = services_.runtime.children().live();
    report.errors = errors_;
    report.warnings = warnings_;
}

} // namespace lunette::script
