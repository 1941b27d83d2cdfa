// Speed of parser and screen alone: bytes per second into a terminal of 200x50 that nobody draws.
// --streams=FOLDER adds the files of bench/streams.py there, as stream/NAME.

#include "terminal/terminal.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using lunette::terminal::Terminal;

constexpr std::size_t stream_bytes = 4U << 20;

class Random {
public:
    std::uint32_t below(std::uint32_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>(state_ >> 33) % bound;
    }

private:
    std::uint64_t state_ = 42;
};

// Source code as `cat` prints it: lines of 0 to 120 columns.
std::string plain_stream() {
    Random random;
    std::string stream;
    while (stream.size() < stream_bytes) {
        const std::uint32_t length = random.below(120);
        for (std::uint32_t i = 0; i < length; ++i) stream += static_cast<char>(' ' + random.below(95));
        stream += "\r\n";
    }
    return stream;
}

// A highlighted listing: a new colour for each word, 256 colours, direct colours, bold.
std::string colour_stream() {
    Random random;
    std::string stream;
    while (stream.size() < stream_bytes) {
        for (std::uint32_t words = 4 + random.below(12); words > 0; --words) {
            switch (random.below(4)) {
            case 0: stream += fmt::format("\x1B[{}m", 30 + random.below(8)); break;
            case 1: stream += fmt::format("\x1B[1;38;5;{}m", random.below(256)); break;
            case 2:
                stream += fmt::format("\x1B[38;2;{};{};{}m", random.below(8) * 32, random.below(8) * 32,
                                      random.below(8) * 32);
                break;
            default: stream += "\x1B[0m"; break;
            }
            for (std::uint32_t letters = 2 + random.below(9); letters > 0; --letters)
                stream += static_cast<char>('a' + random.below(26));
            stream += ' ';
        }
        stream += "\x1B[0m\r\n";
    }
    return stream;
}

// Text in several scripts, with accents as combining marks, wide characters and emoji clusters.
std::string unicode_stream() {
    constexpr std::string_view samples[] = {"Съешь ещё этих мягких французских булок ",
                                            "色は匂へど散りぬるを我が世誰ぞ常ならむ ",
                                            "Zwölf Boxkämpfer jagen Viktor ",
                                            "e\u0301a\u0300o\u0302 ",
                                            "👍🏽 👨‍👩‍👧 🇩🇪 ⚠️ ",
                                            "┌──────┬──────┐ ",
                                            "다람쥐 헌 쳇바퀴에 타고파 ",
                                            "Ξεσκεπάζω την ψυχοφθόρα "};
    Random random;
    std::string stream;
    while (stream.size() < stream_bytes) {
        for (std::uint32_t parts = 1 + random.below(4); parts > 0; --parts)
            stream += samples[random.below(8)];
        stream += "\r\n";
    }
    return stream;
}

// A full-screen program that repaints: cursor moves, short texts, erasures.
std::string repaint_stream() {
    Random random;
    std::string stream = "\x1B[?1049h";
    while (stream.size() < stream_bytes) {
        stream += fmt::format("\x1B[{};{}H\x1B[{}m", 1 + random.below(50), 1 + random.below(200),
                              31 + random.below(7));
        for (std::uint32_t letters = random.below(20); letters > 0; --letters)
            stream += static_cast<char>('a' + random.below(26));
        if (random.below(4) == 0) stream += "\x1B[K";
    }
    return stream;
}

void feed(benchmark::State& state, const std::string& stream, std::string_view setup = {}) {
    Terminal::Options options;
    options.columns = 200;
    options.rows = 50;
    options.scrollback_lines = 10'000;
    Terminal terminal{options};
    terminal.feed({setup.data(), setup.size()});
    constexpr std::size_t read_bytes = 64 * 1024;
    for (auto _ : state) {
        for (std::size_t at = 0; at < stream.size(); at += read_bytes) {
            const std::string_view piece = std::string_view{stream}.substr(at, read_bytes);
            terminal.feed({piece.data(), piece.size()});
        }
        benchmark::DoNotOptimize(terminal.content_sequence());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(stream.size()) * state.iterations());
    state.counters["heap_bytes"] = static_cast<double>(terminal.memory_bytes());
}

void plain(benchmark::State& state) { feed(state, plain_stream()); }
void colour(benchmark::State& state) { feed(state, colour_stream()); }
void unicode(benchmark::State& state) { feed(state, unicode_stream()); }
void repaint(benchmark::State& state) { feed(state, repaint_stream()); }

// What the machine does at the moment: the same bytes, only copied.
void copied(benchmark::State& state) {
    const std::string stream = plain_stream();
    std::vector<char> to(stream.size());
    for (auto _ : state) {
        std::memcpy(to.data(), stream.data(), stream.size());
        benchmark::DoNotOptimize(to.data());
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(stream.size()) * state.iterations());
}

BENCHMARK(copied);
BENCHMARK(plain);
BENCHMARK(colour);
BENCHMARK(unicode);
BENCHMARK(repaint);

std::string contents(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void add_streams(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        std::filesystem::path path = entry.path();
        if (path.extension() != ".stream") continue;
        const std::string name = "stream/" + path.stem().string();
        std::string stream = contents(path);
        std::string setup = contents(path.replace_extension(".setup"));
        benchmark::RegisterBenchmark(
            name.c_str(), [stream = std::move(stream), setup = std::move(setup)](benchmark::State& state) {
                feed(state, stream, setup);
            });
    }
}

} // namespace

int main(int argc, char** argv) {
    constexpr std::string_view option = "--streams=";
    char** const end = std::remove_if(argv + 1, argv + argc, [option](std::string_view argument) {
        if (argument.substr(0, option.size()) != option) return false;
        add_streams(argument.substr(option.size()));
        return true;
    });
    argc = static_cast<int>(end - argv);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
