#include "cli/profile_report.h"

#include "cli/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lunette::cli {

namespace {

constexpr const char* style = R"css(
:root { color-scheme: light dark; --ink: #1f2430; --soft: #6b7280; --line: #d8dce3; --page: #fbfbfc;
        --ui: #7aa2d8; --script: #d9603b; --good: #2e8b57; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ee; --soft: #9aa3b2; --line: #333a47; --page: #14171d; --ui: #4f78b5; --script: #e8794f;
          --good: #57bd84; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 60rem;
       margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
p.verdict { font-size: 1.15rem; font-weight: 600; }
p.note, td.where { color: var(--soft); } svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; } th:first-child, td:first-child, td.where, td.error { text-align: left; }
td.error { color: var(--script); white-space: normal; }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em; border-radius: 2px; }
)css";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string duration(double ns) {
    if (ns < 1e3) return fmt::format("{:.0f} ns", ns);
    if (ns < 1e6) return fmt::format("{:.1f} µs", ns / 1e3);
    if (ns < 1e9) return fmt::format("{:.1f} ms", ns / 1e6);
    return fmt::format("{:.2f} s", ns / 1e9);
}
std::string duration(std::int64_t ns) { return duration(static_cast<double>(ns)); }

// Logarithmic, from 100 ns to 100 s: a microsecond and a second both have to be seen.
double position(std::int64_t ns, double length) {
    const double decades = std::log10(std::max(static_cast<double>(ns), 100.0)) - 2.0;
    return std::clamp(decades / 9.0, 0.0, 1.0) * length;
}

// The slowest frame of each slice of the run, against the time that a frame has.
std::string timeline(const ProfileRun& run) {
    constexpr double width = 960, height = 220, left = 60, bottom = 24;
    const double plot_width = width - left - 8, plot_height = height - bottom - 8;
    std::string svg = fmt::format(
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Frames over time\">\n", width, height);
    const auto y_of = [&](std::int64_t ns) { return 8 + plot_height - position(ns, plot_height); };
    for (std::int64_t ns = 1000; ns <= 10'000'000'000; ns *= 10)
        svg +=
            fmt::format("<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"var(--line)\"/>"
                        "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>\n",
                        left, width - 8, y_of(ns), left - 6, y_of(ns) + 4,
                        ns < 1'000'000     ? fmt::format("{} µs", ns / 1000)
                        : ns < 1000000000L ? fmt::format("{} ms", ns / 1'000'000)
                                           : fmt::format("{} s", ns / 1'000'000'000));
    const double seconds = std::max(run.duration_s, 0.001);
    for (const ProfileRun::Sample& sample : run.timeline) {
        const double x = left + std::min(sample.time_s / seconds, 1.0) * plot_width;
        const double bar = std::max(plot_width / 620, 1.0);
        const auto add = [&](std::int64_t ns, const char* color) {
            svg += fmt::format(
                "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", x,
                y_of(ns), bar, 8 + plot_height - y_of(ns), color);
        };
        // Script time can be longer than the frame: it is waited for before the frame begins.
        if (sample.script > sample.ui) {
            add(sample.script, "var(--script)");
            add(sample.ui, "var(--ui)");
        } else {
            add(sample.ui, "var(--ui)");
            add(sample.script, "var(--script)");
        }
    }
    const std::int64_t interval = 1'000'000'000 / std::max(run.fps, 1);
    svg += fmt::format("<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"var(--good)\" "
                       "stroke-dasharray=\"5 4\"/><text x=\"{1}\" y=\"{3:.1f}\" text-anchor=\"end\">"
                       "time for a frame at {4} fps</text>\n",
                       left, width - 8, y_of(interval), y_of(interval) - 5, run.fps);
    svg += fmt::format(
        "<text x=\"{}\" y=\"{}\">0 s</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{:.1f} s</text>", left,
        height - 6, width - 8, height - 6, run.duration_s);
    return svg + "</svg>\n";
}

// p50, p99 and the longest, of each thing that is measured.
std::string bars(const ProfileRun& run) {
    const server::Instruments& i = run.instruments;
    const struct {
        const char* label;
        const Histogram& histogram;
        const char* color;
    } rows[] = {{"a frame", i.ui(), "var(--ui)"},
                {"for scripting, per frame", i.script_on_ui(), "var(--script)"},
                {"… when the tab bar changed", i.script_on_ui_rebuild(), "var(--script)"},
                {"a key until it is seen", i.echo(), "var(--ui)"}};
    constexpr double width = 960, left = 200, row_height = 26;
    const double plot = width - left - 230;
    std::string svg = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Distributions\">\n",
                                  width, row_height * 4 + 4);
    double y = 4;
    for (const auto& row : rows) {
        const Histogram& h = row.histogram;
        svg +=
            fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", left - 8, y + 14, row.label);
        if (h.count() > 0)
            svg += fmt::format(
                "<rect x=\"{0}\" y=\"{1}\" width=\"{2:.1f}\" height=\"16\" fill=\"{3}\" opacity=\".3\"/>"
                "<rect x=\"{0}\" y=\"{1}\" width=\"{4:.1f}\" height=\"16\" fill=\"{3}\" opacity=\".5\"/>"
                "<rect x=\"{0}\" y=\"{1}\" width=\"{5:.1f}\" height=\"16\" fill=\"{3}\"/>"
                "<text x=\"{6:.1f}\" y=\"{7}\">{8} · {9} · {10}</text>\n",
                left, y, position(h.max(), plot), row.color, position(h.quantile(0.99), plot),
                position(h.quantile(0.5), plot), left + position(h.max(), plot) + 8, y + 13,
                duration(h.quantile(0.5)), duration(h.quantile(0.99)), duration(h.max()));
        y += row_height;
    }
    return svg + "</svg>\n";
}

std::string handlers(const ProfileRun& run) {
    std::string out =
        "<div class=\"scroll\"><table><tr><th>handler</th><th>runs</th><th>avoided</th><th>merged</th>"
        "<th>late</th><th>killed</th><th>errors</th><th>cpu p50</th><th>cpu max</th>"
        "<th>where</th></tr>\n";
    for (const HandlerReport& h : run.engine.handlers) {
        if (h.requested == 0 && h.runs == 0) continue;
        out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
                           "<td>{}</td><td>{}</td><td class=\"where\">{}</td></tr>\n",
                           escaped(h.event), h.runs, h.avoided, h.throttled, h.late, h.killed, h.errors,
                           duration(h.cpu.quantile(0.5)), duration(h.cpu.max()), escaped(h.where));
        if (!h.last_error.empty())
            out += "<tr><td class=\"error\" colspan=\"10\">" + escaped(h.last_error) + "</td></tr>\n";
    }
    return out + "</table></div>\n";
}

std::string section(const ProfileRun& run) {
    const server::Instruments& i = run.instruments;
    std::string out = fmt::format(
        "<h2>{}</h2>\n<p class=\"note\">{} tabs, {} fps, {:.1f} s, workload {}: {} frames "
        "due, {} drawn, {} late, {} of them by the script side.</p>\n",
        run.sync ? "Sync: Lua inside the frame" : "Async: Lua beside the frames", run.tabs, run.fps,
        run.duration_s, workload_name(run.workload), i.due(), i.rendered(), i.late(), i.late_by_script());
    if (!run.load.ok)
        out += "<p>The configuration did not load: " + escaped(run.load.error.message) + "</p>\n";
    out += bars(run);
    out += "<p class=\"note\">p50 · p99 · longest, on a logarithmic scale.</p>\n";
    out += timeline(run);
    out +=
        "<p class=\"note\">The slowest frame of each moment:<span class=\"key\" "
        "style=\"background:var(--ui)\">"
        "</span>drawing<span class=\"key\" style=\"background:var(--script)\"></span>scripting on the thread "
        "that draws</p>\n";
    for (const auto& [cause, stall] : i.stalls())
        out += fmt::format("<p>{} stalls of up to {}: {}</p>\n", stall.count, duration(stall.max),
                           escaped(cause));
    return out + handlers(run);
}

} // namespace

std::string profile_html(const ProfileResult& result) {
    std::string out =
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Lunette profile</title>\n<style>";
    out += style;
    out += "</style>\n<h1>What Lua costs the frames</h1>\n<p class=\"note\">" + escaped(result.config) +
           "</p>\n";
    std::uint64_t late = 0;
    for (const ProfileRun& run : result.runs)
        if (!run.sync || result.runs.size() == 1) late += run.instruments.late_by_script();
    out += late == 0 ? "<p class=\"verdict\">No frame was late because of Lua.</p>\n"
                     : fmt::format("<p class=\"verdict\">{} frames were late because of Lua.</p>\n", late);
    for (const ProfileRun& run : result.runs) out += section(run);
    return out + "</html>\n";
}

} // namespace lunette::cli
