#include "wezterm/places.h"

#include <array>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace lunette::wezterm {

namespace {

std::string folder(const char* variable, const char* otherwise, std::string_view name) {
    std::string base = environment(variable);
    if (base.empty() || base[0] != '/') base = home_directory() + otherwise;
    return base + '/' + std::string{name};
}

// The password database by the thread-safe call.
struct PasswordEntry {
    std::string name, directory, shell;
    PasswordEntry() {
        std::array<char, 4096> buffer;
        passwd entry{};
        passwd* found = nullptr;
        if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found) {
            name = found->pw_name;
            directory = found->pw_dir;
            shell = found->pw_shell;
        }
    }
};

} // namespace

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string home_directory() {
    std::string home = environment("HOME");
    return home.empty() ? PasswordEntry{}.directory : home;
}

std::string config_directory(std::string_view name) { return folder("XDG_CONFIG_HOME", "/.config", name); }

std::string data_directory(std::string_view name) { return folder("XDG_DATA_HOME", "/.local/share", name); }

std::string cache_directory(std::string_view name) { return folder("XDG_CACHE_HOME", "/.cache", name); }

std::vector<std::string> system_config_directories(std::string_view name) {
    std::string list = environment("XDG_CONFIG_DIRS");
    if (list.empty()) list = "/etc/xdg";
    std::vector<std::string> folders;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        if (list[begin] == '/') folders.push_back(list.substr(begin, end - begin) + '/' + std::string{name});
        begin = end + 1;
    }
    return folders;
}

std::string local_host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

std::string local_user_name() {
    std::string user = environment("USER");
    return user.empty() ? PasswordEntry{}.name : user;
}

std::string local_shell() {
    std::string shell = environment("SHELL");
    return shell.empty() ? PasswordEntry{}.shell : shell;
}

} // namespace lunette::wezterm
