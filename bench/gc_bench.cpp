// Pauses by garbage collection with 100 MB of ordinary tables: the steps of the engine's collector, and how
// long allocations take inside a task, beside plain Lua with its default settings in the same run. One table
// on standard output.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <lunette/engine.h>

#include "lua/lua_api.h"
#include "script/run/run_state.h"

using namespace std::chrono_literals;
using namespace lunette;

namespace {

// Tables of the kinds that configurations have. The unit of work is about 100 allocations: what stands
// between two readings of the clock is a few µs of Lua, and whatever the collector adds.
const char* const program = R"lua(
local now, record, writes = ...
local keep = {}
for i = 1, 200 do
    local part = {}
    for j = 1, 1300 do
        part[j] = { index = j, name = 'name ' .. (i * 10000 + j), list = { i, j, i + j }, flags = { active = true } }
    end
    keep[i] = part
end
local function work(n)
    for i = 1, n do
        local start = now()
        for j = 1, 33 do
            local t = { index = j, name = 'n' .. j, inner = { j } }
        end
        record(now() - start)
        if writes and i % 16 == 0 then
            local part = keep[i % 200 + 1]
            part[i % 1300 + 1] = { index = i, name = 'new ' .. i, list = { i }, flags = {} }
        end
    end
end
return work
)lua";

constexpr int units_per_task = 100;
constexpr int tasks = 3000;

std::vector<std::int64_t> pauses; // of the thread that measures

int lua_now(lua_State* L) {
    lua_pushinteger(L, script::thread_cpu_ns());
    return 1;
}
int lua_record(lua_State* L) {
    pauses.push_back(lua_tointeger(L, 1));
    return 0;
}

double quantile_us(double q) {
    std::sort(pauses.begin(), pauses.end());
    const auto at = static_cast<std::size_t>(q * static_cast<double>(pauses.size()));
    return static_cast<double>(pauses[std::min(at, pauses.size() - 1)]) / 1000;
}

struct Row {
    double p50, p99, p999, max;
};
Row row() { return {quantile_us(0.5), quantile_us(0.99), quantile_us(0.999), quantile_us(1)}; }
void print(const char* what, const Row& r) {
    std::printf("| %s | %.1f | %.1f | %.1f | %.1f |\n", what, r.p50, r.p99, r.p999, r.max);
}

Row plain_lua(double& mebibytes) {
    pauses.clear();
    lua_State* L = luaL_newstate();
    luaL_openlibs(L);
    luaL_loadstring(L, program);
    lua_pushcfunction(L, lua_now);
    lua_pushcfunction(L, lua_record);
    lua_pushboolean(L, 1);
    lua_call(L, 3, 1);
    mebibytes = lua_gc(L, LUA_GCCOUNT) / 1024.0;
    pauses.clear();
    for (int i = 0; i < tasks; ++i) {
        lua_pushvalue(L, -1);
        lua_pushinteger(L, units_per_task);
        lua_call(L, 1, 0);
    }
    lua_close(L);
    return row();
}

struct App {
    std::int64_t number = 0;
};
const auto app_schema = schema<App>("App").field("number", &App::number);

Row engine_pauses(GcReport& report, bool writes) {
    EngineOptions options;
    options.heap_limit = std::size_t{1} << 30;
    options.hard_limit = 60s;
    options.turn = 1s; // no slices: what is measured is the collector
    std::atomic<bool> measuring{false};
    Module bench{"bench"};
    bench.function("now", [] { return script::thread_cpu_ns(); })
        .function("record",
                  [&](std::int64_t ns) {
                      if (measuring) pauses.push_back(ns);
                  })
        .function("on",
                  [](Script& script, std::string event, Function f) { script.on(event, std::move(f)); });
    options.modules.push_back(std::move(bench));
    options.source = "local bench = require 'bench'\nlocal work = (function(...) " + std::string{program} +
                     " end)(bench.now, bench.record, " + (writes ? "true" : "false") +
                     ")\nbench.on('work', function() work(" + std::to_string(units_per_task) + ") end)";
    Engine engine{std::move(options)};
    engine.effect_event("work", {.throttle = 0us, .queueing = Queueing::fifo});
    engine.publish(app_schema.make({1}));
    if (!engine.settle(120s)) std::puts("it does not load");
    std::this_thread::sleep_for(2s); // what the load left is collected
    pauses.clear();
    measuring = true;
    for (int i = 0; i < tasks; ++i) {
        const std::uint64_t ticket = engine.emit("work");
        while (!engine.settled(ticket)) std::this_thread::sleep_for(20us);
        std::this_thread::sleep_for(2ms); // frames have gaps between them
    }
    measuring = false;
    report = engine.report(60s)->gc;
    return row();
}

} // namespace

int main() {
    double plain_mebibytes = 0;
    const Row plain = plain_lua(plain_mebibytes);
    GcReport report;
    const Row ours = engine_pauses(report, true);
    GcReport unwritten;
    engine_pauses(unwritten, false);
    const auto steps_of = [](const GcReport& of) {
        const auto us = [&](double q) { return static_cast<double>(of.step.quantile(q)) / 1000; };
        return Row{us(0.5), us(0.99), us(0.999), us(1)};
    };
    std::printf("heap: %.0f MiB of plain Lua; %.0f MiB live in the engine, %.0f at most\n\n", plain_mebibytes,
                static_cast<double>(report.live_bytes) / 1048576,
                static_cast<double>(report.peak_bytes) / 1048576);
    std::printf("| µs of CPU | p50 | p99 | p99.9 | max |\n|---|---|---|---|---|\n");
    print("33 × 3 allocations in plain Lua, default settings", plain);
    print("the same in a task of the engine", ours);
    print("steps of the engine's collector, between tasks", steps_of(report));
    print("the same, when no old table is written to", steps_of(unwritten));
    std::printf("\n%llu steps, %llu cycles; p99.9 of plain Lua ÷ the engine's: %.1f\n",
                static_cast<unsigned long long>(report.steps), static_cast<unsigned long long>(report.cycles),
                plain.p999 / ours.p999);
}
