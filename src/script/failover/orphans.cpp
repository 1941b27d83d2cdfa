#include "script/failover/orphans.h"

#include <cerrno>
#include <csignal>
#include <thread>

#include <sys/wait.h>

namespace lunette::script {

namespace {

constexpr std::chrono::seconds between_looks{1};
constexpr std::chrono::milliseconds pause{2};
constexpr int pauses = 500; // only what is stuck in the kernel takes longer

bool is_over(pid_t pid) {
    siginfo_t info{};
    int result = 0;
    do {
        result = ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG);
    } while (result != 0 && errno == EINTR);
    return result != 0 || info.si_pid != 0; // an error: somebody else has collected it
}

} // namespace

Orphans::~Orphans() {
    collect();
    for (int i = 0; i < pauses && !killed_.empty(); ++i) {
        std::this_thread::sleep_for(pause);
        collect();
    }
}

bool Orphans::take(ChildRegister& children) {
    const auto processes = children.try_revoke();
    if (!processes) return false;
    for (const auto [pid, lives_on] : *processes) {
        if (!lives_on) ::kill(-pid, SIGKILL);
        (lives_on ? living_ : killed_).push_back(pid);
    }
    return true;
}

void Orphans::collect() {
    if (!killed_.empty()) std::erase_if(killed_, is_over);
    if (living_.empty()) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_look_) return;
    next_look_ = now + between_looks;
    std::erase_if(living_, is_over);
}

} // namespace lunette::script
