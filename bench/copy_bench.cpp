// Searching and quick select: what a row costs, and how long the slice of a turn may get.

#include "copy/copy_text.h"
#include "copy/quick_finder.h"
#include "copy/quick_patterns.h"
#include "copy/text_search.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace lunette::copy {
namespace {

using terminal::Terminal;

Terminal log_of(int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i)
        text += "2026-01-02T03:04:05 [info] server.c:" + std::to_string(i % 997) + ": request /api/items/" +
                std::to_string(i) + " took " + std::to_string(i % 313) + " ms\r\n";
    return testing::make_terminal(120, 50, text, static_cast<std::size_t>(lines));
}

// 100 000 lines, a slice of 128 rows at a time.
void search(benchmark::State& state, SearchPattern::Kind kind, const char* text) {
    const Terminal terminal = log_of(100'000);
    std::size_t matches = 0;
    for (auto _ : state) {
        TextSearch search;
        search.start(terminal, {kind, text});
        while (search.step(terminal, 128)) {
        }
        matches = search.matches().size();
    }
    state.counters["matches"] = static_cast<double>(matches);
    state.counters["rows"] = benchmark::Counter(100'000, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK_CAPTURE(search, literal_rare, SearchPattern::Kind::case_sensitive, "items/99999 ")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, literal_everywhere, SearchPattern::Kind::case_sensitive, "took")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, ignore_case, SearchPattern::Kind::ignore_case, "ITEMS/99999 ")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, regex, SearchPattern::Kind::regex, "took [0-9]+ ms$")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(search, regex_hostile, SearchPattern::Kind::regex, "(\\w+\\s?)+!")
    ->Unit(benchmark::kMillisecond);

void quick_select(benchmark::State& state) {
    const Terminal terminal = log_of(2050);
    const auto defaults = default_quick_patterns();
    std::vector<std::string> problems;
    QuickFinder finder{{defaults.begin(), defaults.end()}, "asdfqwerzxcvjklmiuopghtybn", problems};
    for (auto _ : state) {
        finder.start(terminal, 0, 2100);
        while (finder.step(terminal, 32)) {
        }
    }
    state.counters["matches"] = static_cast<double>(finder.matches().size());
    state.counters["rows"] = benchmark::Counter(2050, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(quick_select)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace lunette::copy

BENCHMARK_MAIN();
