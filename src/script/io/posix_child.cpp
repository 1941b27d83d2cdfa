#include "script/io/posix_child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace lunette::script {
namespace {

/// A pipe whose ends are beyond the standard descriptors, so that moving one end there in the child cannot
/// overwrite another (a host may run with its standard descriptors closed).
struct Pipe {
    FileDescriptor read, write;

    bool open() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) return false;
        read.reset(ends[0]);
        write.reset(ends[1]);
        return lift(read) && lift(write);
    }
    static bool lift(FileDescriptor& fd) {
        if (fd.get() > STDERR_FILENO) return true;
        fd.reset(::fcntl(fd.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
        return static_cast<bool>(fd);
    }
    static void set_nonblocking(const FileDescriptor& fd) {
        ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
    }
};

class Actions {
public:
    Actions() { ::posix_spawn_file_actions_init(&actions_); }
    ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    posix_spawn_file_actions_t* get() { return &actions_; }
    void null(int fd, int flags) { ::posix_spawn_file_actions_addopen(&actions_, fd, "/dev/null", flags, 0); }
    void take(const FileDescriptor& from, int to) {
        ::posix_spawn_file_actions_adddup2(&actions_, from.get(), to);
    }

private:
    posix_spawn_file_actions_t actions_;
};

class Attributes {
public:
    Attributes() {
        ::posix_spawnattr_init(&attributes_);
        sigset_t every, none;
        sigfillset(&every);
        sigemptyset(&none);
        ::posix_spawnattr_setsigdefault(&attributes_, &every);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setflags(&attributes_,
                                   POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
    }
    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    posix_spawnattr_t* get() { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

std::vector<std::string> merged_environment(const ProcessOptions& options) {
    std::vector<std::string> merged;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text{*entry};
        const std::string_view name = text.substr(0, text.find('='));
        bool replaced = false;
        for (const auto& [key, value] : options.environment) replaced = replaced || key == name;
        if (!replaced) merged.emplace_back(text);
    }
    for (const auto& [key, value] : options.environment) merged.push_back(key + "=" + value);
    return merged;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
    std::vector<char*> out;
    out.reserve(strings.size() + 1);
    for (const auto& string : strings) out.push_back(const_cast<char*>(string.c_str()));
    out.push_back(nullptr);
    return out;
}

std::string invalid(const ProcessOptions& options) {
    const auto has_zero = [](const std::string& text) { return text.find('\0') != std::string::npos; };
    if (options.arguments.empty()) return "no program to run: the argument list is empty";
    for (const auto& argument : options.arguments)
        if (has_zero(argument)) return "cannot run a program with a zero byte in an argument";
    for (const auto& [key, value] : options.environment)
        if (key.empty() || key.find('=') != std::string::npos || has_zero(key) || has_zero(value))
            return "cannot set the environment variable '" + key + "'";
    if (has_zero(options.directory))
        return "cannot run a program in a directory with a zero byte in its name";
    return {};
}

std::string describe_failure(const ProcessOptions& options, int error) {
    struct stat status {};
    if (!options.directory.empty() && ::stat(options.directory.c_str(), &status) != 0)
        return "cannot run '" + options.arguments[0] + "' in " + options.directory + ": " +
               std::strerror(errno);
    return "cannot run '" + options.arguments[0] + "': " + std::strerror(error);
}

} // namespace

Spawned start_child(const SpawnRequest& request) {
    const ProcessOptions& options = request.options;
    Spawned child;
    child.ticket = request.ticket;
    child.error = invalid(options);
    if (!child.error.empty()) return child;

    const bool feed = !options.input.empty() && !options.background;
    const bool output = request.capture != Capture::none && !options.background;
    const bool error_output = output && request.capture == Capture::all && !options.merge_error_output;
    Pipe in, out, err;
    if ((feed && !in.open()) || (output && !out.open()) || (error_output && !err.open())) {
        child.error = describe_failure(options, errno);
        return child;
    }

    Actions actions;
    if (feed)
        actions.take(in.read, STDIN_FILENO);
    else
        actions.null(STDIN_FILENO, O_RDONLY);
    if (output)
        actions.take(out.write, STDOUT_FILENO);
    else
        actions.null(STDOUT_FILENO, O_WRONLY);
    if (error_output)
        actions.take(err.write, STDERR_FILENO);
    else if (output && options.merge_error_output)
        actions.take(out.write, STDERR_FILENO);
    else
        actions.null(STDERR_FILENO, O_WRONLY);
    ::posix_spawn_file_actions_addclosefrom_np(actions.get(), STDERR_FILENO + 1);
    if (!options.directory.empty())
        ::posix_spawn_file_actions_addchdir_np(actions.get(), options.directory.c_str());

    Attributes attributes;
    const auto environment = merged_environment(options);
    const int error =
        ::posix_spawnp(&child.pid, options.arguments[0].c_str(), actions.get(), attributes.get(),
                       pointers(options.arguments).data(), pointers(environment).data());
    if (error != 0) {
        child.error = describe_failure(options, error);
        return child;
    }
    child.exit.reset(static_cast<int>(::syscall(SYS_pidfd_open, child.pid, 0)));
    if (!child.exit) {
        child.error = describe_failure(options, errno);
        ::kill(-child.pid, SIGKILL);
        ::waitpid(child.pid, nullptr, 0);
        return child;
    }
    for (FileDescriptor* end : {&in.write, &out.read, &err.read})
        if (*end) Pipe::set_nonblocking(*end);
    child.input = std::move(in.write);
    child.output = std::move(out.read);
    child.error_output = std::move(err.read);
    return child;
}

} // namespace lunette::script
