#include "wezterm/modules.h"
#include "wezterm/process_table.h"

#include <chrono>
#include <unistd.h>

namespace lunette::wezterm {

namespace {

constexpr std::chrono::seconds freshness{1};

} // namespace

Module procinfo_module() {
    Module procinfo{"procinfo"};
    procinfo.function("pid", [] { return static_cast<std::int64_t>(::getpid()); })
        .function("get_info_for_pid",
                  [](Script& script, std::int64_t pid) {
                      script.reads_clock(freshness);
                      return process_info(pid);
                  })
        .function("current_working_dir_for_pid",
                  [](Script& script, std::int64_t pid) {
                      script.reads_clock(freshness);
                      return process_directory(pid);
                  })
        .function("executable_path_for_pid", [](Script& script, std::int64_t pid) {
            script.reads_clock(freshness);
            return process_executable(pid);
        });
    return procinfo;
}

} // namespace lunette::wezterm
