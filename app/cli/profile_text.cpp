#include "cli/profile_report.h"

#include "cli/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace lunette::cli {

namespace {

// Three digits are enough for people.
std::string duration(std::int64_t ns) {
    if (ns < 1000) return fmt::format("{} ns", ns);
    if (ns < 100'000) return fmt::format("{:.1f} µs", static_cast<double>(ns) / 1e3);
    if (ns < 1'000'000) return fmt::format("{:.0f} µs", static_cast<double>(ns) / 1e3);
    if (ns < 1'000'000'000) return fmt::format("{:.1f} ms", static_cast<double>(ns) / 1e6);
    return fmt::format("{:.2f} s", static_cast<double>(ns) / 1e9);
}

std::string row(std::string_view label, const Histogram& h) {
    return fmt::format("  {:<34}{:>11}{:>11}{:>11}{:>11}\n", label, duration(h.quantile(0.5)),
                       duration(h.quantile(0.99)), duration(h.quantile(0.999)), duration(h.max()));
}

std::string callback_row(const HandlerReport& h, const Paint& paint) {
    const bool trouble = h.killed > 0 || h.errors > 0;
    std::string line = fmt::format("  {:<24}{:>8}{:>8}{:>9}{:>7}{:>8}{:>8}{:>11}{:>11}  ", h.event, h.runs,
                                   h.avoided, h.throttled, h.late, h.killed, h.errors,
                                   duration(h.cpu.quantile(0.5)), duration(h.cpu.max()));
    line = trouble ? paint.bad(line) : line;
    line += paint.dim(h.where) + "\n";
    if (!h.last_error.empty()) line += "    " + paint.bad(h.last_error) + "\n";
    return line;
}

std::string verdict(const ProfileRun& run, const Paint& paint) {
    const server::Instruments& i = run.instruments;
    if (i.late_by_script() == 0) return paint.good("No frame was late because of Lua.") + "\n";
    return paint.bad(fmt::format("{} of {} frames were late because of Lua.", i.late_by_script(), i.due())) +
           "\n";
}

std::string run_text(const ProfileRun& run, const Paint& paint) {
    const server::Instruments& i = run.instruments;
    std::string out = "\n" +
                      paint.bold(fmt::format("{}: {} tabs, {} fps, {:.1f} s, workload {}",
                                             run.sync ? "sync (Lua inside the frame)" : "async", run.tabs,
                                             run.fps, run.duration_s, workload_name(run.workload))) +
                      "\n";
    if (!run.load.ok) out += paint.bad("  the configuration did not load: " + run.load.error.message) + "\n";
    out += fmt::format("  {} frames due, {} drawn, {} late, {} of them by the script side\n", i.due(),
                       i.rendered(), i.late(), i.late_by_script());
    out += paint.dim(fmt::format("  {:<34}{:>11}{:>11}{:>11}{:>11}\n", "", "p50", "p99", "p99.9", "max"));
    out += row("a frame", i.ui());
    out += row("for scripting, per frame", i.script_on_ui());
    out += row("  … when the tab bar changed", i.script_on_ui_rebuild());
    out += row("  … after it, waking Lua's thread", i.script_after_frame());
    if (i.echo().count() > 0) out += row("a key until it is seen", i.echo());
    out += row("a change until its title is there", run.engine.staleness);
    out += row("  … that no throttle put off", run.engine.staleness_prompt);
    if (const AvoidedRuns avoided = avoided_runs(run.engine); avoided.on_every_change > 0)
        out += fmt::format(
            "  {} runs of title handlers; running all shown for every change: {}; avoided: {:.1f} %\n",
            avoided.runs, avoided.on_every_change, 100 * avoided.share());
    for (const auto& [cause, stall] : i.stalls())
        out +=
            paint.warn(fmt::format("  {} stalls of up to {}: {}\n", stall.count, duration(stall.max), cause));
    if (!run.engine.handlers.empty())
        out +=
            paint.dim(fmt::format("\n  {:<24}{:>8}{:>8}{:>9}{:>7}{:>8}{:>8}{:>11}{:>11}\n", "handler", "runs",
                                  "avoided", "merged", "late", "killed", "errors", "cpu p50", "cpu max"));
    for (const HandlerReport& h : run.engine.handlers)
        if (h.requested > 0 || h.runs > 0) out += callback_row(h, paint);
    if (!run.engine_answered) out += paint.bad("  the script thread did not answer\n");
    return out + "\n  " + verdict(run, paint);
}

std::string comparison(const ProfileResult& result, const Paint& paint) {
    const ProfileRun* runs[2] = {nullptr, nullptr};
    for (const ProfileRun& run : result.runs) runs[run.sync ? 1 : 0] = &run;
    if (!runs[0] || !runs[1]) return {};
    const auto median = [](const ProfileRun& run) {
        return std::max<std::int64_t>(run.instruments.script_on_ui_rebuild().quantile(0.5), 1);
    };
    return "\n" +
           paint.bold(
               fmt::format("When the tab bar changes, a frame spends {} on scripting; inside the "
                           "frame it would be {}: {:.0f} times as much.",
                           duration(median(*runs[0])), duration(median(*runs[1])),
                           static_cast<double>(median(*runs[1])) / static_cast<double>(median(*runs[0])))) +
           "\n";
}

} // namespace

std::string profile_text(const ProfileResult& result, const Paint& paint) {
    std::string out = paint.bold(result.config) + "\n";
    for (const ProfileRun& run : result.runs) out += run_text(run, paint);
    return out + comparison(result, paint);
}

} // namespace lunette::cli
