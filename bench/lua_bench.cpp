// What reading records and configuration from Lua costs, beside what complete tables would.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "lua/install.h"
#include "lua/push.h"
#include "lua/vm.h"
#include "silent_host.h"

namespace {

using namespace lunette;

struct Tab {
    std::int64_t tab_id = 0;
    std::string title;
    bool is_active = false;
};

struct Config {
    Value options;
};

const auto tab_schema = lunette::schema<Tab>("TabInfo")
                            .field("tab_id", &Tab::tab_id)
                            .field("title", &Tab::title)
                            .field("is_active", &Tab::is_active);
struct Window {
    List<Tab> tabs;
};
const auto window_schema = lunette::schema<Window>("WindowInfo").list("tabs", &Window::tabs, tab_schema);
const auto config_schema = lunette::schema<Config>("ConfigInfo").field("options", &Config::options);

const std::vector<Object>& objects() {
    static const std::vector<Object> all{Object{"TabInformation", tab_schema, Binding::pinned},
                                         Object{"MuxTab", tab_schema, Binding::live},
                                         Object{"Window", window_schema, Binding::pinned}};
    return all;
}

Ref<Tab> make_tab(int id) {
    Tab tab;
    tab.tab_id = id;
    tab.title = "build " + std::to_string(id);
    return tab_schema.make(std::move(tab));
}

Ref<Window> make_window(int tabs) {
    std::vector<Ref<Tab>> items;
    for (int i = 0; i < tabs; ++i) items.push_back(make_tab(i));
    return window_schema.make(Window{List<Tab>{std::move(items)}});
}

Ref<Config> make_config(int bindings) {
    std::vector<Value> keys;
    for (int i = 0; i < bindings; ++i)
        keys.push_back(Value::map({{"key", "k" + std::to_string(i)},
                                   {"mods", "CTRL|SHIFT"},
                                   {"action", Value::map({{"SendString", std::to_string(i)}})}}));
    std::vector<MapEntry> options;
    for (int i = 0; i < 200; ++i) options.push_back({"option_" + std::to_string(i), i});
    options.push_back({"keys", Value::list(std::move(keys))});
    options.push_back({"tab_max_width", 16});
    return config_schema.make(Config{Value::map(std::move(options))});
}

void must(const Expected<void>& done) {
    if (done) return;
    std::fprintf(stderr, "%s\n", done.error().message.c_str());
    std::abort();
}

/// Runs a Lua loop `for i = 1, n do <body> end` with a local `x`, so that one iteration is one item.
class Loop {
public:
    Loop(lua::Vm& vm, const std::string& body) : vm_{vm} {
        const std::string source = "local n = ... local x = x for i = 1, n do " + body + " end";
        if (luaL_loadstring(vm_.state(), source.c_str()) != LUA_OK) std::abort();
        reference_ = luaL_ref(vm_.state(), LUA_REGISTRYINDEX);
    }
    void run(benchmark::State& state, int count = 1000) {
        for (auto _ : state) {
            must(vm_.protect([&](lua_State* L) {
                lua_rawgeti(L, LUA_REGISTRYINDEX, reference_);
                lua_pushinteger(L, count);
                lua_call(L, 1, 0);
            }));
        }
        state.SetItemsProcessed(state.iterations() * count);
        state.counters["per_item"] =
            benchmark::Counter(static_cast<double>(count),
                               benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    }

private:
    lua::Vm& vm_;
    int reference_;
};

void set_x(lua::Vm& vm, const Argument& argument) {
    must(vm.protect([&](lua_State* L) {
        lua::push_argument(L, argument);
        lua_setglobal(L, "x");
    }));
}

void read_loop(benchmark::State& state, const std::string& body, const Argument& x, bool eager = false,
               RecordRef newest = {}) {
    fakes::SilentHost host;
    host.eager_mode = eager;
    host.newest_record = std::move(newest);
    lua::Vm vm{host, objects()};
    set_x(vm, x);
    Loop{vm, body}.run(state);
}

void empty_loop(benchmark::State& state) { read_loop(state, "", {}); }
BENCHMARK(empty_loop);

void field_through_handle(benchmark::State& state) {
    read_loop(state, "local t = x.title", {Value{make_tab(1)}});
}
BENCHMARK(field_through_handle);

void field_through_live_handle(benchmark::State& state) {
    const auto tab = make_tab(1);
    read_loop(state, "local t = x.title", {Value{tab, 1}}, false, tab.record());
}
BENCHMARK(field_through_live_handle);

void field_by_getter(benchmark::State& state) {
    read_loop(state, "local t = x:get_title()", {Value{make_tab(1)}});
}
BENCHMARK(field_by_getter);

void field_of_eager_table(benchmark::State& state) {
    read_loop(state, "local t = x.title", {Value{make_tab(1)}}, true);
}
BENCHMARK(field_of_eager_table);

void known_handle(benchmark::State& state) {
    read_loop(state, "local t = x[1]", {Value{make_window(20)}, "tabs", {}});
}
BENCHMARK(known_handle);

void pass_record(benchmark::State& state, bool eager, int records) {
    fakes::SilentHost host;
    host.eager_mode = eager;
    lua::Vm vm{host, objects()};
    std::vector<Ref<Tab>> tabs;
    for (int i = 0; i < records; ++i) tabs.push_back(make_tab(i));
    std::size_t next = 0;
    for (auto _ : state) {
        must(vm.protect([&](lua_State* L) {
            for (int i = 0; i < 100; ++i) {
                lua::push_value(L, Value{tabs[next++ % tabs.size()]});
                lua_pop(L, 1);
            }
        }));
    }
    state.counters["per_item"] =
        benchmark::Counter(100, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
void create_handle(benchmark::State& state) { pass_record(state, false, 100'000); }
void create_eager_table(benchmark::State& state) { pass_record(state, true, 100'000); }
BENCHMARK(create_handle);
BENCHMARK(create_eager_table);

/// A title handler's call: the configuration and the tabs are passed, one option and one tab are read.
void call(benchmark::State& state, bool eager) {
    fakes::SilentHost host;
    host.eager_mode = eager;
    lua::Vm vm{host, objects()};
    const auto config = make_config(static_cast<int>(state.range(0)));
    const auto window = make_window(20);
    const Argument tabs{Value{window}, "tabs", {}};
    const Argument options{Value{config}, "options", {}};
    if (luaL_loadstring(vm.state(), "local tabs, config = ... return tabs[1].title, config.tab_max_width") !=
        LUA_OK)
        std::abort();
    const int handler = luaL_ref(vm.state(), LUA_REGISTRYINDEX);
    for (auto _ : state) {
        must(vm.protect([&](lua_State* L) {
            lua_rawgeti(L, LUA_REGISTRYINDEX, handler);
            lua::push_argument(L, tabs);
            lua::push_argument(L, options);
            lua_call(L, 2, 2);
        }));
    }
}
void call_with_handles(benchmark::State& state) { call(state, false); }
void call_with_eager_tables(benchmark::State& state) { call(state, true); }
BENCHMARK(call_with_handles)->Arg(20)->Arg(200)->Arg(2000);
BENCHMARK(call_with_eager_tables)->Arg(20)->Arg(200)->Arg(2000);

void config_key(benchmark::State& state) {
    read_loop(state, "local w = x.tab_max_width",
              {Value{make_config(static_cast<int>(state.range(0)))}, "options", {}});
}
BENCHMARK(config_key)->Arg(20)->Arg(200)->Arg(2000);

void nested_config_key(benchmark::State& state) {
    read_loop(state, "local k = x.keys[7].key",
              {Value{make_config(static_cast<int>(state.range(0)))}, "options", {}});
}
BENCHMARK(nested_config_key)->Arg(20)->Arg(200)->Arg(2000);

void bound_call(benchmark::State& state) {
    static const Module module = [] {
        Module m{"text"};
        m.function("size", [](std::string_view text, std::int64_t add) {
            return static_cast<std::int64_t>(text.size()) + add;
        });
        return m;
    }();
    fakes::SilentHost host;
    lua::Vm vm{host, objects()};
    must(lua::install_module(vm, module));
    must(vm.protect([](lua_State* L) {
        if (luaL_dostring(L, "x = require('text').size") != LUA_OK) std::abort();
    }));
    Loop{vm, "local s = x('abc', i)"}.run(state);
}
BENCHMARK(bound_call);

/// Our `next` against Lua's own, over a plain table of 100.
void next_of_plain_table(benchmark::State& state, bool own) {
    fakes::SilentHost host;
    lua::Vm vm{host, objects()};
    must(vm.protect([&](lua_State* L) {
        if (luaL_dostring(L, "x = {} for i = 1, 100 do x['k' .. i] = i end") != LUA_OK) std::abort();
        if (!own) {
            vm.push_next(L);
            lua_setglobal(L, "next");
        }
    }));
    Loop{vm, "for k, v in next, x do end"}.run(state, 100);
}
void next_replaced(benchmark::State& state) { next_of_plain_table(state, true); }
void next_original(benchmark::State& state) { next_of_plain_table(state, false); }
BENCHMARK(next_replaced);
BENCHMARK(next_original);

} // namespace

BENCHMARK_MAIN();
