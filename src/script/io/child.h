#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include <lunette/bind.h>
#include <uv.h>

#include "script/io/poll_watch.h"
#include "script/io/spawner.h"

namespace lunette::script {

/// How a child ended.
struct ChildExit {
    int status = 0; ///< exit status, or the signal
    bool signalled = false;
};

/// A started child process on the loop: feeds its input, collects its output, notices its exit. It stays a
/// zombie until this lets go of it, so that its process group can be killed without hitting a stranger.
///
/// Thread: script thread.
class Child {
public:
    struct Events {
        std::function<void()> output; ///< there is more of it
        std::function<void()> over;   ///< exited, and everything captured was read (or it was killed)
    };

    /// Events come from callbacks of the loop; `over` may destroy the child.
    Child(uv_loop_t* loop, ChildRegister& children, Spawned spawned, std::string input,
          std::size_t output_limit, Events events);
    /// Kills it, unless it is over, was released or is not ours any more, and waits up to a second until it
    /// is gone.
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Kills the whole process group and reads no more; `over` follows when it is gone, which may be at once.
    void kill();
    /// Reads no more: the child gets SIGPIPE if it goes on writing. `over` may follow at once.
    void close_output();
    /// No more events.
    void disconnect() { events_ = {}; }
    /// It shall live on when this is destroyed.
    void release() noexcept { released_ = true; }

    pid_t pid() const noexcept { return pid_; }
    const std::string& output() const noexcept { return output_.text; }
    std::string take_output() noexcept { return std::move(output_.text); }
    std::string take_error_output() noexcept { return std::move(error_output_.text); }
    /// Why it was killed by this class; empty otherwise.
    const std::string& failure() const noexcept { return failure_; }
    /// REQUIRES: over.
    ChildExit exit() const noexcept { return exit_; }

private:
    struct Stream {
        FileDescriptor fd;
        PollWatch watch;
        std::string text;
        void close() {
            watch.stop();
            fd.reset();
        }
    };

    void watch(Stream& stream);
    void read(Stream& stream);
    void write();
    void exited();
    void check_over();
    bool reap(bool block);

    uv_loop_t* loop_;
    ChildRegister& register_;
    pid_t pid_;
    FileDescriptor pidfd_;
    PollWatch exit_watch_;
    Stream output_, error_output_;
    FileDescriptor input_fd_;
    PollWatch input_watch_;
    std::string input_;
    std::size_t written_ = 0;
    std::size_t output_limit_;
    Events events_;
    std::string failure_;
    ChildExit exit_;
    bool exited_ = false;
    bool reaped_ = false;
    bool released_ = false;
};

} // namespace lunette::script
