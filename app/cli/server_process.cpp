#include "cli/server_process.h"

#include "cli/default_config.h"
#include "server/session.h"

#include <csignal>
#include <cstdlib>
#include <utility>

#include <sys/signalfd.h>
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

// Before any thread starts: all of them leave these signals to the descriptor.
wire::Descriptor watch_signals() {
    sigset_t watched;
    ::sigemptyset(&watched);
    for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) ::sigaddset(&watched, signal);
    ::sigprocmask(SIG_BLOCK, &watched, nullptr);
    for (const int signal : {SIGPIPE, SIGHUP, SIGTTOU, SIGTTIN}) ::signal(signal, SIG_IGN);
    return wire::Descriptor{::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK)};
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
