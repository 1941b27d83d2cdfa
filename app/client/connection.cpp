#include "client/connection.h"

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>

extern char** environ;

namespace lunette::client {

namespace {

constexpr int server_socket = 3;
constexpr int listing_timeout_ms = 1000;

wire::Descriptor try_connect(const std::string& path, int& error) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    error = ENAMETOOLONG;
    if (path.size() >= sizeof address.sun_path) return {};
    std::memcpy(address.sun_path, path.c_str(), path.size());
    wire::Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    error = errno;
    if (!socket) return {};
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return socket;
    error = errno;
    return {};
}

std::string own_program() {
    std::array<char, PATH_MAX> path{};
    const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
    // A program that was replaced meanwhile can still be executed by this name.
    if (length <= 0 || ::access(path.data(), X_OK) != 0) return "/proc/self/exe";
    return path.data();
}

} // namespace

tl::expected<wire::MessageChannel, std::string> connect_to(const wire::SessionPlace& place,
                                                           const std::string& name) {
    const auto server = place.server_of(name);
    if (!server) return tl::unexpected{"there is no session `" + name + "`"};
    int error = 0;
    wire::Descriptor socket;
    for (int attempt = 0; attempt < 40 && !socket; ++attempt) {
        if (attempt == 1 && *server > 0) ::kill(*server, SIGUSR1); // 0: beyond this PID namespace
        if (attempt > 0) ::poll(nullptr, 0, 50);
        socket = try_connect(place.socket(name), error);
    }
    if (!socket)
        return tl::unexpected{"session `" + name + "` does not answer at " + place.socket(name) + ": " +
                              std::strerror(error)};
    const auto peer = wire::peer_of(socket.get());
    if (!peer || peer->user != ::geteuid())
        return tl::unexpected{place.socket(name) + " belongs to another user"};
    // A session may have much text.
    return wire::MessageChannel{std::move(socket), {.received = wire::MessageChannel::Limits{}.sent}};
}

tl::expected<wire::MessageChannel, std::string> start_server(const std::string& name,
                                                             const std::vector<std::string>& arguments) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return tl::unexpected{std::string{"cannot make a socket: "} + std::strerror(errno)};
    wire::Descriptor ours{pair[0]};
    const wire::Descriptor theirs{pair[1]};

    std::vector<std::string> words{"lunette", "server", "--session", name};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    for (const int fd : {0, 1, 2})
        ::posix_spawn_file_actions_addopen(&files, fd, "/dev/null", fd == 0 ? O_RDONLY : O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&files, theirs.get(), server_socket);
    ::posix_spawn_file_actions_addclosefrom_np(&files, server_socket + 1);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t all, none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes,
                               POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    pid_t child = -1;
    const std::string program = own_program();
    const int error = ::posix_spawn(&child, program.c_str(), &files, &attributes, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
    if (error != 0) return tl::unexpected{"cannot start " + program + ": " + std::strerror(error)};
    return wire::MessageChannel{std::move(ours)};
}

tl::expected<wire::Json, std::string> ask(wire::MessageChannel& channel, const wire::Json& question,
                                          int timeout_ms) {
    channel.send(question);
    if (!channel.wait_sent(timeout_ms)) return tl::unexpected{std::string{"the session does not listen"}};
    auto answer = channel.wait_message(timeout_ms);
    if (!answer) return tl::unexpected{std::string{"the session does not answer"}};
    if (std::string error = wire::text_of(answer->body, "error"); !error.empty())
        return tl::unexpected{std::move(error)};
    return std::move(answer->body);
}

tl::expected<wire::Json, std::string> ask(const wire::SessionPlace& place, const std::string& name,
                                          const wire::Json& question, int timeout_ms) {
    auto channel = connect_to(place, name);
    if (!channel) return tl::unexpected{channel.error()};
    return ask(*channel, question, timeout_ms);
}

std::vector<wire::Json> session_reports(const wire::SessionPlace& place) {
    std::vector<wire::Json> reports;
    for (const std::string& name : place.names()) {
        auto answer = ask(place, name, {{"op", "info"}}, listing_timeout_ms);
        if (!answer) continue;
        (*answer)["session"] = name;
        reports.push_back(std::move(*answer));
    }
    return reports;
}

std::vector<SessionInfo> running_sessions(const wire::SessionPlace& place) {
    std::vector<SessionInfo> sessions;
    for (const wire::Json& report : session_reports(place)) {
        const auto count = [&](const char* field) { return wire::number_of(report, field, 0, 0, INT_MAX); };
        sessions.push_back({wire::text_of(report, "session"), count("attached") != 0, count("windows"),
                            count("tabs"), count("panes"), count("age_s"), count("since_s")});
    }
    return sessions;
}

} // namespace lunette::client
