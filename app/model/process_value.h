#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::model {

// WezTerm's LocalProcessInfo. A value; any thread.
struct ProcessEntry {
    std::int64_t pid = 0;
    std::int64_t parent = 0;
    std::string name;
    std::string executable;
    std::vector<std::string> arguments;
    std::string cwd;
    std::string_view status = "Unknown"; // of process_status_name()
    std::int64_t start_time = 0;         // clock ticks after boot
    std::vector<ProcessEntry> children;

    // As a map; children by pid.
    Value to_value() const;
};

// WezTerm's names (procinfo/src/lib.rs: LocalProcessStatus) for the letters of proc(5).
std::string_view process_status_name(char state) noexcept;

} // namespace lunette::model
