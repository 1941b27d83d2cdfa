#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace lunette::terminal {

struct PtySize {
    int columns = 80;
    int rows = 24;
    int pixel_width = 0;
    int pixel_height = 0;
};

struct PtyOptions {
    // Empty: the user's shell as a login shell. argv[0] without a slash is looked up in the PATH
    // of `environment`.
    std::vector<std::string> arguments;
    // Where it starts; a directory that is gone gives way to its nearest parent, then to $HOME.
    std::string cwd;
    // The complete environment, NAME=VALUE each.
    std::vector<std::string> environment;
    PtySize size;
};

struct Error {
    enum class Kind { no_pty, program_missing, spawn_failed };
    Kind kind = Kind::spawn_failed;
    std::string message;  // "pwsh: not found in PATH"
    int system_error = 0; // errno, or 0
};

struct ExitStatus {
    int code = 0;   // meaningful when signal == 0
    int signal = 0; // the signal that ended it, or 0
};

// A child on a pseudo-terminal of its own. Owns the master side, the pidfd and the duty to reap.
// Started by posix_spawn with default signal dispositions and an empty mask; no descriptor of ours
// but the tty reaches it. UI thread only; movable. Destruction hangs up.
class Pty {
public:
    enum class Io { ok, would_block, closed };
    struct IoResult {
        Io status = Io::closed;
        std::size_t bytes = 0;
    };

    static tl::expected<Pty, Error> spawn(const PtyOptions& options);

    Pty() noexcept = default; // none: as if hung up, and nothing to reap
    Pty(Pty&& other) noexcept;
    Pty& operator=(Pty&& other) noexcept;
    ~Pty();

    // The non-blocking master, for polling; -1 after hang_up().
    int fd() const noexcept { return master_; }
    // Readable when the child has ended; -1 once it is reaped.
    int exit_fd() const noexcept { return pidfd_; }
    pid_t pid() const noexcept { return pid_; }

    IoResult read(std::span<char> buffer) noexcept;
    IoResult write(std::string_view bytes) noexcept;
    bool resize(PtySize size) noexcept;
    // Process group in the foreground of the tty.
    std::optional<pid_t> foreground_group() const noexcept;
    // The exit status once there is one; reaps the child.
    std::optional<ExitStatus> poll_exit() noexcept;
    // SIGHUP (and SIGCONT, for stopped jobs) to the foreground group and to the child's own group,
    // then closes the master. The child stays to be reaped by poll_exit(). Idempotent.
    void hang_up() noexcept;

    const std::string& program() const noexcept { return program_; } // resolved path

private:
    Pty(int master, int pidfd, pid_t pid, std::string program) noexcept;
    void release() noexcept;

    int master_ = -1;
    int pidfd_ = -1;
    pid_t pid_ = -1;
    std::optional<ExitStatus> exit_;
    std::string program_;
};

} // namespace lunette::terminal
