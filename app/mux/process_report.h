#pragma once

#include "terminal/process_info.h"

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace lunette::mux {

// A process with its children, as WezTerm's LocalProcessInfo tells it. Made on a worker thread.
struct ProcessReport {
    terminal::ProcessInfo info;
    std::string status = "Unknown"; // "Run", "Sleep", …
    std::int64_t start_time = 0;    // clock ticks after boot
    std::vector<ProcessReport> children;
};

// The process in the foreground of a terminal whose foreground group is `group`. Reads /proc and may block.
// Bounded: at most 64 processes.
std::optional<ProcessReport> read_process_report(pid_t group, std::string_view proc_root = "/proc");

// As a map; children by pid.
Value to_value(const ProcessReport& report);

} // namespace lunette::mux
