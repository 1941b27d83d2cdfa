#include "mux/process_report.h"

#include "model/process_value.h"

#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>

namespace lunette::mux {

namespace {

constexpr int most_processes = 64;
constexpr int most_levels = 8;

std::string process_path(std::string_view proc_root, pid_t pid, std::string_view file) {
    return std::string{proc_root} + "/" + std::to_string(pid) + "/" + std::string{file};
}

// proc(5): the command, in parentheses, may hold anything; state follows it as field 3, starttime is
// field 22.
void read_stat(std::string_view proc_root, ProcessReport& report) {
    std::ifstream file{process_path(proc_root, report.info.pid, "stat")};
    std::string line;
    std::getline(file, line);
    const std::size_t end = line.rfind(')');
    if (end == std::string::npos || end + 2 >= line.size()) return;
    std::istringstream fields{line.substr(end + 2)};
    std::string field;
    for (int number = 3; number <= 22 && fields >> field; ++number) {
        if (number == 3) report.status = model::process_status_name(field.front());
        if (number == 22) std::from_chars(field.data(), field.data() + field.size(), report.start_time);
    }
}

void read_children(std::string_view proc_root, ProcessReport& report, int level, int& left) {
    if (level == most_levels) return;
    const std::string own = std::to_string(report.info.pid);
    std::ifstream file{process_path(proc_root, report.info.pid, "task/" + own + "/children")};
    for (pid_t pid = 0; left > 0 && file >> pid;) {
        auto info = terminal::process_info(pid, proc_root);
        if (!info) continue;
        --left;
        ProcessReport child;
        child.info = std::move(*info);
        read_stat(proc_root, child);
        read_children(proc_root, child, level + 1, left);
        report.children.push_back(std::move(child));
    }
}

model::ProcessEntry entry_of(const ProcessReport& report) {
    model::ProcessEntry entry;
    entry.pid = report.info.pid;
    entry.parent = report.info.parent;
    entry.name = report.info.name;
    entry.executable = report.info.executable;
    entry.arguments = report.info.arguments;
    entry.cwd = report.info.cwd;
    entry.status = report.status;
    entry.start_time = report.start_time;
    for (const ProcessReport& child : report.children) entry.children.push_back(entry_of(child));
    return entry;
}

} // namespace

std::optional<ProcessReport> read_process_report(pid_t group, std::string_view proc_root) {
    auto info = terminal::foreground_process(group, proc_root);
    if (!info) return std::nullopt;
    ProcessReport report;
    report.info = std::move(*info);
    read_stat(proc_root, report);
    int left = most_processes - 1;
    read_children(proc_root, report, 0, left);
    return report;
}

Value to_value(const ProcessReport& report) { return entry_of(report).to_value(); }

} // namespace lunette::mux
