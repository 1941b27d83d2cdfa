#include "wire/session_place.h"

#include "wire/descriptor.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace lunette::wire {

namespace {

constexpr std::size_t longest_name = 48;
constexpr std::size_t longest_folder = 50; // an address of a socket has 108 bytes

std::string system_error() { return std::strerror(errno); }

tl::expected<void, std::string> check(const std::string& folder, uid_t owner) {
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0) return tl::unexpected{folder + ": " + system_error()};
    if (S_ISLNK(status.st_mode)) return tl::unexpected{folder + " is a symbolic link"};
    if (!S_ISDIR(status.st_mode)) return tl::unexpected{folder + " is not a folder"};
    if (status.st_uid != owner) return tl::unexpected{folder + " belongs to another user"};
    if ((status.st_mode & 077) != 0) return tl::unexpected{folder + " is open to other users: chmod 700 it"};
    return {};
}

bool make_folder(const std::string& folder) { return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST; }

bool has_ending(std::string_view text, std::string_view ending) {
    return text.size() > ending.size() && text.substr(text.size() - ending.size()) == ending;
}

} // namespace

std::optional<std::string> process_variable(const char* name) {
    const char* value = std::getenv(name);
    if (!value || !*value) return std::nullopt;
    return value;
}

tl::expected<SessionPlace, std::string> SessionPlace::open(const Lookup& environment, uid_t owner) {
    if (const auto runtime = environment("XDG_RUNTIME_DIR");
        runtime && runtime->front() == '/' && runtime->size() <= longest_folder - 8) {
        // After su it is another user's.
        std::string folder = *runtime + "/lunette";
        if (make_folder(folder) && check(folder, owner)) return SessionPlace{std::move(folder)};
    }
    std::string temporary = environment("TMPDIR").value_or("/tmp");
    if (temporary.size() > longest_folder - 20 || temporary.front() != '/') temporary = "/tmp";
    std::string folder = temporary + "/lunette-" + std::to_string(owner);
    if (!make_folder(folder)) return tl::unexpected{"cannot make " + folder + ": " + system_error()};
    if (auto good = check(folder, owner); !good) return tl::unexpected{good.error()};
    return SessionPlace{std::move(folder)};
}

std::optional<pid_t> SessionPlace::server_of(std::string_view name) const {
    const Descriptor file{::open(lock(name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (!file) return std::nullopt;
    struct flock held {};
    held.l_type = F_RDLCK;
    held.l_whence = SEEK_SET;
    if (::fcntl(file.get(), F_GETLK, &held) != 0 || held.l_type == F_UNLCK) return std::nullopt;
    return held.l_pid;
}

std::vector<std::string> SessionPlace::names() const {
    std::vector<std::string> names;
    DIR* folder = ::opendir(folder_.c_str());
    if (!folder) return names;
    while (const dirent* entry = ::readdir(folder)) {
        const std::string_view file{entry->d_name};
        if (!has_ending(file, ".lock")) continue;
        const std::string_view name = file.substr(0, file.size() - 5);
        if (is_session_name(name) && server_of(name)) names.emplace_back(name);
    }
    ::closedir(folder);
    std::sort(names.begin(), names.end());
    return names;
}

bool is_session_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > longest_name) return false;
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const auto allowed = [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-' || c == '+'; };
    return plain(name.front()) && std::all_of(name.begin(), name.end(), allowed);
}

std::string session_of_socket(std::string_view path) {
    const std::string_view file = path.substr(path.rfind('/') + 1);
    if (!has_ending(file, ".sock")) return {};
    const std::string_view name = file.substr(0, file.size() - 5);
    return is_session_name(name) ? std::string{name} : std::string{};
}

} // namespace lunette::wire
