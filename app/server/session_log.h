#pragma once

#include <lunette/report.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace lunette::server {

// A session's lines in the log file that all sessions share, each with time and name. One that has grown too
// long is kept as "lunette.log.1", in the place of the one before. Without a file nothing is kept. UI thread
// only.
class SessionLog {
public:
    // Makes the folders; standard error goes to the file from now on.
    static SessionLog open(const std::string& path, std::string session);

    void write(LogLevel level, std::string_view text);
    const std::string& path() const noexcept { return path_; }

private:
    SessionLog(std::string path, std::string session)
        : path_{std::move(path)}, session_{std::move(session)} {}
    // Opens the file, a new one if it has grown too long.
    void begin();

    std::string path_;
    std::string session_;
    std::uintmax_t written_ = 0; // bytes, since it was opened
};

} // namespace lunette::server
