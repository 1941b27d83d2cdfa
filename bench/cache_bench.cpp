// What the bytecode cache and reloading are worth, on a made-up configuration of 150 KB in 20 modules:
// compiling with and without it, a whole load, and the time from a save to the new value. One table on
// standard output; compare only lines of one run.
//
//     bench_cache [FOLDER of scratch files, default: a new one in the temporary directory]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include <malloc.h>

#include <lunette/engine.h>

#include "lua/lua_api.h"
#include "lua/memory.h"
#include "script/io/job_pool.h"
#include "script/load/bytecode_cache.h"
#include "script/load/chunk_compiler.h"
#include "script/load/source_file.h"
#include "script/run/run_state.h"

using namespace std::chrono_literals;
using namespace lunette;

namespace {

namespace fs = std::filesystem;
constexpr int modules = 20;
constexpr int rounds = 200;
constexpr int reloads = 200;
constexpr int memory_reloads = 1000;

using Times = std::vector<double>; // µs

double quantile(Times times, double q) {
    std::sort(times.begin(), times.end());
    return times[std::min(times.size() - 1, static_cast<std::size_t>(q * static_cast<double>(times.size())))];
}

double now_us() {
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void write(const fs::path& path, const std::string& text) { std::ofstream{path, std::ios::binary} << text; }

/// About 7.5 KB each: options, key bindings and colours as people write them, and some functions.
std::string module_text(int number) {
    std::string text =
        "-- Module " + std::to_string(number) + ": keys, colours and titles.\nlocal M = {}\n\nM.keys = {\n";
    for (int i = 0; i < 50; ++i)
        text += "    { key = 'F" + std::to_string(i % 24 + 1) +
                "', mods = 'CTRL|SHIFT', action = { SendString = 'text " + std::to_string(number * 1000 + i) +
                "' } }, -- sends a text\n";
    text += "}\n\nM.colors = {\n";
    for (int i = 0; i < 32; ++i)
        text += "    color_" + std::to_string(i) + " = '#" + std::to_string(100000 + number * 997 + i * 31) +
                "',\n";
    text += "}\n\n";
    for (int i = 0; i < 6; ++i) {
        const std::string n = std::to_string(i);
        text += "-- A title in a form that fits.\nfunction M.title_" + n +
                "(tab, max_width)\n    local title = tab.tab_title\n    if title and #title > 0 then\n"
                "        return title:sub(1, max_width - 2)\n    end\n    for index, pane in "
                "ipairs(tab.panes or {}) do\n"
                "        if pane.is_active and index > " +
                n + " then\n            return pane.title .. ' " + n +
                "'\n        end\n    end\n    return ('%d: %s'):format(tab.tab_index + 1, title or "
                "'untitled')\nend\n\n";
    }
    return text + "return M\n";
}

std::size_t make_configuration(const fs::path& folder) {
    std::size_t bytes = 0;
    std::string main = "local all = {}\n";
    for (int i = 0; i < modules; ++i) {
        const std::string text = module_text(i);
        bytes += text.size();
        write(folder / ("part" + std::to_string(i) + ".lua"), text);
        main += "all[#all + 1] = require 'part" + std::to_string(i) + "'\n";
    }
    main += "return { parts = #all, first = all[1].keys[1].key }\n";
    write(folder / "main.lua", main);
    return bytes + main.size();
}

/// CPU times, so that other programs do not count.
struct Timer {
    std::int64_t start = script::thread_cpu_ns();
    double us() const { return static_cast<double>(script::thread_cpu_ns() - start) / 1000; }
};

enum class What { compile, require };

/// One start: every module read, compiled (or found), and, for `require`, run.
class Start {
public:
    explicit Start(fs::path folder) : folder_{std::move(folder)} { uv_loop_init(&loop_); }
    ~Start() { uv_loop_close(&loop_); }

    double run(What what, const std::string& directory, int* hits = nullptr) {
        lua::Memory memory{std::size_t{1} << 30};
        lua_State* L = lua_newstate(&lua::Memory::allocate, &memory);
        luaL_openlibs(L);
        lua_gc(L, LUA_GCSTOP); // the same in all variants
        script::JobPool jobs{&loop_};
        double us = 0;
        {
            script::BytecodeCache cache{directory, 64U << 20, jobs,
                                        [](const std::string& m) { std::puts(m.c_str()); }};
            script::ChunkCompiler compiler{cache};
            std::vector<std::pair<std::string, std::string>> texts;
            const auto name = [](int i) { return "part" + std::to_string(i) + ".lua"; };
            if (what == What::compile)
                for (int i = 0; i < modules; ++i)
                    texts.emplace_back(name(i), *script::read_source(folder_ / name(i)));
            const Timer timer;
            for (int i = 0; i < modules; ++i) {
                const std::string read =
                    what == What::compile ? std::string{} : *script::read_source(folder_ / name(i));
                const std::string& text =
                    what == What::compile ? texts[static_cast<std::size_t>(i)].second : read;
                // The digest is a cost of the cache.
                const auto digest = directory.empty() ? script::Digest{} : script::digest_of(text);
                const auto from = compiler.push(L, text, digest, "@" + name(i));
                if (hits && from == script::ChunkCompiler::From::bytecode) ++*hits;
                if (what == What::require) {
                    lua_call(L, 0, 1);
                    lua_setglobal(L, name(i).c_str());
                } else {
                    lua_pop(L, 1);
                }
            }
            us = timer.us();
            compiler.loaded();
            while (!directory.empty() && compiler.store_one(L)) {
            }
            while (jobs.running() > 0) uv_run(&loop_, UV_RUN_ONCE);
        }
        lua_close(L);
        return us;
    }

private:
    fs::path folder_;
    uv_loop_t loop_{};
};

/// Two series, so that each kind of start has the same kind before it: a warm one does not come right after
/// the writing of the cache.
void measure_starts(const fs::path& folder) {
    const std::string cache = folder / "cache";
    Start start{folder};
    std::printf(
        "| what, %d starts each in turn | no cache | warm | no cache ÷ warm | no cache | cold | cold ÷ no "
        "cache |\n|---|---|---|---|---|---|---|\n",
        rounds);
    for (const What what : {What::compile, What::require}) {
        Times none, warm, speedups;
        start.run(what, cache); // fills it
        for (int i = 0; i < rounds; ++i) {
            int hits = 0;
            none.push_back(start.run(what, {}));
            warm.push_back(start.run(what, cache, &hits));
            if (hits != modules) std::printf("only %d of %d came from the cache\n", hits, modules);
            speedups.push_back(none.back() / warm.back());
        }
        Times none_again, cold, losses;
        for (int i = 0; i < rounds; ++i) {
            // Alternately first: what comes right after the writing of the cache is a little slower.
            fs::remove_all(cache);
            if (i % 2 == 0) none_again.push_back(start.run(what, {}));
            cold.push_back(start.run(what, cache));
            if (i % 2 != 0) none_again.push_back(start.run(what, {}));
            losses.push_back(cold.back() / none_again.back());
        }
        std::printf("| %s | %.0f µs | %.0f µs | %.1f | %.0f µs | %.0f µs | %.3f |\n",
                    what == What::compile ? "compile" : "read + compile + execute", quantile(none, 0.5),
                    quantile(warm, 0.5), quantile(speedups, 0.5), quantile(none_again, 0.5),
                    quantile(cold, 0.5), quantile(losses, 0.5));
    }
}

// --- reload

struct App {
    std::int64_t number = 0;
};
const auto app_schema = schema<App>("App").field("number", &App::number);

std::size_t resident_kib() {
    std::ifstream file{"/proc/self/statm"};
    std::size_t total = 0, resident = 0;
    file >> total >> resident;
    return resident * 4;
}

class Host {
public:
    Host(const fs::path& folder, bool watch) : folder_{folder} {
        save(0);
        EngineOptions options;
        options.config = folder / "reload.lua";
        options.cache_directory = folder / "cache";
        options.waker = [this] { woken_.release(); };
        debounce_us_ = static_cast<double>(options.reload_debounce.count());
        Module host{"host"};
        host.function("on",
                      [](Script& script, std::string event, Function f) { script.on(event, std::move(f)); });
        host.function("watching", [watch](Script& script) { script.reload_on_change(watch); });
        options.modules.push_back(std::move(host));
        engine_ = std::make_unique<Engine>(std::move(options));
        engine_->pure_event("title");
        engine_->publish(app_schema.make({1}));
        view_ = engine_->view("title");
        wait_for("0");
    }
    void save(int value) {
        const fs::path next = folder_ / "reload.lua.next";
        std::string text = "local host = require 'host' host.watching()\nlocal all = {}\n";
        for (int i = 0; i < modules; ++i) text += "all[#all + 1] = require 'part" + std::to_string(i) + "'\n";
        write(next,
              text + "host.on('title', function() return '" + std::to_string(value) + "' end)\nreturn {}\n");
        fs::rename(next, folder_ / "reload.lua");
    }
    void wait_for(const std::string& value) {
        while (view_.latest().text() != value) {
            static_cast<void>(woken_.try_acquire_for(5ms));
            engine_->load();
        }
    }
    Engine& engine() { return *engine_; }
    double debounce_us() const { return debounce_us_; }

private:
    fs::path folder_;
    std::counting_semaphore<> woken_{0};
    std::unique_ptr<Engine> engine_;
    View view_;
    double debounce_us_ = 0;
};

void measure_reloads(const fs::path& folder) {
    Times times;
    {
        Host host{folder, true};
        for (int i = 1; i <= reloads; ++i) {
            const double start = now_us();
            host.save(i);
            host.wait_for(std::to_string(i));
            times.push_back(now_us() - start - host.debounce_us());
            std::this_thread::sleep_for(20ms);
        }
    }
    std::printf("\n| save → new value in its view, beyond the debounce of 50 ms, %d reloads | p50 %.1f ms | "
                "p99 %.1f ms | max %.1f ms |\n",
                reloads, quantile(times, 0.5) / 1000, quantile(times, 0.99) / 1000,
                quantile(times, 1) / 1000);
    Host host{folder, false};
    std::size_t before = 0;
    for (int i = 1; i <= memory_reloads; ++i) {
        host.save(i);
        host.engine().reload();
        host.wait_for(std::to_string(i));
        if (i == memory_reloads / 10) before = resident_kib();
    }
    std::printf("| resident memory after %d reloads and after %d | %zu KiB | %zu KiB |\n",
                memory_reloads / 10, memory_reloads, before, resident_kib());
}

} // namespace

int main(int count, char** arguments) {
    std::string name = fs::temp_directory_path() / "lunette-cache-bench-XXXXXX";
    const fs::path folder = count > 1 ? fs::path{arguments[1]} : fs::path{mkdtemp(name.data())};
    fs::create_directories(folder);
    std::printf("%zu bytes of Lua in %d files\n\n", make_configuration(folder), modules + 1);
    measure_starts(folder);
    measure_reloads(folder);
    if (count <= 1) fs::remove_all(folder);
}
