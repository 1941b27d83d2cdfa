#pragma once

#include <string_view>

// Glue that is shorter in Lua. Each chunk gets the module's table and the library's own functions. Functions
// whose names end in "_" are for the chunk alone: it takes them out of the table.
namespace lunette::wezterm {

extern const std::string_view core_chunk;     // lua_core.cpp
extern const std::string_view action_chunk;   // lua_core.cpp
extern const std::string_view log_chunk;      // lua_log.cpp
extern const std::string_view host_chunk;     // lua_host.cpp
extern const std::string_view plugin_chunk;   // lua_host.cpp
extern const std::string_view stand_in_chunk; // lua_stand_in.cpp

} // namespace lunette::wezterm
