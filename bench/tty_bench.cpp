// Cost of showing a frame of 200x50 on an outer terminal: bytes made, nothing written.

#include "tty/encoder.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace lunette;

constexpr int columns = 200;
constexpr int rows = 50;

tty::Capabilities modern() {
    tty::TerminalHints hints;
    hints.term = "xterm-direct";
    hints.locale = "C.UTF-8";
    tty::Capabilities can = tty::capabilities_of(hints);
    can.synchronized_output = true;
    return can;
}

std::string line(std::uint32_t n) {
    std::string text;
    for (std::uint32_t i = 0; i < 120; ++i) text += static_cast<char>(' ' + (n * 31 + i * i * 7) % 95);
    return text;
}

void fill(ui::Frame& frame, std::uint32_t first) {
    for (int y = 0; y < rows; ++y) {
        const std::vector<ui::FrameCell> blank(columns);
        frame.put(0, y, blank);
        const std::uint32_t n = first + static_cast<std::uint32_t>(y);
        ui::FrameStyle style;
        style.foreground = model::TextColor::indexed(static_cast<std::uint8_t>(n % 16));
        frame.put_text(0, y, line(n), style, columns);
    }
}

// Shows frames in turn; `next` makes the one for step n.
template<typename Next>
void run(benchmark::State& state, Next next) {
    tty::Encoder encoder;
    encoder.set_capabilities(modern());
    encoder.restart();
    ui::Frame frame{columns, rows};
    fill(frame, 0);
    std::string out;
    encoder.present(out, frame, columns, rows);
    std::uint32_t step = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        state.PauseTiming();
        next(frame, encoder, ++step);
        out.clear();
        state.ResumeTiming();
        encoder.present(out, frame, columns, rows);
        bytes += out.size();
    }
    state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(state.iterations());
}

void unchanged(benchmark::State& state) {
    run(state, [](ui::Frame&, tty::Encoder&, std::uint32_t) {});
}
void one_cell(benchmark::State& state) {
    run(state, [](ui::Frame& frame, tty::Encoder&, std::uint32_t n) {
        frame.put_text(static_cast<int>(n % columns), static_cast<int>(n / columns % rows), n % 2 ? "x" : "y",
                       {}, 1);
    });
}
void full_repaint(benchmark::State& state) {
    run(state, [](ui::Frame&, tty::Encoder& encoder, std::uint32_t) { encoder.invalidate(); });
}
void other_text(benchmark::State& state) {
    run(state, [](ui::Frame& frame, tty::Encoder&, std::uint32_t n) { fill(frame, n * 1000); });
}
void scroll_by_one(benchmark::State& state) {
    run(state, [](ui::Frame& frame, tty::Encoder&, std::uint32_t n) { fill(frame, n); });
}

BENCHMARK(unchanged);
BENCHMARK(one_cell);
BENCHMARK(full_repaint);
BENCHMARK(other_text);
BENCHMARK(scroll_by_one);

} // namespace

BENCHMARK_MAIN();
