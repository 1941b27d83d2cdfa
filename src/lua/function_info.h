#pragma once

#include <lunette/bind.h>

namespace lunette::lua {

/// How many parameters a function declares; 255 when it is variadic or not written in Lua.
int parameter_count(const Function& function);

} // namespace lunette::lua
