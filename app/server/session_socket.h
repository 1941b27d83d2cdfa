#pragma once

#include "wire/descriptor.h"
#include "wire/session_place.h"

#include <string>
#include <tl/expected.hpp>

#include <sys/types.h>

namespace lunette::server {

// The name of a session and its socket: holds the lock that makes the name ours, listens, and removes both at
// the end. REQUIRES: nothing else in the process opens the lock file (its record lock would be lost).
// UI thread only.
class SessionSocket {
public:
    struct Refusal {
        bool taken = false; // another server has this name
        std::string message;
    };
    static tl::expected<SessionSocket, Refusal> claim(const wire::SessionPlace& place, std::string name);

    SessionSocket(SessionSocket&& other) noexcept = default;
    SessionSocket& operator=(SessionSocket&&) = delete;
    ~SessionSocket();

    const std::string& name() const noexcept { return name_; }
    const std::string& path() const noexcept { return path_; }
    int fd() const noexcept { return listening_.get(); }
    // The next connection, if there is one and it is of the same user; others are closed.
    wire::Descriptor accept();
    // The path leads to this socket.
    bool is_reachable() const;
    // Listens anew at the path. Its descriptor is another one afterwards.
    tl::expected<void, std::string> renew();

private:
    SessionSocket() = default;
    std::string name_;
    std::string path_;
    std::string lock_path_;
    wire::Descriptor lock_;
    wire::Descriptor listening_;
    uid_t user_ = 0;
    ino_t inode_ = 0; // of the socket's name
};

} // namespace lunette::server
