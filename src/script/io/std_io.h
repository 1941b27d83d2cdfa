#pragma once

#include <vector>

#include <lunette/bind.h>

namespace lunette::script {

/// What replaces the blocking and impure functions of Lua's io, os and math tables, and the module
/// "lunette.io" (read_dir, glob, run_child_process, background_child_process, sleep_ms). The modules install
/// themselves into the global tables by their chunks.
std::vector<Module> standard_modules();

} // namespace lunette::script
