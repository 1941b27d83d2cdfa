#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lua/error_text.h"
#include "lua/fake_host.h"
#include "lua/install.h"
#include "lua/stack.h"
#include "lua/to_value.h"

namespace lunette::lua::test {

struct Pane {
    std::int64_t pane_id = 0;
    std::string title;
    std::optional<std::string> tty_name{};
    Value user_vars{};
};

struct Tab {
    std::int64_t tab_id = 0;
    std::string title;
    bool is_active = false;
    double share = 0.5;
    List<Pane> panes{};
    Ref<Pane> active_pane{};
    std::string secret = "hidden";
};

struct Config {
    std::int64_t generation = 0;
    Value options{};
};

const TypedSchema<Pane>& pane_schema();
const TypedSchema<Tab>& tab_schema();
const TypedSchema<Config>& config_schema();

/// TabInformation and PaneInformation (pinned), Pane (live, methods).
const std::vector<Object>& objects();

Ref<Pane> make_pane(std::int64_t id, std::string title);
Ref<Tab> make_tab(std::int64_t id, std::string title, int panes);

class LuaTest : public testing::Test {
protected:
    FakeHost host;
    std::optional<Vm> vm_;

    Vm& vm() {
        if (!vm_) vm_.emplace(host, objects());
        return *vm_;
    }
    lua_State* L() { return vm().state(); }

    void set_global(const char* name, const Value& value);
    void set_field_global(const char* name, const RecordRef& record, std::string field,
                          std::string object = {});
    /// Runs a chunk named "@test.lua" in a coroutine, resuming it while it yields. Its results as values;
    /// what cannot be converted and errors come as text.
    std::vector<Value> run(const std::string& source);
    /// The first result of "return <expression>".
    Value eval(const std::string& expression);
    /// The error of a chunk that fails; "no error" when it does not.
    std::string error_of(const std::string& source);

    int yields = 0;
};

} // namespace lunette::lua::test
