#pragma once

#include "lua/lua_api.h"

namespace lunette::lua {
class Vm;
}

namespace lunette::script {

class Generation;

/// The C functions that tasks start with. Each takes its RunContext as light userdata, and may be preempted
/// and suspended inside the handlers that it calls.
namespace handler_calls {

/// Calls the first handler with a memo entry's arguments; returns its result.
int pure(lua_State* L);
/// Calls an event's handlers in order with the context's arguments; one that returns false ends it.
int effect(lua_State* L);
/// Calls the context's function.
int timer(lua_State* L);
/// Evaluates the main file; returns what it returns.
int load(lua_State* L);

} // namespace handler_calls

/// Adds the functions that chunks of modules get from the library: `emit(event, …)`, which runs handlers
/// within the calling task and returns false if one of them did.
void install_library_functions(lua::Vm& vm, Generation& generation);

} // namespace lunette::script
