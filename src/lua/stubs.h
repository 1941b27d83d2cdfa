#pragma once

#include <string>
#include <vector>

#include <lunette/bind.h>

namespace lunette::lua {

/// What the modules and objects offer, as a definition file for the Lua language server: types from schemas
/// and from doc() signatures, sentences from doc(). Throws std::invalid_argument as ObjectTypes does.
std::string stubs(const std::vector<Module>& modules, const std::vector<Object>& objects);

} // namespace lunette::lua
