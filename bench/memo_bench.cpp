// What knowing costs: looking whether shared Lua state differs, and keeping what a run read.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "lua/function.h"
#include "lua/vm.h"
#include "script/memo/dependency_index.h"
#include "script/memo/roots.h"
#include "silent_host.h"

namespace {

using namespace lunette;
using namespace lunette::script;

struct Tab {
    std::int64_t tab_id = 0;
    std::string title;
};
const auto tab_schema =
    lunette::schema<Tab>("TabInfo").field("tab_id", &Tab::tab_id).field("title", &Tab::title);

/// Looks at a handler that reaches a table of tables, as modules of configurations are, with about this many
/// keys and values.
void fingerprint(benchmark::State& state) {
    const std::vector<Object> objects;
    fakes::SilentHost host;
    lua::Vm vm{host, objects};
    lua_State* L = vm.state();
    Roots roots;
    roots.learn_library(L);
    const std::string source = R"(
        local parts = {}
        for i = 1, )" + std::to_string(state.range(0) / 10) +
                               R"( do
            parts['part' .. i] = { name = 'name ' .. i, width = i, ratio = i / 3, enabled = i % 2 == 0 }
        end
        return function() return parts.part1.name end)";
    if (luaL_dostring(L, source.c_str()) != LUA_OK) std::abort();
    const Function handler = lua::hold_function(L, -1);
    lua_pop(L, 1);
    const std::uint64_t first = roots.of(L, handler, {}).hash;
    for (auto _ : state) {
        const Roots::Fingerprint now = roots.of(L, handler, {});
        if (!now.tracked || now.hash != first) state.SkipWithError("it differs");
        benchmark::DoNotOptimize(now);
    }
}
BENCHMARK(fingerprint)->Arg(200)->Arg(1500)->Arg(4000)->Unit(benchmark::kMicrosecond);

struct Nobody final : Reader {
    void invalidate(const std::string&, std::int64_t) override {}
};

/// What a handler that looks at two fields of each tab reads.
std::vector<Dependency> reads_of(int tabs) {
    std::vector<Dependency> all;
    for (int tab = 0; tab < tabs; ++tab)
        for (std::uint16_t field = 0; field < 2; ++field)
            all.push_back(
                {static_cast<Id>(1000 + tab), 0, field, Dependency::On::field, &tab_schema.erased()});
    return all;
}

/// A run reads what the run before has read.
void read_the_same(benchmark::State& state) {
    DependencyIndex index;
    Nobody reader;
    const std::vector<Dependency> reads = reads_of(static_cast<int>(state.range(0)));
    index.set(reader, reads);
    for (auto _ : state) index.set(reader, reads);
    index.remove(reader);
}
BENCHMARK(read_the_same)->Arg(1)->Arg(20)->Arg(500)->Unit(benchmark::kMicrosecond);

/// A run reads one thing more or less than the run before.
void read_something_else(benchmark::State& state) {
    DependencyIndex index;
    Nobody reader;
    const std::vector<Dependency> some = reads_of(static_cast<int>(state.range(0)));
    std::vector<Dependency> others = some;
    others.pop_back();
    for (auto _ : state) {
        index.set(reader, some);
        index.set(reader, others);
    }
    index.remove(reader);
}
BENCHMARK(read_something_else)->Arg(1)->Arg(20)->Arg(500)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
