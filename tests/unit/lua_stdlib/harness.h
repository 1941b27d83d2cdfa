#pragma once

#include "lua/lua_api.h"
#include "lua/preempt.h"
#include "lua/stdlib/budgeted.h"

#include <memory>
#include <string>
#include <vector>

namespace lunette::lua::test {

// Wants a yield at every question, and kills from the `deadline`-th check on.
struct EagerCheckpoint : Checkpoint {
    bool wants_yields = true;
    int deadline = -1;
    int checks = 0;

    bool wants_yield(lua_State*) override { return wants_yields; }
    void check(lua_State* L) override {
        if (++checks >= deadline && deadline > 0) luaL_error(L, "killed");
    }
};

enum class Library { stock, budgeted };

// A VM whose scripts run in a coroutine that is resumed until it ends. `record(text)` adds to the transcript.
class Script {
public:
    explicit Script(Library library);
    ~Script() { lua_close(state_); }
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;

    lua_State* state() { return state_; }
    // Runs `source` with the chunk arguments `seed` and `share`. An error's message becomes the last line,
    // after "error: ".
    std::vector<std::string> run(const std::string& source, lua_Integer seed = 0, int share = 1);
    int preemptions() const { return preemptions_; }
    int user_yields() const { return user_yields_; }

private:
    static int record(lua_State* L);

    lua_State* state_;
    std::vector<std::string> transcript_;
    int preemptions_ = 0;
    int user_yields_ = 0;
};

} // namespace lunette::lua::test
