#include "server/session_log.h"

#include <array>
#include <ctime>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace lunette::server {

namespace {

constexpr std::uintmax_t longest = 4U << 20;

} // namespace

SessionLog SessionLog::open(const std::string& path, std::string session) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path{path}.parent_path(), error);
    SessionLog log{path, std::move(session)};
    log.begin();
    return log;
}

void SessionLog::begin() {
    written_ = 0;
    std::error_code error;
    if (std::filesystem::file_size(path_, error) > longest && !error)
        std::filesystem::rename(path_, path_ + ".1", error);
    const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) {
        ::dup2(fd, STDERR_FILENO);
        ::close(fd);
    }
}

void SessionLog::write(LogLevel level, std::string_view text) {
    std::array<char, 32> time{};
    const std::time_t now = std::time(nullptr);
    tm local{};
    ::localtime_r(&now, &local);
    std::strftime(time.data(), time.size(), "%F %T", &local);
    std::string line = std::string{time.data()} + " " + session_ + " " + std::string{to_string(level)} +
                       ": " + std::string{text} + "\n";
    (void)!::write(STDERR_FILENO, line.data(), line.size());
    written_ += line.size();
    if (written_ > longest) begin();
}

} // namespace lunette::server
