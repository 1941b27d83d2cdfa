#include "lua/vm.h"

#include <limits>
#include <stdexcept>

#include "lua/base_library.h"
#include "lua/error_text.h"
#include "lua/lazy_table.h"
#include "lua/place.h"

namespace lunette::lua {

namespace {

struct Body {
    void (*run)(lua_State*, void*);
    void* data;
};

int run_body(lua_State* L) {
    const Body& body = *static_cast<Body*>(lua_touserdata(L, 1));
    lua_settop(L, 0);
    return guarded(L, [&] {
        body.run(L, body.data);
        return 0;
    });
}

int panic(lua_State* L) { throw std::runtime_error{"unprotected Lua error: " + describe_error(L, -1)}; }

struct Probe {
    bool* destroyed;
    ~Probe() { *destroyed = true; }
};

int fail_with_probe(lua_State* L) {
    const Probe probe{static_cast<bool*>(lua_touserdata(L, 1))};
    lua_pushnil(L);
    return lua_error(L);
}

bool errors_run_destructors(lua_State* L) {
    bool destroyed = false;
    lua_pushcfunction(L, fail_with_probe);
    lua_pushlightuserdata(L, &destroyed);
    lua_pcall(L, 1, 0, 0);
    lua_settop(L, 0);
    return destroyed;
}

} // namespace

Vm::Vm(Host& host, const std::vector<Object>& objects, VmOptions options)
    : host_{&host},
      memory_{options.heap_limit},
      objects_{objects},
      options_{std::move(options)},
      anchor_{std::make_shared<lua_State*>(nullptr)} {
    state_ = lua_newstate(&Memory::allocate, &memory_);
    if (!state_) throw std::runtime_error{"no memory for a Lua state"};
    lua_atpanic(state_, panic);
    *static_cast<Vm**>(lua_getextraspace(state_)) = this;
    *anchor_ = state_;
    std::string problem;
    if (!errors_run_destructors(state_))
        problem = "this Lua skips C++ destructors on errors: link the C++ build (lua5.4-c++)";
    else if (const auto opened = protect([this](lua_State* L) { open(L); }); !opened)
        problem = opened.error().message;
    if (!problem.empty()) {
        lua_close(state_);
        throw std::runtime_error{problem};
    }
}

Vm::~Vm() {
    *anchor_ = nullptr;
    memory_.set_limit(std::numeric_limits<std::size_t>::max());
    lua_close(state_);
}

void Vm::open(lua_State* L) {
    open_libraries(L);
    lua_getglobal(L, "next");
    next_ = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    library_ = luaL_ref(L, LUA_REGISTRYINDEX);

    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    handles_ = luaL_ref(L, LUA_REGISTRYINDEX);

    // The metatable of buffers is made now, so that later nothing is allocated between a buffer's userdata
    // and its block: Memory tells it from a table by that.
    luaL_Buffer buffer;
    luaL_buffinitsize(L, &buffer, 2 * LUAL_BUFFERSIZE);
    luaL_pushresultsize(&buffer, 0);
    lua_pop(L, 1);

    push_new_lazy_metatable(L);
    lazy_metatable_address_ = lua_topointer(L, -1);
    lazy_metatable_ = luaL_ref(L, LUA_REGISTRYINDEX);
    replace_base_functions(L);
}

Expected<void> Vm::protect(void (*run)(lua_State*, void*), void* data) {
    const int top = lua_gettop(state_);
    Body body{run, data};
    if (!lua_checkstack(state_, 2)) return failure("stack overflow");
    lua_pushcfunction(state_, run_body);
    lua_pushlightuserdata(state_, &body);
    if (lua_pcall(state_, 1, 0, 0) == LUA_OK) return {};
    auto error = failure(describe_error(state_, -1));
    lua_settop(state_, top);
    return error;
}

void Vm::push_library(lua_State* L) { lua_rawgeti(L, LUA_REGISTRYINDEX, library_); }
void Vm::push_handles(lua_State* L) { lua_rawgeti(L, LUA_REGISTRYINDEX, handles_); }
void Vm::push_next(lua_State* L) { lua_rawgeti(L, LUA_REGISTRYINDEX, next_); }
void Vm::push_lazy_metatable(lua_State* L) { lua_rawgeti(L, LUA_REGISTRYINDEX, lazy_metatable_); }

} // namespace lunette::lua
