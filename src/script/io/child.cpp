#include "script/io/child.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "script/io/quiet_write.h"

namespace lunette::script {
namespace {

constexpr std::size_t read_size = std::size_t{64} << 10;
constexpr int reads_per_turn = 16; ///< so that a flood leaves the loop to others
constexpr int patience_ms = 1000;  ///< for a killed child to vanish; only one in the kernel takes longer

} // namespace

Child::Child(uv_loop_t* loop, ChildRegister& children, Spawned spawned, std::string input,
             std::size_t output_limit, Events events)
    : loop_{loop},
      register_{children},
      pid_{spawned.pid},
      pidfd_{std::move(spawned.exit)},
      input_fd_{std::move(spawned.input)},
      input_{std::move(input)},
      output_limit_{output_limit},
      events_{std::move(events)} {
    output_.fd = std::move(spawned.output);
    error_output_.fd = std::move(spawned.error_output);
    if (exit_watch_.start(loop_, pidfd_.get(), UV_READABLE, [this](int) { exited(); }) != 0) {
        failure_ = "its exit cannot be watched";
        exited_ = true; // as far as kill() is concerned, which waits for it
        return;
    }
    watch(output_);
    watch(error_output_);
    if (input_fd_) {
        if (input_watch_.start(loop_, input_fd_.get(), UV_WRITABLE, [this](int) { write(); }) != 0)
            input_fd_.reset();
    }
}

Child::~Child() {
    exit_watch_.stop();
    output_.close();
    error_output_.close();
    input_watch_.stop();
    if (reaped_) return;
    if (released_) {
        register_.release(pid_);
        return;
    }
    if (!register_.kill(pid_)) return;
    pollfd gone{pidfd_.get(), POLLIN, 0};
    while (::poll(&gone, 1, patience_ms) < 0 && errno == EINTR) {
    }
    reap(false);
}

void Child::watch(Stream& stream) {
    if (!stream.fd) return;
    const int error =
        stream.watch.start(loop_, stream.fd.get(), UV_READABLE, [this, &stream](int) { read(stream); });
    if (error) stream.close();
}

void Child::read(Stream& stream) {
    std::array<char, read_size> buffer;
    bool more = false;
    bool end = false;
    for (int i = 0; i < reads_per_turn; ++i) {
        const ssize_t size = ::read(stream.fd.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR) continue;
        end = size == 0 || (size < 0 && errno != EAGAIN);
        if (size <= 0) break;
        more = true;
        if (output_.text.size() + error_output_.text.size() + static_cast<std::size_t>(size) >
            output_limit_) {
            failure_ = "it wrote more than " + std::to_string(output_limit_) + " bytes";
            return kill();
        }
        stream.text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    if (end) stream.close();
    if (more && events_.output) events_.output();
    if (end) check_over();
}

void Child::write() {
    while (written_ < input_.size()) {
        const ssize_t size =
            write_quietly(input_fd_.get(), input_.data() + written_, input_.size() - written_);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 && errno == EAGAIN) return;
        if (size < 0) break; // it does not want the rest
        written_ += static_cast<std::size_t>(size);
    }
    input_watch_.stop();
    input_fd_.reset();
}

void Child::kill() {
    if (reaped_) return;
    register_.kill(pid_);
    input_watch_.stop();
    input_fd_.reset();
    output_.close();
    error_output_.close();
    check_over();
}

void Child::close_output() {
    output_.close();
    error_output_.close();
    check_over();
}

/// Leaves it a zombie: its number must not be given to another while its group may have to be killed.
void Child::exited() {
    exit_watch_.stop();
    exited_ = true;
    check_over();
}

void Child::check_over() {
    if (!exited_ || reaped_ || output_.fd || error_output_.fd) return;
    input_watch_.stop();
    input_fd_.reset();
    reap(true);
    const auto over = std::move(events_.over);
    if (over) over();
}

bool Child::reap(bool block) {
    pollfd gone{pidfd_.get(), POLLIN, 0};
    while (block && ::poll(&gone, 1, -1) < 0 && errno == EINTR) {
    }
    siginfo_t info{};
    const auto collected = register_.collect(pid_, pidfd_.get(), info);
    if (collected == ChildRegister::Collected::not_yet) return false;
    reaped_ = true;
    if (collected == ChildRegister::Collected::yes)
        exit_ = {info.si_status, info.si_code != CLD_EXITED};
    else
        failure_ = "its exit status is unknown: the host collects or ignores children";
    return true;
}

} // namespace lunette::script
