#include "script/run/preempt.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "script/run/run_state.h"

#if defined(__SANITIZE_THREAD__)
#define LUNETTE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LUNETTE_TSAN 1
#endif
#endif

#ifdef LUNETTE_TSAN
#define LUNETTE_NO_TSAN __attribute__((no_sanitize("thread")))
#else
#define LUNETTE_NO_TSAN
#endif

namespace lunette::script {

namespace {

struct Installed {
    int users = 0;
    struct sigaction previous {};
};

std::mutex install_mutex;
std::array<Installed, 65> installed; // by signal number; `previous` is written before the handler can run

void hook(lua_State* L, lua_Debug*) {
    RunState* state = RunState::current();
    lua_sethook(L, nullptr, 0, 0);
    if (!state) return;
    if (state->kill) {
        if (state->can_yield(L)) {
            state->reason = YieldReason::killed;
            lua_yield(L, 0);
            return;
        }
        state->raise_kill(L);
    }
    // A hook without a pending request was inherited by a new coroutine, or set too late.
    if (!state->requested.load(std::memory_order_relaxed)) return;
    if (should_yield(L, *state)) lua_yield(L, 0); // Lua 5.4 manual 4.7: count hooks may yield, without values
}

LUNETTE_NO_TSAN void handle(int signal, siginfo_t* info, void* context) {
    const int saved_errno = errno;
    RunState* state = RunState::current();
    if (info->si_code == SI_QUEUE && state && info->si_value.sival_ptr == &state->yield_mark) {
        sched_yield();
    } else if (info->si_code == SI_QUEUE && state && info->si_value.sival_ptr == state) {
        sched_yield(); // the hook may be far: in a C function, say
        state->requested.store(true, std::memory_order_relaxed);
        if (lua_State* L = state->running.load(std::memory_order_relaxed)) arm_preempt(L);
    } else {
        const struct sigaction& previous = installed[static_cast<std::size_t>(signal)].previous;
        if (previous.sa_flags & SA_SIGINFO) {
            if (previous.sa_sigaction) previous.sa_sigaction(signal, info, context);
        } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
            previous.sa_handler(signal);
        }
    }
    errno = saved_errno;
}

#ifdef LUNETTE_TSAN
// The thread sanitizer defers asynchronous signals to the next intercepted call, and a Lua loop makes none.
// So its wrapper is replaced behind its back, keeping the flags and the restorer that libc has set.
struct KernelSigaction {
    void (*handler)(int, siginfo_t*, void*);
    unsigned long flags;
    void (*restorer)();
    unsigned long mask;
};

void install_directly(int signal) {
    KernelSigaction action{};
    syscall(SYS_rt_sigaction, signal, nullptr, &action, sizeof action.mask);
    action.handler = handle;
    syscall(SYS_rt_sigaction, signal, &action, nullptr, sizeof action.mask);
}
#endif

} // namespace

LUNETTE_NO_TSAN void arm_preempt(lua_State* L) { lua_sethook(L, hook, LUA_MASKCOUNT, 1); }

void arm_kill(lua_State* L) { lua_sethook(L, hook, LUA_MASKCOUNT, 1); }

bool should_yield(lua_State* L, RunState& state) {
    state.requested.store(false, std::memory_order_relaxed);
    ++state.hooks_fired;
    if (state.stop.load(std::memory_order_acquire)) {
        state.fate->unwind();
        state.request_kill(L, "stopped");
    } else if (state.task_cpu_ns() >= state.hard_limit_ns) {
        state.request_kill(L, "stopped: more than " + std::to_string(state.hard_limit_ns / 1'000'000) +
                                  " ms of CPU time");
    }
    if (state.can_yield(L)) {
        state.reason = state.kill ? YieldReason::killed : YieldReason::preempted;
        return true;
    }
    state.check(L);
    state.control.deadline_ns.store(thread_cpu_ns() + state.slice_ns, std::memory_order_release);
    return false;
}

PreemptSignal::PreemptSignal(int signal) : signal_{signal} {
    const std::scoped_lock lock{install_mutex};
    Installed& slot = installed[static_cast<std::size_t>(signal)];
    if (slot.users++ > 0) return;
    sigaction(signal, nullptr, &slot.previous);
    struct sigaction action {};
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
#ifdef LUNETTE_TSAN
    install_directly(signal);
#endif
}

PreemptSignal::~PreemptSignal() {
    const std::scoped_lock lock{install_mutex};
    Installed& slot = installed[static_cast<std::size_t>(signal_)];
    if (--slot.users == 0) sigaction(signal_, &slot.previous, nullptr);
}

} // namespace lunette::script
