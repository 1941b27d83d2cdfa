// Library functions, stock Lua's beside ours, in one process. To compare medians:
//   bench_stdlib --benchmark_enable_random_interleaving=true --benchmark_repetitions=15
//                --benchmark_report_aggregates_only=true --benchmark_min_time=0.02
#include "lua/lua_api.h"
#include "lua/stdlib/budgeted.h"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

namespace {

using namespace lunette::lua;

// A checkpoint as the scheduler's is while all is well: two calls that say no.
struct Calm : Checkpoint {
    bool wants_yield(lua_State*) override { return false; }
    void check(lua_State*) override {}
};

struct Case {
    const char* name;
    const char* setup;
    const char* call; // repeated `times` times
    int times;
};

constexpr Case cases[] = {
    {"find_short", "local s = 'some/path/to/a.file'", "local a, b = find(s, '[^/]+$')", 100},
    {"find_plain", "local s = 'some/path/to/a.file'", "local a, b = find(s, 'to/', 1, true)", 100},
    {"find_lead", "local s = 'some/path/to/a.file'", "local a, b = find(s, '%.%a+')", 100},
    {"find_plain_long", "local s = ('ab'):rep(50000) .. 'needle'", "local a, b = find(s, 'needle', 1, true)",
     1},
    {"match_anchored", "local s = 'key = value'", "local k, v = match(s, '^(%w+)%s*=%s*(%w+)$')", 100},
    {"match_short", "local s = '/usr/bin/zsh'", "local m = match(s, '([^/]+)$')", 100},
    {"match_lazy", "local s = 'http://host.example.org/path'", "local h = match(s, '//(.-)/')", 100},
    {"match_digits", "local s = 'pane 1234 of 99'", "local a, b = match(s, '(%d+)%D+(%d+)')", 100},
    {"gmatch_words", "local s = 'the quick brown fox jumps over the lazy dog'",
     "for w in gmatch(s, '%a+') do end", 20},
    {"gsub_text", "local s = 'hello world from Lua'", "local r = gsub(s, 'o', '0')", 100},
    {"gsub_captures", "local s = 'hello world from Lua'", "local r = gsub(s, '(%w+)', '<%1>')", 50},
    {"gsub_trim", "local s = '   padded text   '", "local r = gsub(s, '^%s*(.-)%s*$', '%1')", 100},
    {"gsub_function", "local s = 'hello world' local function f(c) return 'x' end",
     "local r = gsub(s, 'o', f)", 50},
    {"gsub_table", "local s = '$name is $age' local t = {name = 'Lua', age = '30'}",
     "local r = gsub(s, '%$(%w+)', t)", 50},
    {"gsub_none", "local s = 'hello world'", "local r = gsub(s, 'q', 'Q')", 100},
    {"rep", "", "local r = rep('ab', 20)", 100},
    {"format_mixed", "", "local r = format('%d: %s (%5.2f)', 42, 'title', 3.14159)", 100},
    {"format_text", "", "local r = format(' %s %s ', 'tab', 'title')", 100},
    {"format_hex", "", "local r = format('#%02x%02x%02x', 18, 52, 86)", 100},
    {"concat", "local t = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'}", "local r = concat(t, ', ')", 100},
    {"insert_remove", "local t = {}",
     "insert(t, 1) insert(t, 2) insert(t, 1, 0) remove(t) remove(t, 1) remove(t)", 50},
    {"move", "local t = {} for i = 1, 100 do t[i] = i end", "move(t, 1, 100, 2, {})", 10},
    {"unpack", "local t = {1, 2, 3, 4}", "local a, b, c, d = unpack(t)", 100},
    {"sort_numbers", "local o = {} for i = 1, 200 do o[i] = i * 7919 % 211 end",
     "local t = move(o, 1, 200, 1, {}) sort(t)", 1},
    {"sort_comparator",
     "local o = {} for i = 1, 200 do o[i] = i * 7919 % 211 end local function f(a, b) return a > b end",
     "local t = move(o, 1, 200, 1, {}) sort(t, f)", 1},
    {"sort_small", "local function f(a, b) return a > b end", "sort({3, 1, 2, 5, 4}, f)", 20},
    {"utf8_len", "local s = ('aé€'):rep(10)", "local n = len(s)", 100},
    {"utf8_offset", "local s = ('aé€'):rep(10)", "local n = offset(s, 20)", 100},
    {"utf8_codepoint", "local s = 'aé€'", "local a, b, c = codepoint(s, 1, -1)", 100},
};

void run(benchmark::State& state, const Case& what, bool budgeted) {
    lua_State* L = luaL_newstate();
    luaL_openlibs(L);
    Calm checkpoint;
    if (budgeted) {
        open_budgeted_libraries(L);
        set_checkpoint(L, &checkpoint);
    }
    const std::string source = "local find, match, gmatch, gsub, rep, format = string.find, string.match, "
                               "string.gmatch, string.gsub, "
                               "string.rep, string.format local concat, insert, remove, move, unpack, sort = "
                               "table.concat, table.insert, "
                               "table.remove, table.move, table.unpack, table.sort local len, offset, "
                               "codepoint = utf8.len, utf8.offset, "
                               "utf8.codepoint " +
                               std::string(what.setup) + " return function() for _ = 1, " +
                               std::to_string(what.times) + " do " + what.call + " end end";
    if (luaL_dostring(L, source.c_str()) != LUA_OK) throw std::runtime_error(lua_tostring(L, -1));
    // In a coroutine, as every task is.
    lua_State* thread = lua_newthread(L);
    lua_insert(L, 1);
    lua_xmove(L, thread, 1);
    for (auto _ : state) {
        int results = 0;
        lua_pushvalue(thread, 1);
        if (lua_resume(thread, L, 0, &results) != LUA_OK) throw std::runtime_error(lua_tostring(thread, -1));
    }
    state.SetItemsProcessed(state.iterations() * what.times);
    lua_close(L);
}

const int registered = [] {
    for (const Case& what : cases) {
        for (const bool budgeted : {false, true}) {
            benchmark::RegisterBenchmark(
                (std::string(what.name) + (budgeted ? "/ours" : "/stock")).c_str(),
                [&what, budgeted](benchmark::State& state) { run(state, what, budgeted); });
        }
    }
    return 0;
}();

} // namespace

BENCHMARK_MAIN();
