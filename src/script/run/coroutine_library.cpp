#include "script/run/coroutine_library.h"

#include <string_view>
#include <vector>

#include "lua/preempt.h"
#include "script/run/preempt.h"
#include "script/run/run_state.h"
#include "script/run/task.h"

namespace lunette::script {

namespace {

RunState& state_of(lua_State* L) { return *static_cast<RunState*>(lua_touserdata(L, lua_upvalueindex(1))); }

lua_State* coroutine_argument(lua_State* L) {
    lua_State* co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

const char* status_name(RunState& state, lua_State* L, lua_State* co) {
    if (L == co) return "running";
    if (state.suspended_by_system.contains(co)) return "normal";
    switch (lua_status(co)) {
    case LUA_YIELD: return "suspended";
    case LUA_OK: {
        lua_Debug ar;
        if (lua_getstack(co, 0, &ar)) return "normal";
        return lua_gettop(co) == 0 ? "dead" : "suspended";
    }
    default: return "dead";
    }
}

/// Closes the pending variables of a coroutine that is left. Their handlers run on `co` and cannot yield.
int reset_tracked(RunState& state, lua_State* L, lua_State* co) {
    ++state.blocked_links;
    state.running.store(co, std::memory_order_relaxed);
    if (state.requested.load(std::memory_order_relaxed) || state.kill) arm_preempt(co);
    const int status = lua_resetthread(co);
    state.running.store(L, std::memory_order_relaxed);
    --state.blocked_links;
    if (state.requested.load(std::memory_order_relaxed) || state.kill) arm_preempt(L);
    return status;
}

/// Moves the outcome of a finished or yielded coroutine to L. Returns the number of results, or -1 with the
/// error object pushed.
int collect(lua_State* L, lua_State* co, int status, int results) {
    if (status == LUA_OK || status == LUA_YIELD) {
        if (!lua_checkstack(L, results + 1)) {
            lua_pop(co, results);
            lua_pushliteral(L, "too many results to resume");
            return -1;
        }
        lua_xmove(co, L, results);
        return results;
    }
    lua_xmove(co, L, 1);
    return -1;
}

/// Runs `co` until it ends or yields for its user. When the system takes the thread away it yields L too,
/// with `k`, which calls this again.
int run(lua_State* L, lua_State* co, int arguments, lua_KFunction k) {
    RunState& state = state_of(L);
    state.check(L);
    int results = 0;
    const int status = resume_tracked(state, co, L, arguments, &results);
    if (status == LUA_YIELD && yielded_by_system(state, co, results)) {
        state.suspended_by_system.insert(co);
        state.task->links.push_back(co);
        return lua_yieldk(L, 0, reinterpret_cast<lua_KContext>(co), k); // does not return
    }
    state.check(L);
    return collect(L, co, status, results);
}

/// Goes on with a chain that the system had suspended.
int run_on(lua_State* L, lua_KContext context, lua_KFunction k) {
    auto* co = reinterpret_cast<lua_State*>(context);
    RunState& state = state_of(L);
    state.suspended_by_system.erase(co);
    std::erase(state.task->links, co);
    return run(L, co, 0, k);
}

int resume_results(lua_State* L, int results) {
    if (results < 0) {
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    lua_insert(L, -(results + 1));
    return results + 1;
}

int resume_k(lua_State* L, int, lua_KContext context) {
    return resume_results(L, run_on(L, context, resume_k));
}

bool may_resume(lua_State* L, RunState& state, lua_State* co) {
    if (state.suspended_by_system.contains(co)) {
        lua_pushliteral(L, "cannot resume non-suspended coroutine");
        return false;
    }
    return true;
}

int coroutine_resume(lua_State* L) {
    lua_State* co = coroutine_argument(L);
    RunState& state = state_of(L);
    const int arguments = lua_gettop(L) - 1;
    if (!may_resume(L, state, co)) return resume_results(L, -1);
    if (!lua_checkstack(co, arguments)) {
        lua_pushliteral(L, "too many arguments to resume");
        return resume_results(L, -1);
    }
    lua_xmove(L, co, arguments);
    return resume_results(L, run(L, co, arguments, resume_k));
}

int wrap_results(lua_State* L, lua_State* co, int results) {
    if (results >= 0) return results;
    const int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        // An error in the coroutine: close its pending variables, whose error then wins (lcorolib of 5.4).
        const int closed = reset_tracked(state_of(L), L, co);
        if (closed != LUA_OK && lua_gettop(co) > 0) {
            lua_xmove(co, L, 1);
        }
    }
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

int wrap_k(lua_State* L, int, lua_KContext context) {
    return wrap_results(L, reinterpret_cast<lua_State*>(context), run_on(L, context, wrap_k));
}

int coroutine_wrap_call(lua_State* L) {
    lua_State* co = lua_tothread(L, lua_upvalueindex(2));
    RunState& state = state_of(L);
    const int arguments = lua_gettop(L);
    if (!may_resume(L, state, co)) return wrap_results(L, co, -1);
    if (!lua_checkstack(co, arguments)) return luaL_error(L, "too many arguments to resume");
    lua_xmove(L, co, arguments);
    return wrap_results(L, co, run(L, co, arguments, wrap_k));
}

int coroutine_create(lua_State* L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State* co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

int coroutine_wrap(lua_State* L) {
    RunState& state = state_of(L);
    coroutine_create(L);
    lua_pushlightuserdata(L, &state);
    lua_insert(L, -2);
    lua_pushcclosure(L, coroutine_wrap_call, 2);
    return 1;
}

int coroutine_yield(lua_State* L) {
    if (L == state_of(L).task_thread) return luaL_error(L, "attempt to yield from outside a coroutine");
    return lua_yield(L, lua_gettop(L));
}

int coroutine_status(lua_State* L) {
    lua_pushstring(L, status_name(state_of(L), L, coroutine_argument(L)));
    return 1;
}

int coroutine_isyieldable(lua_State* L) {
    lua_State* co = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
    lua_pushboolean(L, co != state_of(L).task_thread && lua_isyieldable(co));
    return 1;
}

int coroutine_running(lua_State* L) {
    lua_pushthread(L);
    lua_pushboolean(L, L == state_of(L).task_thread);
    return 2;
}

int coroutine_close(lua_State* L) {
    lua_State* co = coroutine_argument(L);
    RunState& state = state_of(L);
    const std::string_view status = status_name(state, L, co);
    if (status != "suspended" && status != "dead")
        return luaL_error(L, "cannot close a %s coroutine", status.data());
    const int closed = reset_tracked(state, L, co);
    state.check(L);
    if (closed == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

// --- protected calls

int finish_pcall(lua_State* L, int status, lua_KContext extra) {
    if (status != LUA_OK && status != LUA_YIELD) {
        state_of(L).check(L); // a kill is not an error that can be caught
        lua_pushboolean(L, 0);
        lua_pushvalue(L, -2);
        return 2;
    }
    return lua_gettop(L) - static_cast<int>(extra);
}

int protected_call(lua_State* L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    return finish_pcall(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall), 0);
}

int protected_call_with_handler(lua_State* L) {
    const int arguments = lua_gettop(L) - 2;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    return finish_pcall(L, lua_pcallk(L, arguments, LUA_MULTRET, 2, 2, finish_pcall), 2);
}

} // namespace

int resume_tracked(RunState& state, lua_State* co, lua_State* from, int arguments, int* results) {
    const int blocked = from && !lua_isyieldable(from) ? 1 : 0;
    state.blocked_links += blocked;
    lua_State* outer = state.running.exchange(co, std::memory_order_relaxed);
    // A request that came while the outer coroutine ran holds for this one too.
    if (state.requested.load(std::memory_order_relaxed) || state.kill) arm_preempt(co);
    const int status = lua_resume(co, from, arguments, results);
    state.running.store(outer, std::memory_order_relaxed);
    state.blocked_links -= blocked;
    if (outer && (state.requested.load(std::memory_order_relaxed) || state.kill)) arm_preempt(outer);
    return status;
}

bool yielded_by_system(RunState& state, lua_State* co, int results) {
    if (state.reason != YieldReason::none) return true;
    if (results == 1 && lua_islightuserdata(co, -1) && lua_touserdata(co, -1) == lua::preempt_sentinel()) {
        lua_pop(co, 1);
        state.reason = state.kill ? YieldReason::killed : YieldReason::preempted;
        return true;
    }
    return false;
}

void install_run_library(lua_State* L, RunState& state) {
    const luaL_Reg coroutine_functions[] = {
        {"create", coroutine_create},
        {"resume", coroutine_resume},
        {"running", coroutine_running},
        {"status", coroutine_status},
        {"wrap", coroutine_wrap},
        {"yield", coroutine_yield},
        {"close", coroutine_close},
        {"isyieldable", coroutine_isyieldable},
        {nullptr, nullptr},
    };
    lua_getglobal(L, LUA_COLIBNAME);
    lua_pushlightuserdata(L, &state);
    luaL_setfuncs(L, coroutine_functions, 1);
    lua_pop(L, 1);

    const luaL_Reg globals[] = {
        {"pcall", protected_call}, {"xpcall", protected_call_with_handler}, {nullptr, nullptr}};
    lua_pushglobaltable(L);
    lua_pushlightuserdata(L, &state);
    luaL_setfuncs(L, globals, 1);
    lua_pop(L, 1);
}

} // namespace lunette::script
