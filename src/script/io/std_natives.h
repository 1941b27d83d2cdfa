#pragma once

#include <lunette/bind.h>

namespace lunette::script {

// The C++ halves of the standard replacements; what Lua sees is made of them by the chunks of std_lua.h.
// Functions that touch files return nil, message and errno like Lua's own.

void add_file_natives(Module& module);
void add_process_natives(Module& module);
void add_clock_natives(Module& module);

// Of the public module "lunette.io".
void add_child_functions(Module& module);
void add_directory_functions(Module& module);

} // namespace lunette::script
