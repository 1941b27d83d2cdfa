#include "cli/server_process.h"

#include "cli/default_config.h"
#include "server/session.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lunette::cli {

namespace {

constexpr int inherited_socket = 3;

std::string log_path() {
    const std::string file = "/lunette/lunette.log";
    if (const auto state = wire::process_variable("XDG_STATE_HOME")) return *state + file;
    return wire::process_variable("HOME").value_or("/tmp") + "/.local/state" + file;
}

std::string start_record_path(const std::string& session) {
    const std::string log = log_path();
    return log.substr(0, log.rfind('/')) + "/starting-" + session;
}

// Safe mode. The next start tries it again.
void leave_out_configuration(server::Session::Options& session) {
    session.start.is_up();
    session.start = {};
    if (session.config.path.empty()) return;
    session.notice = "Safe mode: Lunette crashed twice while it started with " + session.config.path +
                     "; this session runs without it, the next one tries it again";
    session.config = {{}, std::string{default_config}};
}

int refuse(wire::Descriptor client, const wire::Json& message) {
    wire::MessageChannel channel{std::move(client)};
    channel.send(message);
    channel.wait_sent(1000);
    channel.wait_message(1000); // what it sent must be read, or the socket's end overtakes our words
    return exit_environment;
}

int signals_to = -1; // the end of the pipe that the handler writes to; never closed

void note_signal(int signal) {
    const int error = errno;
    const auto number = static_cast<unsigned char>(signal);
    (void)!::write(signals_to, &number, 1);
    errno = error;
}

// Numbers of signals, a byte each. No signalfd: who waits for one wakes up at every signal to any thread of
// the process, and the engine sends many to the script thread.
wire::Descriptor watch_signals() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return {};
    signals_to = ends[1];
    struct sigaction action {};
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    sigset_t watched;
    ::sigemptyset(&watched);
    for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) {
        ::sigaction(signal, &action, nullptr);
        ::sigaddset(&watched, signal);
    }
    ::sigprocmask(SIG_UNBLOCK, &watched, nullptr); // whoever started us may have blocked them
    for (const int signal : {SIGPIPE, SIGHUP, SIGTTOU, SIGTTIN}) ::signal(signal, SIG_IGN);
    return wire::Descriptor{ends[0]};
}

} // namespace

int run_server(const ServerOptions& options, const server::ConfigSource& config) {
    wire::Descriptor signals = watch_signals();
    wire::Descriptor client{inherited_socket};
    const auto fail = [&](const std::string& text) {
        return refuse(std::move(client),
                      {{"op", "bye"}, {"status", exit_environment}, {"text", "lunette: " + text}});
    };
    const auto place = wire::SessionPlace::open(wire::process_variable, ::geteuid());
    if (!place) return fail(place.error());
    auto socket = server::SessionSocket::claim(*place, options.session);
    if (!socket && socket.error().taken) return refuse(std::move(client), {{"op", "taken"}});
    if (!socket) return fail(socket.error().message);

    // Programs that Lua starts talk to this session; no thread reads the environment yet.
    ::setenv("LUNETTE", socket->path().c_str(), 1);
    server::SessionLog log = server::SessionLog::open(log_path(), options.session);
    server::Session::Options session{config, std::move(*socket), std::move(log), std::move(client),
                                     std::move(signals)};
    if (!session.config.path.empty()) session.config.fallback = default_config;
    session.start = server::StartRecord{start_record_path(options.session)};
    if (session.start.crashes() >= server::StartRecord::most_crashes) leave_out_configuration(session);
    server::Session{std::move(session)}.run();
    return exit_good;
}

} // namespace lunette::cli
