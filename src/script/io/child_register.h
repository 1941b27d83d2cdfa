#pragma once

#include <sys/types.h>

#include <csignal>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace lunette::script {

/// The running and not yet collected children of one incarnation, by process number. Numbers may be given to
/// strangers once a child is collected; so whoever kills or collects does it here, and only what is still
/// its own: when the thread is given up, all of them become somebody else's.
///
/// Thread: any. The lock is held for system calls that do not wait, never while Lua or a C function that it
/// called runs.
class ChildRegister {
public:
    struct Process {
        pid_t pid;
        bool lives_on; ///< beyond the thread that started it
    };
    enum class Collected : std::uint8_t {
        yes,
        not_yet,
        unknown,  ///< somebody else did: the host, or the kernel
        not_ours, ///< any more
    };

    /// False when the thread was given up; then it is for the caller to end it.
    bool add(Process process);
    /// Its whole process group. False when it is not ours any more.
    bool kill(pid_t pid);
    /// After it has exited; does not wait.
    Collected collect(pid_t pid, int pidfd, siginfo_t& info);
    /// It runs on, and nobody collects it.
    void release(pid_t pid);

    /// Takes all of them away, for ever. Nothing when somebody else uses the register just now.
    std::optional<std::vector<Process>> try_revoke();

private:
    std::mutex mutex_; ///< guards the rest
    std::map<pid_t, Process> processes_;
    bool revoked_ = false;
};

} // namespace lunette::script
