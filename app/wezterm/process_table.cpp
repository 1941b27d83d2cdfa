#include "wezterm/process_table.h"

#include "model/process_value.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <dirent.h>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace lunette::wezterm {

namespace {

constexpr int max_depth = 64; // of children in children

std::optional<std::string> read_all(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

std::optional<std::string> read_link(const std::string& path) {
    std::array<char, PATH_MAX> target;
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size < 0) return std::nullopt;
    return std::string{target.data(), static_cast<std::size_t>(size)};
}

std::string proc(std::int64_t pid, std::string_view file) { return fmt::format("/proc/{}/{}", pid, file); }

using Children = std::multimap<std::int64_t, std::int64_t>;

Children all_children() {
    Children children;
    DIR* directory = ::opendir("/proc");
    if (!directory) return children;
    while (const dirent* entry = ::readdir(directory)) {
        const std::string_view name = entry->d_name;
        std::int64_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error != std::errc{} || end != name.data() + name.size()) continue;
        if (const auto stat = process_stat(pid)) children.emplace(stat->parent, pid);
    }
    ::closedir(directory);
    return children;
}

std::vector<std::string> arguments_of(std::int64_t pid) {
    std::vector<std::string> arguments;
    const std::string text = read_all(proc(pid, "cmdline")).value_or("");
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\0', begin), text.size());
        arguments.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return arguments;
}

std::optional<model::ProcessEntry> entry_of(std::int64_t pid, const Children& all, int depth) {
    const auto stat = process_stat(pid);
    if (!stat) return std::nullopt;
    model::ProcessEntry entry;
    entry.pid = pid;
    entry.parent = stat->parent;
    entry.name = stat->name;
    entry.executable = process_executable(pid).value_or("");
    entry.arguments = arguments_of(pid);
    entry.cwd = process_directory(pid).value_or("");
    entry.status = model::process_status_name(stat->state);
    entry.start_time = stat->start_ticks;
    if (depth < max_depth)
        for (auto [at, end] = all.equal_range(pid); at != end; ++at)
            if (auto child = entry_of(at->second, all, depth + 1))
                entry.children.push_back(std::move(*child));
    return entry;
}

} // namespace

std::optional<ProcessStat> process_stat(std::int64_t pid) {
    const auto text = read_all(proc(pid, "stat"));
    if (!text) return std::nullopt;
    // proc(5): "pid (name) state ppid pgrp session tty tpgid …"; the name may hold anything.
    const std::size_t open = text->find('(');
    const std::size_t close = text->rfind(')');
    if (open == std::string::npos || close == std::string::npos || close + 2 >= text->size())
        return std::nullopt;
    ProcessStat stat;
    stat.name = text->substr(open + 1, close - open - 1);
    stat.state = (*text)[close + 2];
    std::string_view rest = std::string_view{*text}.substr(close + 3);
    for (int field = 4; field <= 22 && !rest.empty(); ++field) {
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        if (error != std::errc{}) rest.remove_prefix(std::min(rest.find(' '), rest.size()));
        if (field == 4) stat.parent = number;
        if (field == 8) stat.terminal_group = number;
        if (field == 22) stat.start_ticks = number;
    }
    return stat;
}

std::optional<std::string> process_executable(std::int64_t pid) { return read_link(proc(pid, "exe")); }

std::optional<std::string> process_directory(std::int64_t pid) { return read_link(proc(pid, "cwd")); }

std::optional<std::int64_t> foreground_process(std::int64_t pid) {
    const auto stat = process_stat(pid);
    if (!stat || stat->terminal_group <= 0) return std::nullopt;
    return stat->terminal_group;
}

Value process_info(std::int64_t pid) {
    const auto entry = entry_of(pid, all_children(), 0);
    return entry ? entry->to_value() : Value{};
}

} // namespace lunette::wezterm
