#include "lua/install.h"

#include "lua/call.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"

namespace lunette::lua {

namespace {

void run_chunk(lua_State* L, Vm& vm, const std::string& name, const std::string& source, int module,
               int hidden) {
    const std::string chunk_name = own_chunk_name(name);
    if (luaL_loadbufferx(L, source.data(), source.size(), chunk_name.c_str(), "t") != LUA_OK) lua_error(L);
    lua_pushvalue(L, module);
    vm.push_library(L);
    lua_pushvalue(L, hidden);
    lua_call(L, 3, 0);
}

/// Into the table at an index.
void set_functions(lua_State* L, Vm& vm, const std::vector<BoundFunction>& functions, const std::string& path,
                   int table) {
    for (const BoundFunction& function : functions) {
        push_text(L, function.name);
        push_bound_function(L, vm.add_entry({&function, nullptr, path + "." + function.name, {}}));
        lua_rawset(L, table);
    }
}

/// Leaves the module's table on the stack.
void push_module(lua_State* L, Vm& vm, const Module& module, const std::string& path) {
    need(L, 12);
    lua_newtable(L);
    const int table = lua_gettop(L);
    for (const auto& [name, value] : module.constants()) {
        push_text(L, name);
        push_value(L, value);
        lua_rawset(L, table);
    }
    for (const auto& [name, get] : module.values()) {
        push_text(L, name);
        push_value(L, get(vm.host().script()));
        lua_rawset(L, table);
    }
    set_functions(L, vm, module.functions(), path, table);
    for (const Module& inner : module.submodules()) {
        push_text(L, inner.name());
        push_module(L, vm, inner, path + "." + inner.name());
        lua_rawset(L, table);
    }
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    push_text(L, path);
    lua_pushvalue(L, table);
    lua_rawset(L, -3);
    lua_settop(L, table);
    if (module.chunks().empty()) return;
    lua_newtable(L);
    set_functions(L, vm, module.hidden_functions(), path, table + 1);
    for (const auto& [name, source] : module.chunks()) run_chunk(L, vm, name, source, table, table + 1);
    lua_settop(L, table);
}

} // namespace

Expected<void> install_module(Vm& vm, const Module& module) {
    return vm.protect([&](lua_State* L) { push_module(L, vm, module, module.name()); });
}

} // namespace lunette::lua
