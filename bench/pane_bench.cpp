// What a pane costs the frame that shows it, with and without highlights, and what watching a selection costs
// its output.

#include "model/regex.h"
#include "mux/pane.h"
#include "mux/selection_watch.h"
#include "server/terminal_cells.h"
#include "terminal/links.h"

#include <benchmark/benchmark.h>

#include <span>
#include <string>

namespace {

using namespace lunette;
using model::Highlight;

constexpr int columns = 200;
constexpr int rows = 50;

terminal::Terminal make_terminal() {
    terminal::Terminal::Options options;
    options.columns = columns;
    options.rows = rows;
    terminal::Terminal terminal{options};
    std::string text;
    for (int y = 0; y < 5 * rows; ++y)
        text += "\x1b[3" + std::to_string(y % 8) + "m" + std::to_string(y) +
                " some words of a program that prints logs, /with/paths and numbers: 12345\x1b[m\r\n";
    terminal.feed(std::span{text.data(), text.size()});
    return terminal;
}

// A pane without a program.
mux::Pane make_pane() {
    terminal::PtyOptions options;
    options.arguments = {"/bin/true"};
    options.environment = {"PATH=/bin"};
    return mux::Pane{1, 0, make_terminal(), std::move(*terminal::Pty::spawn(options))};
}

// All rows, as after a scroll. range(0): matches; range(1): everything is selected.
void draw_pane(benchmark::State& state) {
    mux::Pane pane = make_pane();
    const ui::HighlightStyles styles;
    server::TerminalCells cells{pane, styles};
    const std::int64_t top = pane.physical_top();
    std::vector<Highlight> matches;
    for (std::int64_t i = 0; i < state.range(0); ++i)
        matches.push_back({{{i % 20 * 5, top - 100 + i % 150}, {i % 20 * 5 + 3, top - 100 + i % 150}},
                           Highlight::Kind::match,
                           {}});
    cells.set_highlights(matches);
    if (state.range(1)) pane.set_selection(model::Selection{{0, top}, {columns - 1, top + rows - 1}, false});
    ui::Frame frame{columns, rows};
    std::vector<ui::FrameCell> row(columns);
    for (auto _ : state) {
        std::vector<ui::RowSpan> spans;
        cells.take_damage(spans);
        for (int y = 0; y < rows; ++y) {
            cells.draw_row(y, 0, frame, row);
            frame.put(0, y, row);
        }
    }
}
BENCHMARK(draw_pane)->Args({0, 0})->Args({0, 1})->Args({1000, 0})->Args({10000, 1});

// One row of output while so many rows of the screen are selected.
void watch_selection(benchmark::State& state) {
    terminal::Terminal terminal = make_terminal();
    const auto top = static_cast<std::int64_t>(terminal.scrolled_rows());
    mux::SelectionWatch watch{{{0, top}, {columns - 1, top + state.range(0) - 1}, false}, terminal};
    const std::string other = "\x1b[" + std::to_string(rows) + ";1Hanother text\x1b[K";
    for (auto _ : state) {
        terminal.feed(std::span{other.data(), other.size()});
        benchmark::DoNotOptimize(watch.changed(terminal));
    }
}
BENCHMARK(watch_selection)->Arg(1)->Arg(rows - 2);

// The mouse over a cell that is no link, with WezTerm's default rules.
void point_at_text(benchmark::State& state) {
    const terminal::Terminal terminal = make_terminal();
    std::vector<terminal::LinkRule> rules;
    for (const char* pattern : {R"(\((\w+://\S+)\))", R"(\[(\w+://\S+)\])", R"(<(\w+://\S+)>)",
                                R"(\b\w+://[^\s()]*\(\S*\)(?=\s|$|[^_/a-zA-Z0-9-]))",
                                R"(\b\w+://\S+[_/a-zA-Z0-9-])", R"(\b\w+@[\w-]+(\.[\w-]+)+\b)"})
        rules.push_back({std::move(*model::Regex::compile(pattern)), "$0", 0});
    const auto top = static_cast<std::int64_t>(terminal.scrolled_rows());
    for (auto _ : state) benchmark::DoNotOptimize(terminal::find_link(terminal, rules, 20, top + 3));
}
BENCHMARK(point_at_text);

} // namespace

BENCHMARK_MAIN();
