#include "server/info_page.h"

#include "server/prefix_keys.h"

#include "server/action_text.h"
#include "server/key_arrival.h"

#include "model/width.h"
#include "wezterm/options_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace lunette::server {

namespace {

using Line = ui::PageView::Line;

constexpr int label_cells = 22;
constexpr std::size_t most_listed = 12;
constexpr std::int64_t slow_ns = 5'000'000; // of CPU time: worth a word

void add_heading(std::vector<Line>& lines, std::string_view text) {
    if (!lines.empty()) lines.push_back({});
    lines.push_back({model::StyledText{text}, true});
}

void add_line(std::vector<Line>& lines, std::string_view text) {
    lines.push_back({model::StyledText{text}, false});
}

void add(std::vector<Line>& lines, std::string_view label, std::string_view text) {
    add_line(lines,
             model::pad_right(label, label_cells) + " " + std::string{text.empty() ? "unknown" : text});
}

void add_outer(std::vector<Line>& lines, const InfoFacts& facts) {
    const model::OuterInfo& outer = facts.outer;
    add_heading(lines, "This terminal");
    add(lines, "program", outer.program);
    add(lines, "TERM", outer.term);
    add(lines, "tty", outer.tty_name);
    std::string size = fmt::format("{} × {} cells", outer.columns, outer.rows);
    if (outer.columns > 0 && outer.pixel_width > 0)
        size += fmt::format(" of {} × {} pixels", outer.pixel_width / outer.columns,
                            outer.rows > 0 ? outer.pixel_height / outer.rows : 0);
    add(lines, "size", size);
    add(lines, "appearance", outer.appearance);
    for (const auto& [what, how] : facts.capabilities) add(lines, what, how);
}

void add_keys(std::vector<Line>& lines, const InfoFacts& facts) {
    add_heading(lines, "Keys");
    add(lines, "prefix",
        facts.prefix_is_on ? prefix_text(facts.config) : std::string{prefix_is_off(facts.config)});
    if (const auto& leader = facts.config.leader())
        add(lines, "leader",
            chord_text(leader->chord, std::nullopt) +
                (arrival_of(leader->chord).possible(facts.modern_keys) ? "" : " (cannot arrive here)"));
    std::vector<std::string> lost;
    std::size_t own = 0;
    for (const model::KeyBinding& binding : facts.config.keys()) {
        if (!binding.by_user) continue;
        ++own;
        if (!arrival_of(binding.chord).possible(facts.modern_keys))
            lost.push_back(chord_text(binding.chord, facts.config.leader()));
    }
    add(lines, "of the configuration", fmt::format("{}, {} of them cannot arrive here", own, lost.size()));
    std::string names;
    for (std::size_t i = 0; i < std::min(lost.size(), most_listed); ++i) names += (i ? ", " : "") + lost[i];
    if (lost.size() > most_listed) names += fmt::format(" and {} more", lost.size() - most_listed);
    if (!lost.empty()) add(lines, "", names + "; " + prefix_text(facts.config) + " ? tells the ways round");
}

void add_configuration(std::vector<Line>& lines, const InfoFacts& facts) {
    add_heading(lines, "Configuration");
    add(lines, "file",
        facts.config_path.empty() ? std::string{"none: the bundled one"} : home_relative(facts.config_path));
    add(lines, "load",
        fmt::format("{}, {} ms, {} modules", facts.load.ok ? "good" : "failed", facts.load.duration_us / 1000,
                    facts.load.modules.size()));
    if (!facts.load.ok)
        add(lines, "error",
            (facts.load.error.where.empty() ? "" : facts.load.error.where + ": ") + facts.load.error.message);
    const auto list = [&](const char* label, const std::vector<Problem>& problems) {
        for (std::size_t i = 0; i < std::min(problems.size(), most_listed); ++i)
            add(lines, i ? "" : label,
                (problems[i].where.empty() ? "" : problems[i].where + ": ") + problems[i].what);
        if (problems.size() > most_listed)
            add(lines, "", fmt::format("and {} more", problems.size() - most_listed));
    };
    list("errors", facts.report ? facts.report->errors : facts.load.errors);
    list("warnings", facts.report ? facts.report->warnings : facts.load.warnings);
    if (!facts.log_path.empty()) add(lines, "log", home_relative(facts.log_path));
}

bool is_remarkable(const HandlerReport& row) {
    return row.late || row.killed || row.errors || row.dropped || row.cpu.max() >= slow_ns;
}

void add_handlers(std::vector<Line>& lines, const InfoFacts& facts) {
    add_heading(lines, "Slow or failing handlers");
    if (!facts.report) {
        add_line(lines, "the script thread has not answered yet");
        return;
    }
    std::vector<const HandlerReport*> rows;
    for (const HandlerReport& row : facts.report->handlers)
        if (is_remarkable(row)) rows.push_back(&row);
    std::sort(rows.begin(), rows.end(),
              [](const auto* a, const auto* b) { return a->cpu.max() > b->cpu.max(); });
    if (rows.empty()) add_line(lines, "none");
    for (const HandlerReport* row : rows) {
        std::string text = fmt::format("{}  {}: at most {} in {} runs", row->where, row->event,
                                       duration_text(row->cpu.max()), row->runs);
        if (row->late) text += fmt::format(", {} late", row->late);
        if (row->killed) text += fmt::format(", {} stopped", row->killed);
        if (row->dropped) text += fmt::format(", {} dropped", row->dropped);
        if (row->errors) text += fmt::format(", {} errors, the last: {}", row->errors, row->last_error);
        add_line(lines, text.substr(0, text.find('\n')));
    }
    add_line(lines, "`lunette profile` measures all of them");
}

} // namespace

std::string duration_text(std::int64_t nanoseconds) {
    if (nanoseconds < 1'000'000) return fmt::format("{} us", nanoseconds / 1000);
    if (nanoseconds < 1'000'000'000) return fmt::format("{:.1f} ms", static_cast<double>(nanoseconds) / 1e6);
    return fmt::format("{:.2f} s", static_cast<double>(nanoseconds) / 1e9);
}

std::string home_relative(std::string_view path) {
    const char* home = std::getenv("HOME");
    const std::string_view folder = home ? home : "";
    if (folder.size() > 1 && path.starts_with(folder) && path.substr(folder.size()).starts_with('/'))
        return "~" + std::string{path.substr(folder.size())};
    return std::string{path};
}

std::string load_summary(const model::ConfigInfo& config, std::string_view config_path) {
    std::size_t applied = 0, adapted = 0, accepted = 0, unknown = 0;
    for (const wezterm::OptionReport& option : wezterm::option_report(config)) {
        applied += option.effect == "applied";
        adapted += option.effect == "adapted";
        accepted += option.effect == "accepted";
        unknown += option.effect == "unknown";
    }
    std::string text = fmt::format("{}: {} options ({} applied, {} adapted, {} not for a multiplexer",
                                   home_relative(config_path), applied + adapted + accepted + unknown,
                                   applied, adapted, accepted);
    if (unknown) text += fmt::format(", {} unknown", unknown);
    return text + fmt::format("), {} keys", config.options["keys"].size());
}

std::vector<Line> info_lines(const InfoFacts& facts) {
    std::vector<Line> lines;
    add_outer(lines, facts);
    add_keys(lines, facts);
    add_configuration(lines, facts);
    add_handlers(lines, facts);
    return lines;
}

std::vector<Line> callback_lines(const EngineReport& report) {
    std::vector<Line> lines;
    add_heading(lines, fmt::format("{:>7} {:>7} {:>9} {:>9} {:>5} {:>5} {:>5}  callback", "runs", "same",
                                   "p50", "max", "late", "stop", "errs"));
    std::vector<const HandlerReport*> rows;
    for (const HandlerReport& row : report.handlers)
        if (row.runs || row.requested) rows.push_back(&row);
    std::sort(rows.begin(), rows.end(),
              [](const auto* a, const auto* b) { return a->cpu.sum() > b->cpu.sum(); });
    for (const HandlerReport* row : rows)
        add_line(lines,
                 fmt::format("{:>7} {:>7} {:>9} {:>9} {:>5} {:>5} {:>5}  {} {}", row->runs, row->unchanged,
                             duration_text(row->cpu.quantile(0.5)), duration_text(row->cpu.max()), row->late,
                             row->killed, row->errors, row->event, row->where));
    if (rows.empty()) add_line(lines, "nothing has run yet");
    add_heading(lines, "Script thread");
    add(lines, "heap",
        fmt::format("{} KiB, at most {} KiB", report.gc.heap_bytes / 1024, report.gc.peak_bytes / 1024));
    add(lines, "garbage",
        fmt::format("{} cycles, {} steps, longest {}", report.gc.cycles, report.gc.steps,
                    duration_text(report.gc.step.max())));
    add(lines, "turns",
        fmt::format("{}, {} snapshots, {} children", report.turns, report.snapshots, report.live_children));
    add_heading(lines, "Remembered results");
    for (const EntryReport& entry : report.entries)
        add_line(lines, fmt::format("{:>7}  {}{}  {}", entry.runs, entry.name, entry.dirty ? " *" : "",
                                    entry.cause.empty() ? "" : "last because of " + entry.cause));
    return lines;
}

} // namespace lunette::server
