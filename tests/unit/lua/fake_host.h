#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <lunette/bind.h>

#include "lua/host.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/vm.h"
#include "silent_script.h"

namespace lunette::lua::test {

struct FakeScript final : lunette::fakes::SilentScript {
    lua_State* running = nullptr;
    RecordRef root_record;
    std::vector<std::pair<LogLevel, std::string>> logged;
    std::vector<std::string> problems;
    int errors = 0; // of them
    std::vector<std::string> commands;

    RecordRef root() const override { return root_record; }
    std::uint64_t command(Command command) override {
        commands.emplace_back(command.name());
        return commands.size();
    }
    void log(LogLevel level, std::string_view message) override { logged.emplace_back(level, message); }
    void problem(bool is_error, std::string_view what) override {
        problems.emplace_back(what);
        errors += is_error;
    }
    std::string where() const override { return running ? user_place(running) : std::string{}; }
};

/// Writes down what is read, as "title", "#panes", "panes[0]", "options.font", "options?".
struct FakeHost final : Host {
    FakeScript fake_script;
    std::vector<std::string> reads;
    std::map<Id, RecordRef> live;
    std::vector<Id> missing;
    int waits_needed = 0;
    int checks = 0;
    bool eager_mode = false;

    Script& script() override { return fake_script; }
    void read_field(const RecordNode& record, int field) override { reads.push_back(name(record, field)); }
    void read_length(const RecordNode& record, int field) override {
        reads.push_back("#" + name(record, field));
    }
    void read_item(const RecordNode& record, int field, std::uint32_t index) override {
        reads.push_back(name(record, field) + "[" + std::to_string(index) + "]");
    }
    void read_key(const RecordNode& record, int field, std::string_view key) override {
        reads.push_back(name(record, field) + "." + std::string{key});
    }
    void read_kind(const RecordNode& record, int field) override {
        reads.push_back(name(record, field) + "?");
    }
    void read_missing(Id id) override { missing.push_back(id); }
    const RecordNode* newest(Id id) override {
        const auto found = live.find(id);
        return found == live.end() ? nullptr : found->second.get();
    }
    bool must_wait(lua_State*) override { return waits_needed > 0; }
    int wait(lua_State* L, lua_KContext context, lua_KFunction k) override {
        --waits_needed;
        if (lua_isyieldable(L)) return lua_yieldk(L, 0, context, k);
        return k(L, LUA_YIELD, context);
    }
    int start_async(lua_State* L, const BoundFunction& function, Call& call) override {
        lua_pushfstring(L, "async %s with %d", function.name.c_str(), call.count());
        return 1;
    }
    void check(lua_State*) override { ++checks; }
    bool eager() const override { return eager_mode; }

    static std::string name(const RecordNode& record, int field) {
        return record.schema().field(static_cast<std::size_t>(field)).name;
    }
};

} // namespace lunette::lua::test
