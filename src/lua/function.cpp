#include "lua/function.h"

#include "lua/stack.h"
#include "lua/vm.h"

namespace lunette {

Function::Held::~Held() {
    // Neither raises nor allocates: the slots exist.
    if (*anchor_ && reference_ != LUA_NOREF) luaL_unref(*anchor_, LUA_REGISTRYINDEX, reference_);
}

void Function::Held::take(lua_State* L) { reference_ = luaL_ref(L, LUA_REGISTRYINDEX); }

std::string Function::where() const {
    lua_State* L = held_ ? held_->state() : nullptr;
    if (!L || !lua_checkstack(L, 1)) return {};
    lua_rawgeti(L, LUA_REGISTRYINDEX, held_->reference());
    if (!lua_isfunction(L, -1)) {
        lua_pop(L, 1);
        return {};
    }
    lua_Debug about;
    lua_getinfo(L, ">S", &about);
    if (about.linedefined < 0) return about.short_src;
    return std::string{about.short_src} + ":" + std::to_string(about.linedefined);
}

} // namespace lunette

namespace lunette::lua {

Function hold_function(lua_State* L, int index) {
    index = lua_absindex(L, index);
    auto held = std::make_shared<Function::Held>(Vm::of(L).anchor());
    need(L, 3);
    lua_pushvalue(L, index);
    held->take(L);
    return Function{std::move(held)};
}

void push_function(lua_State* L, const Function& function) {
    need(L, 1);
    const auto& held = function.held();
    if (held && held->state() == Vm::of(L).state())
        lua_rawgeti(L, LUA_REGISTRYINDEX, held->reference());
    else
        lua_pushnil(L);
}

} // namespace lunette::lua
