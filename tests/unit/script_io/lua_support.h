#pragma once

// A VM with the standard modules whose asynchronous functions simply block, and what it recorded.

#include <set>
#include <string>
#include <vector>

#include "lua/host.h"
#include "lua/install.h"
#include "lua/lua_api.h"
#include "lua/vm.h"
#include "script/io/std_io.h"
#include "script_io/support.h"
#include "silent_script.h"

namespace lunette::script::test {

class RecordingScript final : public lunette::fakes::SilentScript {
public:
    explicit RecordingScript(Clock& clock) : clock_{clock} {}

    std::set<std::string> files, environment;
    std::vector<std::int64_t> clocks;
    int random = 0;
    std::vector<std::pair<LogLevel, std::string>> logged;

    void reads_clock(std::chrono::microseconds granularity) override {
        clocks.push_back(granularity.count());
    }
    void reads_file(std::string_view path) override { files.emplace(path); }
    void reads_environment(std::string_view name) override { environment.emplace(name); }
    void reads_random() override { ++random; }
    std::int64_t now_us() const override { return clock_.now_us(); }
    std::int64_t wall_us() const override { return clock_.wall_us(); }
    void log(LogLevel level, std::string_view message) override { logged.emplace_back(level, message); }

private:
    Clock& clock_;
};

class BlockingHost final : public lua::Host {
public:
    BlockingHost(IoRuntime& runtime, Clock& clock) : runtime_{runtime}, script_{clock} {}

    RecordingScript& recorded() { return script_; }
    CallOptions options;

    Script& script() override { return script_; }
    void read_field(const RecordNode&, int) override {}
    void read_length(const RecordNode&, int) override {}
    void read_item(const RecordNode&, int, std::uint32_t) override {}
    void read_key(const RecordNode&, int, std::string_view) override {}
    void read_missing(Id) override {}
    const RecordNode* newest(Id) override { return nullptr; }
    bool must_wait(lua_State*) override { return false; }
    int wait(lua_State*, lua_KContext, lua_KFunction) override { return 0; }
    void check(lua_State*) override {}
    bool eager() const override { return false; }

    int start_async(lua_State*, const BoundFunction& function, Call& call) override {
        IoContext io{runtime_, options};
        auto body = function.async_function(io, call);
        body.start();
        runtime_.pump(io.owner(), std::chrono::hours{1}, [&] { return body.done(); });
        auto results = body.take();
        if (!results) throw BindError{results.error().message};
        for (const Value& value : *results) call.push(value);
        return static_cast<int>(results->size());
    }

private:
    IoRuntime& runtime_;
    RecordingScript script_;
};

/// What a chunk returned, each as tostring() gives it; or "error: …".
using Results = std::vector<std::string>;

inline Results run_chunk(lua_State* L, const std::string& source, const std::string& directory) {
    const int top = lua_gettop(L);
    Results results;
    lua_pushlstring(L, directory.data(), directory.size());
    lua_setglobal(L, "dir");
    if (luaL_loadbuffer(L, source.data(), source.size(), "=test") != LUA_OK ||
        lua_pcall(L, 0, LUA_MULTRET, 0) != LUA_OK) {
        const char* message = lua_tostring(L, -1);
        results.push_back(std::string{"error: "} + (message ? message : "?"));
    } else {
        for (int i = top + 1; i <= lua_gettop(L); ++i) {
            std::size_t size = 0;
            const char* text = luaL_tolstring(L, i, &size);
            results.emplace_back(text, size);
            lua_pop(L, 1);
        }
    }
    lua_settop(L, top);
    return results;
}

/// The replacements as scripts get them.
class Replaced {
public:
    explicit Replaced(Clock& clock) : runtime_{clock}, host_{runtime_, clock} {
        for (const Module& module : modules_) {
            const auto installed = lua::install_module(vm_, module);
            if (!installed) ADD_FAILURE() << installed.error().message;
        }
    }
    Results run(const std::string& source) { return run_chunk(vm_.state(), source, directory_.path()); }
    RecordingScript& recorded() { return host_.recorded(); }
    BlockingHost& host() { return host_; }
    IoRuntime& runtime() { return runtime_; }
    const TemporaryDirectory& directory() const { return directory_; }
    lua_State* state() { return vm_.state(); }

private:
    TemporaryDirectory directory_;
    IoRuntime runtime_;
    BlockingHost host_;
    std::vector<Object> objects_;
    std::vector<Module> modules_ = standard_modules();
    lua::Vm vm_{host_, objects_};
};

/// Lua's own libraries, to compare with.
class Stock {
public:
    Stock() : state_{luaL_newstate()} { luaL_openlibs(state_); }
    ~Stock() { lua_close(state_); }
    Stock(const Stock&) = delete;
    Stock& operator=(const Stock&) = delete;
    Results run(const std::string& source) { return run_chunk(state_, source, directory_.path()); }
    const TemporaryDirectory& directory() const { return directory_; }

private:
    TemporaryDirectory directory_;
    lua_State* state_;
};

} // namespace lunette::script::test
