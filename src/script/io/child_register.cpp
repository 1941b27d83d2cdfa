#include "script/io/child_register.h"

#include <cerrno>
#include <utility>

#include <sys/wait.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

namespace lunette::script {

bool ChildRegister::add(Process process) {
    const std::lock_guard lock{mutex_};
    if (!revoked_) processes_.emplace(process.pid, process);
    return !revoked_;
}

bool ChildRegister::kill(pid_t pid) {
    const std::lock_guard lock{mutex_};
    if (!processes_.contains(pid)) return false;
    ::kill(-pid, SIGKILL);
    return true;
}

ChildRegister::Collected ChildRegister::collect(pid_t pid, int pidfd, siginfo_t& info) {
    const std::lock_guard lock{mutex_};
    if (!processes_.contains(pid)) return Collected::not_ours;
    info = {};
    int result = 0;
    do {
        result = ::waitid(static_cast<idtype_t>(P_PIDFD), static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG);
    } while (result != 0 && errno == EINTR);
    if (result == 0 && info.si_pid == 0) return Collected::not_yet;
    processes_.erase(pid);
    return result == 0 ? Collected::yes : Collected::unknown;
}

void ChildRegister::release(pid_t pid) {
    const std::lock_guard lock{mutex_};
    processes_.erase(pid);
}

std::optional<std::vector<ChildRegister::Process>> ChildRegister::try_revoke() {
    const std::unique_lock lock{mutex_, std::try_to_lock};
    if (!lock) return std::nullopt;
    revoked_ = true;
    std::vector<Process> processes;
    for (const auto& [pid, process] : std::exchange(processes_, {})) processes.push_back(process);
    return processes;
}

} // namespace lunette::script
