#pragma once

#include <lunette/report.h>

#include <string>
#include <string_view>

namespace lunette::server {

// A session's lines in the log file that all sessions share, each with time and name. One that has grown too
// long is kept as "lunette.log.1". Without a file nothing is kept. UI thread only.
class SessionLog {
public:
    // Makes the folders; standard error goes to the file from now on.
    static SessionLog open(const std::string& path, std::string session);

    void write(LogLevel level, std::string_view text) const;
    const std::string& path() const noexcept { return path_; }

private:
    SessionLog(std::string path, std::string session)
        : path_{std::move(path)}, session_{std::move(session)} {}
    std::string path_;
    std::string session_;
};

} // namespace lunette::server
