#include "terminal/process_info.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

namespace lunette::terminal {

namespace {

constexpr std::size_t max_argument_bytes = 64 * 1024;

std::optional<std::string> read_file(const std::string& path, std::size_t max_bytes) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    std::string content;
    char buffer[4096];
    ssize_t n;
    while (content.size() < max_bytes && (n = read(fd, buffer, sizeof buffer)) > 0)
        content.append(buffer, static_cast<std::size_t>(n));
    close(fd);
    if (content.size() > max_bytes) content.resize(max_bytes);
    return content;
}

std::string read_link(const std::string& path) {
    char target[PATH_MAX];
    const ssize_t n = readlink(path.c_str(), target, sizeof target);
    return n > 0 ? std::string(target, static_cast<std::size_t>(n)) : std::string{};
}

// The kernel marks what has been unlinked.
bool strip_deleted(std::string& path) {
    constexpr std::string_view mark = " (deleted)";
    if (!path.ends_with(mark)) return false;
    path.resize(path.size() - mark.size());
    return true;
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// proc(5), /proc/pid/stat: "pid (comm) state ppid pgrp …"; comm may hold spaces and parentheses.
struct Stat {
    std::string command;
    pid_t parent = 0;
    pid_t group = 0;
};

std::optional<pid_t> number(std::string_view text) {
    pid_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end == text.data()) return std::nullopt;
    return value;
}

std::optional<Stat> read_stat(const std::string& folder) {
    const std::optional<std::string> content = read_file(folder + "/stat", 4096);
    if (!content) return std::nullopt;
    const std::string_view text = *content;
    const std::size_t open = text.find('(');
    const std::size_t close = text.rfind(')');
    if (open == text.npos || close == text.npos || close < open || text.size() < close + 5)
        return std::nullopt;
    Stat stat{std::string{text.substr(open + 1, close - open - 1)}, 0, 0};
    const std::string_view rest = text.substr(close + 4); // after ") S "
    const std::size_t space = rest.find(' ');
    const std::optional<pid_t> parent = number(rest);
    const std::optional<pid_t> group = space == rest.npos ? std::nullopt : number(rest.substr(space + 1));
    if (!parent || !group) return std::nullopt;
    stat.parent = *parent;
    stat.group = *group;
    return stat;
}

std::vector<std::string> split_arguments(std::string_view text) {
    std::vector<std::string> arguments;
    while (!text.empty()) {
        const std::size_t end = text.find('\0');
        arguments.emplace_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return arguments;
}

} // namespace

std::optional<ProcessInfo> process_info(pid_t pid, std::string_view proc_root) {
    const std::string folder = fmt::format("{}/{}", proc_root, pid);
    const std::optional<Stat> stat = read_stat(folder);
    if (!stat) return std::nullopt;
    ProcessInfo info;
    info.pid = pid;
    info.parent = stat->parent;
    info.executable = read_link(folder + "/exe");
    strip_deleted(info.executable); // an update replaced it; the name is still right
    info.cwd = read_link(folder + "/cwd");
    if (strip_deleted(info.cwd)) info.cwd.clear();
    info.arguments = split_arguments(read_file(folder + "/cmdline", max_argument_bytes).value_or(""));
    if (!info.executable.empty())
        info.name = base_name(info.executable);
    else if (!info.arguments.empty())
        info.name = base_name(info.arguments[0]);
    if (info.name.empty()) info.name = stat->command;
    return info;
}

std::optional<ProcessInfo> foreground_process(pid_t group, std::string_view proc_root) {
    if (std::optional<ProcessInfo> leader = process_info(group, proc_root)) return leader;
    DIR* const directory = opendir(std::string{proc_root}.c_str());
    if (directory == nullptr) return std::nullopt;
    std::optional<pid_t> lowest;
    while (const dirent* const entry = readdir(directory)) {
        const std::string_view name = entry->d_name;
        if (!std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; })) continue;
        const std::optional<pid_t> pid = number(name);
        if (!pid || (lowest && *pid > *lowest)) continue;
        const std::optional<Stat> stat = read_stat(fmt::format("{}/{}", proc_root, name));
        if (stat && stat->group == group) lowest = pid;
    }
    closedir(directory);
    if (!lowest) return std::nullopt;
    return process_info(*lowest, proc_root);
}

} // namespace lunette::terminal
