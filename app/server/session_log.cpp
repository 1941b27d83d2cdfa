#include "server/session_log.h"

#include <array>
#include <ctime>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace lunette::server {

namespace {

constexpr std::uintmax_t longest = 4U << 20;

std::string_view name_of(LogLevel level) noexcept {
    switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    }
    return "?";
}

} // namespace

SessionLog SessionLog::open(const std::string& path, std::string session) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path{path}.parent_path(), error);
    if (std::filesystem::file_size(path, error) > longest && !error)
        std::filesystem::rename(path, path + ".1", error);
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) {
        ::dup2(fd, STDERR_FILENO);
        ::close(fd);
    }
    return SessionLog{path, std::move(session)};
}

void SessionLog::write(LogLevel level, std::string_view text) const {
    std::array<char, 32> time{};
    const std::time_t now = std::time(nullptr);
    tm local{};
    ::localtime_r(&now, &local);
    std::strftime(time.data(), time.size(), "%F %T", &local);
    std::string line = std::string{time.data()} + " " + session_ + " " + std::string{name_of(level)} + ": " +
                       std::string{text} + "\n";
    (void)!::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace lunette::server
