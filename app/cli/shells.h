#pragma once

#include "model/spawn_options.h"

#include <string>
#include <vector>

// The programs that `profile` and `replay` start in their panes.
namespace lunette::cli {

// The environment of this process without what shells read at their start.
std::vector<std::string> quiet_environment();
// A shell without start-up files, history or a prompt that changes.
model::SpawnOptions quiet_shell();
// Writes back each byte that it gets, and nothing else.
model::SpawnOptions echo_program();

} // namespace lunette::cli
