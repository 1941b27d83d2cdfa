#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>

// What /proc says about a process. Any thread; may read files, so never on the UI thread.
namespace lunette::wezterm {

struct ProcessStat {
    std::string name; // as the kernel knows it: at most 15 bytes
    char state = '?';
    std::int64_t parent = 0;
    std::int64_t terminal_group = 0; // the foreground process group of its terminal, or -1
    std::int64_t start_ticks = 0;    // since boot
};

// Nothing when there is no such process, or it may not be read.
std::optional<ProcessStat> process_stat(std::int64_t pid);
std::optional<std::string> process_executable(std::int64_t pid);
std::optional<std::string> process_directory(std::int64_t pid);

// The leader of the foreground process group of the terminal that `pid` runs on.
std::optional<std::int64_t> foreground_process(std::int64_t pid);

// LocalProcessInfo with all descendants, as a map; nil when there is no such process. Cost: a scan of /proc.
Value process_info(std::int64_t pid);

} // namespace lunette::wezterm
