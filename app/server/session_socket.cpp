#include "server/session_socket.h"

#include "wire/message_channel.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace lunette::server {

namespace {

constexpr int waiting_connections = 32;

std::string error_at(const std::string& path) { return path + ": " + std::strerror(errno); }

bool lock(int fd) {
    struct flock wanted {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    return ::fcntl(fd, F_SETLK, &wanted) == 0;
}

bool is_still(int fd, const std::string& path) {
    struct stat opened {
    }, named{};
    return ::fstat(fd, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

} // namespace

tl::expected<SessionSocket, SessionSocket::Refusal> SessionSocket::claim(const wire::SessionPlace& place,
                                                                         std::string name) {
    SessionSocket session;
    session.name_ = std::move(name);
    session.path_ = place.socket(session.name_);
    session.user_ = ::geteuid();
    const std::string lock_path = place.lock(session.name_);
    do {
        session.lock_.reset(
            ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
        if (!session.lock_) return tl::unexpected{Refusal{false, error_at(lock_path)}};
        if (!lock(session.lock_.get())) {
            const bool taken = errno == EACCES || errno == EAGAIN;
            return tl::unexpected{Refusal{taken, taken ? "there is a session `" + session.name_ + "` already"
                                                       : error_at(lock_path)}};
        }
        // A server that ends removes the file that it holds: then this one is nobody's.
    } while (!is_still(session.lock_.get(), lock_path));
    session.lock_path_ = lock_path;
    if (auto made = session.renew(); !made) return tl::unexpected{Refusal{false, made.error()}};
    return session;
}

SessionSocket::~SessionSocket() {
    if (!lock_ || lock_path_.empty()) return;
    if (is_reachable()) ::unlink(path_.c_str());
    ::unlink(lock_path_.c_str());
}

bool SessionSocket::is_reachable() const {
    struct stat status {};
    return listening_ && ::lstat(path_.c_str(), &status) == 0 && S_ISSOCK(status.st_mode) &&
           status.st_ino == inode_;
}

tl::expected<void, std::string> SessionSocket::renew() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.size() >= sizeof address.sun_path) return tl::unexpected{path_ + " is too long for a socket"};
    std::memcpy(address.sun_path, path_.c_str(), path_.size());
    wire::Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!socket) return tl::unexpected{error_at(path_)};
    // What lies there is of a server that died: the lock is ours.
    if (::unlink(path_.c_str()) != 0 && errno != ENOENT) return tl::unexpected{error_at(path_)};
    struct stat status {};
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(socket.get(), waiting_connections) != 0 ||
        ::lstat(path_.c_str(), &status) != 0)
        return tl::unexpected{error_at(path_)};
    inode_ = status.st_ino;
    listening_ = std::move(socket);
    return {};
}

wire::Descriptor SessionSocket::accept() {
    wire::Descriptor socket{::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
    if (!socket) return {};
    const auto peer = wire::peer_of(socket.get());
    if (!peer || peer->user != user_) return {};
    return socket;
}

} // namespace lunette::server
