#include "terminal/pty.h"

#include "terminal/shell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace lunette::terminal {

namespace {

Error system_failure(Error::Kind kind, std::string_view what, int code) {
    return {kind, fmt::format("{}: {}", what, std::strerror(code)), code};
}

class Descriptor {
public:
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    int get() const noexcept { return fd_; }
    int release() noexcept { return std::exchange(fd_, -1); }

private:
    int fd_;
};

// What posix_spawn does in the child before exec.
class SpawnPlan {
public:
    SpawnPlan(const char* tty, const char* directory) {
        posix_spawnattr_init(&attributes_);
        posix_spawn_file_actions_init(&actions_);
        sigset_t all;
        sigset_t none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setflags(&attributes_,
                                 POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
        // Without O_NOCTTY: the first tty that a session leader opens controls it.
        ok(posix_spawn_file_actions_addopen(&actions_, 0, tty, O_RDWR, 0));
        ok(posix_spawn_file_actions_adddup2(&actions_, 0, 1));
        ok(posix_spawn_file_actions_adddup2(&actions_, 0, 2));
        ok(posix_spawn_file_actions_addclosefrom_np(&actions_, 3));
        ok(posix_spawn_file_actions_addchdir_np(&actions_, directory));
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    int run(pid_t& pid, const char* path, char* const* arguments, char* const* environment) const {
        if (error_ != 0) return error_;
        return posix_spawn(&pid, path, &actions_, &attributes_, arguments, environment);
    }

private:
    void ok(int code) {
        if (error_ == 0) error_ = code;
    }

    posix_spawnattr_t attributes_{};
    posix_spawn_file_actions_t actions_{};
    int error_ = 0;
};

// posix_spawn wants char* but writes nothing.
std::vector<char*> pointers(const std::vector<std::string>& strings) {
    std::vector<char*> list;
    for (const std::string& text : strings) list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

winsize window_size(PtySize size) {
    const auto cut = [](int value) { return static_cast<unsigned short>(std::clamp(value, 0, USHRT_MAX)); };
    return {cut(size.rows), cut(size.columns), cut(size.pixel_width), cut(size.pixel_height)};
}

tl::expected<int, Error> open_master(PtySize size) {
    Descriptor master{posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)};
    if (master.get() < 0 || grantpt(master.get()) != 0 || unlockpt(master.get()) != 0)
        return tl::unexpected(system_failure(Error::Kind::no_pty, "no pseudo-terminal", errno));
    // On Linux the master reaches the terminal's settings. IUTF8: erase deletes whole characters.
    termios settings{};
    if (tcgetattr(master.get(), &settings) == 0) {
        settings.c_iflag |= IUTF8;
        tcsetattr(master.get(), TCSANOW, &settings);
    }
    const winsize window = window_size(size);
    ioctl(master.get(), TIOCSWINSZ, &window);
    return master.release();
}

// Children whose Pty went away before they ended; reaped when the next one is started or goes.
std::vector<pid_t>& abandoned() {
    static std::vector<pid_t> children;
    return children;
}

void reap_abandoned() {
    std::erase_if(abandoned(), [](pid_t pid) {
        const pid_t result = waitpid(pid, nullptr, WNOHANG);
        return result == pid || (result < 0 && errno == ECHILD);
    });
}

} // namespace

tl::expected<Pty, Error> Pty::spawn(const PtyOptions& options) {
    reap_abandoned();
    std::string path;
    std::vector<std::string> arguments = options.arguments;
    if (arguments.empty()) {
        path = default_shell(options.environment);
        arguments = {login_name(path)};
    } else if (std::optional<std::string> found = find_program(arguments[0], options.environment)) {
        path = std::move(*found);
    } else {
        const bool is_path = arguments[0].find('/') != std::string::npos;
        return tl::unexpected(Error{Error::Kind::program_missing,
                                    arguments[0] + (is_path ? ": no such program" : ": not found in PATH"),
                                    ENOENT});
    }
    tl::expected<int, Error> opened = open_master(options.size);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    Descriptor master{*opened};
    char tty[PATH_MAX];
    if (const int code = ptsname_r(master.get(), tty, sizeof tty); code != 0)
        return tl::unexpected(system_failure(Error::Kind::no_pty, "no name for the pseudo-terminal", code));

    const std::string directory = usable_directory(options.cwd, options.environment);
    // The program is looked up before the child changes directory.
    if (!path.starts_with('/')) {
        if (char* const absolute = realpath(path.c_str(), nullptr)) {
            path = absolute;
            free(absolute);
        }
    }
    const SpawnPlan plan{tty, directory.c_str()};
    pid_t pid = -1;
    const int code =
        plan.run(pid, path.c_str(), pointers(arguments).data(), pointers(options.environment).data());
    if (code != 0) return tl::unexpected(system_failure(Error::Kind::spawn_failed, path, code));
    const int pidfd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
    if (pidfd < 0) {
        const int pidfd_error = errno;
        kill(pid, SIGKILL);
        abandoned().push_back(pid);
        return tl::unexpected(
            system_failure(Error::Kind::spawn_failed, "cannot watch the program", pidfd_error));
    }
    return Pty{master.release(), pidfd, pid, std::move(path)};
}

Pty::Pty(int master, int pidfd, pid_t pid, std::string program) noexcept
    : master_(master), pidfd_(pidfd), pid_(pid), program_(std::move(program)) {}

Pty::Pty(Pty&& other) noexcept
    : master_(std::exchange(other.master_, -1)),
      pidfd_(std::exchange(other.pidfd_, -1)),
      pid_(std::exchange(other.pid_, -1)),
      exit_(std::exchange(other.exit_, std::nullopt)),
      program_(std::move(other.program_)) {}

Pty& Pty::operator=(Pty&& other) noexcept {
    if (this == &other) return *this;
    release();
    master_ = std::exchange(other.master_, -1);
    pidfd_ = std::exchange(other.pidfd_, -1);
    pid_ = std::exchange(other.pid_, -1);
    exit_ = std::exchange(other.exit_, std::nullopt);
    program_ = std::move(other.program_);
    return *this;
}

Pty::~Pty() { release(); }

void Pty::release() noexcept {
    if (pid_ < 0) return;
    hang_up();
    if (!poll_exit()) {
        close(pidfd_);
        pidfd_ = -1;
        abandoned().push_back(pid_);
    }
    pid_ = -1;
    reap_abandoned();
}

Pty::IoResult Pty::read(std::span<char> buffer) noexcept {
    if (master_ < 0) return {Io::closed, 0};
    while (true) {
        const ssize_t n = ::read(master_, buffer.data(), buffer.size());
        if (n > 0) return {Io::ok, static_cast<std::size_t>(n)};
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return {Io::would_block, 0};
        // EIO: nobody has the other side open any more.
        return {Io::closed, 0};
    }
}

Pty::IoResult Pty::write(std::string_view bytes) noexcept {
    if (master_ < 0) return {Io::closed, 0};
    while (true) {
        const ssize_t n = ::write(master_, bytes.data(), bytes.size());
        if (n >= 0) return {Io::ok, static_cast<std::size_t>(n)};
        if (errno == EINTR) continue;
        return {errno == EAGAIN ? Io::would_block : Io::closed, 0};
    }
}

bool Pty::resize(PtySize size) noexcept {
    const winsize window = window_size(size);
    return master_ >= 0 && ioctl(master_, TIOCSWINSZ, &window) == 0;
}

std::optional<pid_t> Pty::foreground_group() const noexcept {
    if (master_ < 0) return std::nullopt;
    const pid_t group = tcgetpgrp(master_);
    if (group <= 0) return std::nullopt;
    return group;
}

std::optional<ExitStatus> Pty::poll_exit() noexcept {
    if (exit_ || pidfd_ < 0) return exit_;
    siginfo_t info{};
    if (waitid(P_PIDFD, static_cast<id_t>(pidfd_), &info, WEXITED | WNOHANG) != 0) {
        // ECHILD: somebody else reaped it; the status is lost.
        if (errno != ECHILD) return std::nullopt;
        exit_ = ExitStatus{};
    } else if (info.si_pid == 0) {
        return std::nullopt;
    } else {
        exit_ = info.si_code == CLD_EXITED ? ExitStatus{info.si_status, 0} : ExitStatus{0, info.si_status};
    }
    close(pidfd_);
    pidfd_ = -1;
    return exit_;
}

void Pty::hang_up() noexcept {
    if (master_ < 0) return;
    const std::optional<pid_t> foreground = foreground_group();
    if (foreground && *foreground != pid_) {
        killpg(*foreground, SIGHUP);
        killpg(*foreground, SIGCONT);
    }
    if (!exit_) {
        killpg(pid_, SIGHUP);
        killpg(pid_, SIGCONT);
    }
    close(master_);
    master_ = -1;
}

} // namespace lunette::terminal
