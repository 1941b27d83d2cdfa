#include "server/desktop/helpers.h"

#include "server/instruments.h"
#include "terminal/shell.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lunette::server {

namespace {

using wire::Descriptor;

struct Channel {
    Descriptor ours;
    Descriptor theirs;
};

// A socket rather than a pipe: writing to one that nobody reads need not raise a signal.
std::optional<Channel> make_channel() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return std::nullopt;
    Channel channel{Descriptor{ends[0]}, Descriptor{ends[1]}};
    ::fcntl(channel.ours.get(), F_SETFL, O_NONBLOCK);
    return channel;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
    std::vector<char*> list;
    for (const std::string& text : strings) list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

// With the signals of a program that a shell starts, no descriptor of ours but these, and without our
// terminal.
pid_t spawn(const std::string& path, const Helpers::Call& call, int input, int output) {
    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1);
    else
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawn_file_actions_addchdir_np(&actions, "/");
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, path.c_str(), &actions, &attributes, pointers(call.arguments).data(),
                                   pointers(call.environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed == 0 ? pid : -1;
}

} // namespace

Helpers::~Helpers() {
    for (auto& [number, helper] : running_) {
        close(helper.process);
        close(helper.input);
        close(helper.output);
        ::kill(helper.pid, SIGKILL);
        ::waitpid(helper.pid, nullptr, 0);
    }
}

bool Helpers::start(const Call& call, Done done) {
    if (running_.size() >= most_running || call.arguments.empty()) return false;
    const auto path = terminal::find_program(call.arguments.front(), call.environment);
    auto input = make_channel();
    auto output = make_channel();
    if (!path || !input || !output) return false;
    const pid_t pid = spawn(*path, call, input->theirs.get(), call.most_output ? output->theirs.get() : -1);
    if (pid < 0) return false;
    Running helper;
    helper.pid = pid;
    helper.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    helper.input = std::move(input->ours);
    if (call.most_output) helper.output = std::move(output->ours);
    helper.waiting = call.input;
    helper.most_output = call.most_output;
    helper.ends_at = monotonic_ns() + call.time_ns;
    helper.done = std::move(done);
    const std::uint64_t number = next_++;
    Running& kept = running_.emplace(number, std::move(helper)).first->second;
    io_.attend(kept.process.get(), [this, number](bool, bool) {
        take_exit(running_.at(number));
        settle(number);
    });
    io_.attend(kept.input.get(), [this, number](bool, bool writable) {
        if (writable) write(running_.at(number));
        settle(number);
    });
    io_.set_interest(kept.input.get(), false, true);
    if (kept.output)
        io_.attend(kept.output.get(), [this, number](bool, bool) {
            read(running_.at(number));
            settle(number);
        });
    return true;
}

void Helpers::write(Running& helper) {
    while (!helper.waiting.empty()) {
        const ssize_t sent =
            ::send(helper.input.get(), helper.waiting.data(), helper.waiting.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (sent < 0) break; // it does not read
        helper.waiting.erase(0, static_cast<std::size_t>(sent));
    }
    close(helper.input);
}

void Helpers::read(Running& helper) {
    std::array<char, 64U << 10> buffer;
    for (;;) {
        const ssize_t got = ::recv(helper.output.get(), buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (got <= 0) return close(helper.output);
        helper.text.append(buffer.data(), static_cast<std::size_t>(got));
        if (helper.text.size() > helper.most_output) {
            helper.succeeded = false;
            return;
        }
    }
}

void Helpers::close(Descriptor& descriptor) {
    if (descriptor) io_.forget(descriptor.get());
    descriptor.reset();
}

void Helpers::take_exit(Running& helper) {
    int status = 0;
    if (::waitpid(helper.pid, &status, WNOHANG) != helper.pid) return;
    close(helper.process);
    close(helper.input);
    helper.pid = -1;
    if (helper.output) read(helper); // what it wrote last
    if (!helper.succeeded) helper.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void Helpers::settle(std::uint64_t number) {
    const Running& helper = running_.at(number);
    // A child of its own may hold the output open; what it writes is not waited for.
    if (helper.succeeded) finish(number, *helper.succeeded);
}

void Helpers::finish(std::uint64_t number, bool good) {
    Running helper = std::move(running_.at(number));
    running_.erase(number);
    close(helper.process);
    close(helper.input);
    close(helper.output);
    if (helper.pid >= 0) {
        ::kill(helper.pid, SIGKILL);
        ::waitpid(helper.pid, nullptr, 0);
    }
    if (helper.done) helper.done(good ? std::optional{std::move(helper.text)} : std::nullopt);
}

void Helpers::tick(std::int64_t now_ns) {
    for (;;) {
        const auto late = std::find_if(running_.begin(), running_.end(),
                                       [&](const auto& each) { return each.second.ends_at <= now_ns; });
        if (late == running_.end()) return;
        finish(late->first, false);
    }
}

std::optional<std::int64_t> Helpers::deadline_ns() const noexcept {
    std::optional<std::int64_t> next;
    for (const auto& [number, helper] : running_)
        next = next ? std::min(*next, helper.ends_at) : helper.ends_at;
    return next;
}

} // namespace lunette::server
