#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

// What /proc tells about a process. Plain functions without state for a worker thread: reading
// /proc can block for as long as the process holds its mmap lock, so the UI thread must not.
// `proc_root` is "/proc" but in tests.
namespace lunette::terminal {

struct ProcessInfo {
    pid_t pid = 0;
    pid_t parent = 0;
    std::string name;                   // basename of the executable, else of argv[0], else comm
    std::string executable;             // full path; empty when not readable (another user's process)
    std::string cwd;                    // empty when not readable or deleted
    std::vector<std::string> arguments; // at most 64 KiB in all
};

// Nothing when there is no such process.
std::optional<ProcessInfo> process_info(pid_t pid, std::string_view proc_root = "/proc");

// The process that a terminal's foreground group stands for: its leader, or when that has gone
// the member with the lowest pid.
std::optional<ProcessInfo> foreground_process(pid_t group, std::string_view proc_root = "/proc");

} // namespace lunette::terminal
