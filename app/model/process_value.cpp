#include "model/process_value.h"

namespace lunette::model {

Value ProcessEntry::to_value() const {
    std::vector<MapEntry> by_pid;
    for (const ProcessEntry& child : children) by_pid.push_back({child.pid, child.to_value()});
    return Value::map({{"pid", pid},
                       {"ppid", parent},
                       {"name", name},
                       {"executable", executable},
                       {"argv", Value::list({arguments.begin(), arguments.end()})},
                       {"cwd", cwd},
                       {"status", status},
                       {"start_time", start_time},
                       {"children", Value::map(std::move(by_pid))}});
}

std::string_view process_status_name(char state) noexcept {
    switch (state) {
    case 'R': return "Run";
    case 'S': return "Sleep";
    case 'D': return "Idle";
    case 'I': return "Idle";
    case 'Z': return "Zombie";
    case 'T': return "Stop";
    case 't': return "Tracing";
    case 'X':
    case 'x': return "Dead";
    case 'K': return "Wakekill";
    case 'W': return "Waking";
    case 'P': return "Parked";
    default: return "Unknown";
    }
}

} // namespace lunette::model
