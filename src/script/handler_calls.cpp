#include "script/handler_calls.h"

#include <algorithm>

#include "lua/function.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"
#include "lua/vm.h"
#include "script/generation.h"

namespace lunette::script {

namespace {

RunContext& context_at(lua_State* L, int index) {
    return *static_cast<RunContext*>(lua_touserdata(L, index));
}

bool is_false(lua_State* L, int index) { return lua_isboolean(L, index) && !lua_toboolean(L, index); }

int first_result(lua_State*, int, lua_KContext) { return 1; }

int prevented(lua_State* L) {
    context_at(L, 1).prevented = true;
    return 0;
}

int effect_from(lua_State* L, std::size_t handler);

int effect_next(lua_State* L, int, lua_KContext handler) {
    if (is_false(L, -1)) return prevented(L);
    return effect_from(L, static_cast<std::size_t>(handler) + 1);
}

int effect_from(lua_State* L, std::size_t handler) {
    RunContext& run = context_at(L, 1);
    for (; handler < run.handlers; ++handler) {
        lua_settop(L, 1);
        run.generation->begin_handler(run, handler);
        lua::push_function(L, run.event->handlers[handler]);
        lua::need(L, static_cast<int>(run.arguments.size()) + 4);
        for (const Value& argument : run.arguments) lua::push_value(L, argument);
        lua_callk(L, static_cast<int>(run.arguments.size()), 1, static_cast<lua_KContext>(handler),
                  effect_next);
        if (is_false(L, -1)) return prevented(L);
    }
    return 0;
}

// --- emit(event, …) for Lua

int emit_from(lua_State* L, std::size_t handler);

int emit_next(lua_State* L, int, lua_KContext handler) {
    if (is_false(L, -1)) return 1;
    return emit_from(L, static_cast<std::size_t>(handler) + 1);
}

/// Stack: event name, light userdata of the event, count, arguments…
int emit_from(lua_State* L, std::size_t handler) {
    auto& event = *static_cast<Event*>(lua_touserdata(L, 2));
    const auto count = static_cast<std::size_t>(lua_tointeger(L, 3));
    const int arguments = static_cast<int>(lua_tointeger(L, 4));
    constexpr int fixed = 4;
    for (; handler < count && handler < event.handlers.size(); ++handler) {
        lua_settop(L, fixed + arguments);
        lua::need(L, arguments + 4);
        lua::push_function(L, event.handlers[handler]);
        for (int i = 1; i <= arguments; ++i) lua_pushvalue(L, fixed + i);
        lua_callk(L, arguments, 1, static_cast<lua_KContext>(handler), emit_next);
        if (is_false(L, -1)) return 1;
    }
    lua_pushboolean(L, 1);
    return 1;
}

int emit(lua_State* L) {
    auto& generation = *static_cast<Generation*>(lua_touserdata(L, lua_upvalueindex(1)));
    const char* name = luaL_checkstring(L, 1);
    Event* event = generation.events().find(name);
    if (!event || event->handlers.empty()) {
        lua_pushboolean(L, 1);
        return 1;
    }
    const int arguments = lua_gettop(L) - 1;
    lua_pushlightuserdata(L, event);
    lua_insert(L, 2);
    lua_pushinteger(L, static_cast<lua_Integer>(event->handlers.size()));
    lua_insert(L, 3);
    lua_pushinteger(L, arguments);
    lua_insert(L, 4);
    return emit_from(L, 0);
}

} // namespace

int handler_calls::pure(lua_State* L) {
    return lua::guarded(L, [L] {
        RunContext& run = context_at(L, 1);
        run.generation->begin_handler(run, 0);
        run.revision = std::min(run.revision, run.entry->revision);
        lua::push_function(L, run.event->handlers.front());
        lua::need(L, static_cast<int>(run.entry->arguments.size()) + 4);
        for (const Argument& argument : run.entry->arguments) lua::push_argument(L, argument);
        lua_callk(L, static_cast<int>(run.entry->arguments.size()), 1, 0, first_result);
        return 1;
    });
}

int handler_calls::effect(lua_State* L) {
    return lua::guarded(L, [L] {
        RunContext& run = context_at(L, 1);
        run.handlers = run.event->handlers.size();
        return effect_from(L, 0);
    });
}

int handler_calls::timer(lua_State* L) {
    RunContext& run = context_at(L, 1);
    lua::push_function(L, run.function);
    lua_callk(L, 0, 0, 0, [](lua_State*, int, lua_KContext) { return 0; });
    return 0;
}

int handler_calls::load(lua_State* L) {
    return lua::guarded(L, [L] {
        RunContext& run = context_at(L, 1);
        run.generation->push_main(L);
        lua_callk(L, 0, 1, 0, first_result);
        return 1;
    });
}

void install_library_functions(lua::Vm& vm, Generation& generation) {
    lua_State* L = vm.state();
    vm.push_library(L);
    lua_pushlightuserdata(L, &generation);
    lua_pushcclosure(L, emit, 1);
    lua_setfield(L, -2, "emit");
    lua_pop(L, 1);
}

} // namespace lunette::script
