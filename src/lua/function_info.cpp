#include "lua/function_info.h"

#include "lua/function.h"
#include "lua/lua_api.h"

namespace lunette::lua {

int parameter_count(const Function& function) {
    constexpr int any = 255;
    lua_State* L = function.held() ? function.held()->state() : nullptr;
    if (!L || !lua_checkstack(L, 2)) return any;
    push_function(L, function);
    if (!lua_isfunction(L, -1)) {
        lua_pop(L, 1);
        return any;
    }
    lua_Debug info{};
    lua_getinfo(L, ">u", &info);
    return info.isvararg ? any : info.nparams;
}

} // namespace lunette::lua
