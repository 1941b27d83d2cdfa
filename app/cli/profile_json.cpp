#include "cli/profile_report.h"
#include "cli/report_json.h"

#include <algorithm>

namespace lunette::cli {

namespace {

Json frames_json(const server::Instruments& i) {
    Json json;
    json["due"] = i.due();
    json["rendered"] = i.rendered();
    json["late"] = i.late();
    json["late_by_script"] = i.late_by_script();
    json["ui"] = to_json(i.ui(), true);
    json["script_on_ui"] = to_json(i.script_on_ui(), true);
    Json rebuild{{"count", i.script_on_ui_rebuild().count()}};
    rebuild.update(to_json(i.script_on_ui_rebuild()));
    json["script_on_ui_rebuild"] = std::move(rebuild);
    json["script_after_frame"] = to_json(i.script_after_frame());
    return json;
}

Json run_json(const ProfileRun& run) {
    const server::Instruments& i = run.instruments;
    Json json;
    json["mode"] = run.sync ? "sync" : "async";
    json["tabs"] = run.tabs;
    json["fps"] = run.fps;
    json["duration_s"] = run.duration_s;
    json["workload"] = std::string{workload_name(run.workload)};
    json["frames"] = frames_json(i);
    json["echo"] = to_json(i.echo());
    json["echo"]["count"] = i.echo().count();
    json["views"] = Json{{"reads", i.views().reads},
                         {"fresh", i.views().fresh},
                         {"stale", i.views().stale},
                         {"fallback", i.views().fallback},
                         {"staleness", to_json(run.engine.staleness)},
                         {"staleness_prompt", to_json(run.engine.staleness_prompt)}};
    const AvoidedRuns avoided = avoided_runs(run.engine);
    json["views"]["runs"] = avoided.runs;
    json["views"]["runs_on_every_change"] = avoided.on_every_change;
    json["views"]["avoided_share"] = avoided.share();
    json["callbacks"] = callbacks_json(run.engine);
    json["stalls"] = Json::array();
    for (const auto& [cause, stall] : i.stalls())
        json["stalls"].push_back(
            Json{{"cause", cause}, {"count", stall.count}, {"max", microseconds(stall.max)}});
    json["gc"] = Json{{"steps", run.engine.gc.steps},
                      {"step", to_json(run.engine.gc.step)},
                      {"heap_bytes", run.engine.gc.heap_bytes}};
    const auto& modules = run.load.modules;
    const auto compiled =
        std::count_if(modules.begin(), modules.end(), [](const ModuleReport& m) { return m.from_bytecode; });
    json["load"] = Json{{"ms", static_cast<double>(run.load.duration_us) / 1000.0},
                        {"from_bytecode", compiled},
                        {"from_source", static_cast<std::ptrdiff_t>(modules.size()) - compiled},
                        {"ok", run.load.ok},
                        {"error", run.load.error.message}};
    return json;
}

} // namespace

double AvoidedRuns::share() const noexcept {
    if (on_every_change == 0) return 0;
    return 1 - static_cast<double>(runs) / static_cast<double>(on_every_change);
}

AvoidedRuns avoided_runs(const EngineReport& report) {
    AvoidedRuns sum;
    for (const HandlerReport& row : report.handlers) {
        if (!row.pure) continue;
        sum.runs += row.runs;
        sum.on_every_change += row.runs_on_every_change;
    }
    return sum;
}

Json callbacks_json(const EngineReport& report) {
    Json list = Json::array();
    for (const HandlerReport& h : report.handlers) {
        Json row;
        row["event"] = h.event;
        row["requested"] = h.requested;
        row["runs"] = h.runs;
        row["unchanged"] = h.unchanged;
        row["avoided"] = h.avoided;
        row["speculative"] = h.speculative;
        row["runs_on_every_change"] = h.runs_on_every_change;
        row["throttled"] = h.throttled;
        row["late"] = h.late;
        row["killed"] = h.killed;
        row["errors"] = h.errors;
        row["dropped"] = h.dropped;
        row["preempted"] = h.preempted;
        row["cpu"] = to_json(h.cpu);
        row["wait"] = to_json(h.wait);
        row["where"] = h.where;
        row["last_error"] = h.last_error;
        list.push_back(std::move(row));
    }
    return list;
}

std::string profile_json(const ProfileResult& result) {
    Json json;
    json["config"] = result.config;
    json["version"] = std::string{version};
    json["runs"] = Json::array();
    for (const ProfileRun& run : result.runs) json["runs"].push_back(run_json(run));
    return dump(json);
}

std::string profile_trace(const ProfileResult& result) {
    std::string out;
    for (const ProfileRun& run : result.runs) {
        out += run.sync ? "# sync\n" : "# async\n";
        for (const std::string& line : run.engine.trace) out += line + "\n";
        for (const EntryReport& entry : run.engine.entries)
            for (const std::string& line : entry.history) out += entry.name + ": " + line + "\n";
    }
    return out;
}

} // namespace lunette::cli
