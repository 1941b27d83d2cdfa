#pragma once

#include <lunette/bind.h>

#include "lua/lua_api.h"
#include "lua/vm.h"

namespace lunette::lua {

/// Makes the module's table and puts it into package.loaded, its submodules under "outer.inner" too. In this
/// order: constants, values, functions, submodules, chunks. The module outlives the Vm.
Expected<void> install_module(Vm& vm, const Module& module);

} // namespace lunette::lua
