#include "script/io/std_io.h"

#include <string>

#include "script/io/std_lua.h"
#include "script/io/std_natives.h"

namespace lunette::script {
namespace {

Module files_module() {
    Module module{"lunette.std.files"};
    add_file_natives(module);
    add_process_natives(module);
    std::string chunk{files_reading};
    chunk.append(files_methods).append(files_opening);
    module.chunk("lunette.std.files", chunk);
    return module;
}

Module clock_module() {
    Module module{"lunette.std.clock"};
    add_clock_natives(module);
    module.chunk("lunette.std.clock", clock_chunk);
    return module;
}

Module io_module() {
    Module module{"lunette.io"};
    add_child_functions(module);
    add_directory_functions(module);
    module.function("reads_file", [](Script& script, std::string_view path) { script.reads_file(path); })
        .function("reads_clock",
                  [](Script& script, std::int64_t us) { script.reads_clock(std::chrono::microseconds{us}); });
    module.chunk("lunette.io", lunette_io_chunk);
    return module;
}

} // namespace

std::vector<Module> standard_modules() {
    std::vector<Module> modules;
    modules.push_back(files_module());
    modules.push_back(clock_module());
    modules.push_back(io_module());
    return modules;
}

} // namespace lunette::script
