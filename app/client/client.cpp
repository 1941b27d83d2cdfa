#include "client/client.h"

#include "tty/outer.h"

#include <array>
#include <csignal>
#include <optional>

#include <poll.h>
#include <sys/signalfd.h>

extern char** environ;

namespace lunette::client {

namespace {

constexpr int exit_environment = 3;
constexpr int farewell_ms = 2000; // for a server to let go of the terminal

class Client {
public:
    Client(const OwnTerminal& terminal, wire::MessageChannel channel, const Attachment& attachment)
        : terminal_{terminal}, channel_{std::move(channel)}, session_{attachment.session} {
        sigset_t watched;
        ::sigemptyset(&watched);
        for (const int signal : {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT})
            ::sigaddset(&watched, signal);
        ::sigprocmask(SIG_BLOCK, &watched, &before_);
        ::signal(SIGTTOU, SIG_IGN); // the terminal is set right even when it is another's
        signals_.reset(::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK));
        terminal_.make_raw();
        channel_.send(greeting(attachment), terminal_.descriptor());
    }
    ~Client() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

    Outcome run() {
        while (!outcome_) {
            std::array<pollfd, 2> entries{
                {{channel_.fd(), static_cast<short>(channel_.wants_write() ? POLLIN | POLLOUT : POLLIN), 0},
                 {signals_.get(), POLLIN, 0}}};
            ::poll(entries.data(), entries.size(), -1);
            if (entries[1].revents != 0) take_signals();
            channel_.flush();
            channel_.receive();
            while (auto message = channel_.take())
                if (!outcome_) take(message->body);
            if (!outcome_ && channel_.is_closed()) lose_server();
        }
        return *outcome_;
    }

private:
    wire::Json greeting(const Attachment& attachment) const {
        wire::Json greeting = terminal_.description();
        greeting["op"] = "attach";
        greeting["cwd"] = attachment.cwd;
        greeting["arguments"] = attachment.arguments;
        wire::Json environment = wire::Json::array();
        for (char** variable = environ; *variable; ++variable) environment.push_back(*variable);
        greeting["environment"] = std::move(environment);
        return greeting;
    }

    void take_signals() {
        signalfd_siginfo signal{};
        while (::read(signals_.get(), &signal, sizeof signal) == sizeof signal) {
            switch (signal.ssi_signo) {
            case SIGWINCH: tell("resize"); break;
            case SIGTSTP: tell("suspend"); break;
            case SIGCONT: resume(); break;
            default: leave();
            }
        }
    }

    void tell(const char* what) {
        wire::Json message = terminal_.description();
        message["op"] = what;
        channel_.send(message);
    }

    void resume() {
        if (!terminal_.is_in_foreground()) {
            ::kill(::getpid(), SIGSTOP);
            return;
        }
        terminal_.make_raw();
        tell("resume");
    }

    // The server says good-bye when it has stopped using the terminal.
    void leave() {
        channel_.send({{"op", "detach"}});
        while (auto message = channel_.wait_message(farewell_ms)) {
            take(message->body);
            if (outcome_) return;
        }
        terminal_.restore(tty::Outer::restore_sequence(terminal_.term()));
        outcome_ = {exit_environment, "lunette: session `" + session_ + "` does not answer", false};
    }

    void take(const wire::Json& message) {
        const std::string op = wire::text_of(message, "op");
        if (op == "suspended") {
            terminal_.restore(wire::text_of(message, "restore"));
            ::kill(::getpid(), SIGSTOP);
        } else if (op == "bye") {
            terminal_.restore(wire::text_of(message, "restore"));
            outcome_ = {wire::number_of(message, "status", 0, 0, 255), wire::text_of(message, "text"), false};
        } else if (op == "taken") {
            terminal_.restore({});
            outcome_ = {exit_environment, {}, true};
        }
    }

    void lose_server() {
        terminal_.restore(tty::Outer::restore_sequence(terminal_.term()));
        outcome_ = {exit_environment, "lunette: the server of session `" + session_ + "` is gone", false};
    }

    const OwnTerminal& terminal_;
    wire::MessageChannel channel_;
    std::string session_;
    wire::Descriptor signals_;
    sigset_t before_{};
    std::optional<Outcome> outcome_;
};

} // namespace

Outcome run(const OwnTerminal& terminal, wire::MessageChannel channel, const Attachment& attachment) {
    return Client{terminal, std::move(channel), attachment}.run();
}

} // namespace lunette::client
