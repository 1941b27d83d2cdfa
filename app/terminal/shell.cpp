#include "terminal/shell.h"

#include <vector>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lunette::terminal {

namespace {

bool is_program(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), X_OK) == 0;
}

bool is_usable_directory(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && access(path.c_str(), X_OK) == 0;
}

std::string shell_of_user() {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> buffer(16 * 1024);
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr)
        return {};
    return found->pw_shell;
}

} // namespace

std::optional<std::string_view> environment_value(std::span<const std::string> environment,
                                                  std::string_view name) {
    for (const std::string_view entry : environment) {
        if (entry.size() > name.size() && entry[name.size()] == '=' && entry.substr(0, name.size()) == name)
            return entry.substr(name.size() + 1);
    }
    return std::nullopt;
}

std::string default_shell(std::span<const std::string> environment) {
    std::string shell{environment_value(environment, "SHELL").value_or("")};
    if (shell.starts_with('/') && is_program(shell)) return shell;
    shell = shell_of_user();
    if (shell.starts_with('/') && is_program(shell)) return shell;
    return "/bin/sh";
}

std::optional<std::string> find_program(std::string_view name, std::span<const std::string> environment) {
    if (name.empty()) return std::nullopt;
    if (name.find('/') != name.npos) {
        std::string path{name};
        if (is_program(path)) return path;
        return std::nullopt;
    }
    std::string_view rest = environment_value(environment, "PATH").value_or("/usr/local/bin:/usr/bin:/bin");
    while (true) {
        const std::size_t colon = rest.find(':');
        const std::string_view folder = rest.substr(0, colon);
        std::string path{folder.empty() ? "." : folder};
        path += '/';
        path += name;
        if (is_program(path)) return path;
        if (colon == rest.npos) return std::nullopt;
        rest.remove_prefix(colon + 1);
    }
}

std::string usable_directory(std::string_view path, std::span<const std::string> environment) {
    std::string directory{path};
    while (directory.size() > 1 && directory.front() == '/') {
        if (is_usable_directory(directory)) return directory;
        directory.resize(directory.rfind('/'));
    }
    if (path == "/") return "/";
    std::string home{environment_value(environment, "HOME").value_or("")};
    return home.starts_with('/') && is_usable_directory(home) ? home : "/";
}

std::string login_name(std::string_view shell) {
    std::string name{"-"};
    name += shell.substr(shell.rfind('/') + 1);
    return name;
}

} // namespace lunette::terminal
