#include "script/run/watchdog.h"

#include <algorithm>
#include <climits>
#include <csignal>
#include <ctime>

#include <linux/futex.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lunette::script {

namespace {

constexpr std::int64_t longest_look_ns = 25'000'000;
constexpr std::int64_t slicing_look_ns = 1'000'000;
constexpr std::int64_t resend_ns = 500'000; // a signal may arrive between two coroutines and arm nothing
constexpr std::int64_t shortest_sleep_ns = 100'000;

void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t expected, std::int64_t timeout_ns) noexcept {
    timespec timeout{timeout_ns / 1'000'000'000, timeout_ns % 1'000'000'000};
    syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&word), FUTEX_WAIT_PRIVATE, expected,
            timeout_ns < 0 ? nullptr : &timeout, nullptr, 0);
}

void futex_wake(std::atomic<std::uint32_t>& word) noexcept {
    syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&word), FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr,
            0);
}

} // namespace

void WatchdogControl::arm(std::int64_t deadline) noexcept {
    deadline_ns.store(deadline, std::memory_order_relaxed);
    slices.fetch_add(1, std::memory_order_seq_cst);
    if (parked.load(std::memory_order_seq_cst) != 0) {
        parked.store(0, std::memory_order_seq_cst);
        futex_wake(parked);
    }
}

Watchdog::Watchdog(WatchdogControl& control, pthread_t target, int signal, void* cookie, std::int64_t turn_ns)
    : control_{control},
      target_tid_{static_cast<pid_t>(syscall(SYS_gettid))},
      signal_{signal},
      cookie_{cookie},
      look_ns_{std::clamp(turn_ns, shortest_sleep_ns, longest_look_ns)} {
    pthread_getcpuclockid(target, &cpu_clock_);
    thread_ = std::thread{[this] { run(); }};
}

Watchdog::~Watchdog() {
    stop_.store(true, std::memory_order_seq_cst);
    control_.parked.store(0, std::memory_order_seq_cst);
    futex_wake(control_.parked);
    sleeper_.store(1, std::memory_order_seq_cst);
    futex_wake(sleeper_);
    thread_.join();
}

void Watchdog::send() noexcept {
    siginfo_t info{};
    info.si_signo = signal_;
    info.si_code = SI_QUEUE;
    info.si_pid = getpid();
    info.si_uid = getuid();
    info.si_value.sival_ptr = cookie_;
    syscall(SYS_rt_tgsigqueueinfo, getpid(), target_tid_, signal_, &info);
    signals_.fetch_add(1, std::memory_order_relaxed);
}

void Watchdog::park(std::uint64_t seen_slices) noexcept {
    control_.parked.store(1, std::memory_order_seq_cst);
    if (control_.slices.load(std::memory_order_seq_cst) != seen_slices ||
        stop_.load(std::memory_order_seq_cst)) {
        control_.parked.store(0, std::memory_order_seq_cst);
        return;
    }
    futex_wait(control_.parked, 1, -1);
}

void Watchdog::run() {
    prctl(PR_SET_NAME, "lunette-watch");
    prctl(PR_SET_TIMERSLACK, 20'000UL);
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);

    std::uint64_t seen = 0;
    bool quiet = false;
    while (!stop_.load(std::memory_order_acquire)) {
        const std::uint64_t slices = control_.slices.load(std::memory_order_acquire);
        const std::int64_t deadline = control_.deadline_ns.load(std::memory_order_acquire);
        std::int64_t sleep_ns = look_ns_;
        if (deadline == 0) {
            if (slices == seen && quiet) {
                park(slices);
                quiet = false;
                continue;
            }
            quiet = slices == seen;
        } else {
            quiet = false;
            timespec now{};
            clock_gettime(cpu_clock_, &now);
            const std::int64_t left = deadline - (now.tv_sec * 1'000'000'000LL + now.tv_nsec);
            if (left <= 0) {
                send();
                sleep_ns = resend_ns;
            } else {
                sleep_ns = std::max(left, shortest_sleep_ns);
            }
        }
        seen = slices;
        if (control_.slicing.load(std::memory_order_relaxed)) sleep_ns = std::min(sleep_ns, slicing_look_ns);
        futex_wait(sleeper_, 0, sleep_ns);
    }
}

} // namespace lunette::script
