#pragma once

#include <lunette/record.h>

#include <string>

namespace lunette::model {
struct KeyAssignment;
}

namespace lunette::cli {

// A Lua expression that gives this value.
std::string lua_text(const Value& value);
// With wezterm.action as `act`.
std::string lua_text(const model::KeyAssignment& action);

} // namespace lunette::cli
