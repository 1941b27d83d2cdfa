#include "script/run/watchdog.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <csignal>
#include <ctime>
#include <utility>

#include <linux/futex.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "script/run/time_slice.h"

namespace lunette::script {

namespace {

constexpr std::int64_t longest_look_ns = 25'000'000;
constexpr std::int64_t slicing_look_ns = 1'000'000;
constexpr std::int64_t resend_ns = 500'000;     // a signal may arrive between two coroutines and arm nothing
constexpr std::int64_t resend_cpu_ns = 100'000; // and has, when the thread used so much since
constexpr std::int64_t yield_every_ns = 2'000'000;
constexpr std::int64_t busy_yield_every_ns = 150'000; // while the host does something
constexpr std::int64_t busy_for_ns = 100'000'000;     // since it last did
constexpr int itself_and_watchdog = 2;
constexpr std::int64_t shortest_sleep_ns = 100'000;
constexpr std::int64_t unmoved_look_ns = 2'000'000;
constexpr std::int64_t given_up_look_ns = 100'000'000;

std::int64_t clock_ns(clockid_t clock) noexcept {
    timespec now{};
    clock_gettime(clock, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}
constexpr std::uint64_t few_slices = 4; // between two looks: waking it for the next costs less than looking

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

Watchdog::Watchdog(WatchdogControl& control, const std::atomic<std::uint64_t>& host_turns, pthread_t target,
                   int signal, Cookies cookies, std::int64_t turn_ns, WedgeDetector::Limits limits,
                   Stuck stuck)
    : control_{control},
      host_turns_{host_turns},
      target_tid_{static_cast<pid_t>(syscall(SYS_gettid))},
      signal_{signal},
      cookies_{cookies},
      detector_{limits},
      state_{target_tid_},
      stuck_{std::move(stuck)},
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

void Watchdog::send(void* cookie) noexcept {
    siginfo_t info{};
    info.si_signo = signal_;
    info.si_code = SI_QUEUE;
    info.si_pid = getpid();
    info.si_uid = getuid();
    info.si_value.sival_ptr = cookie;
    syscall(SYS_rt_tgsigqueueinfo, getpid(), target_tid_, signal_, &info);
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

std::int64_t Watchdog::offer_processor(const Look& now) noexcept {
    const std::int64_t used = now.cpu_ns - std::exchange(seen_cpu_ns_, now.cpu_ns);
    // One that waits in the kernel would have its call interrupted.
    if (used >= busy_yield_every_ns / 2 && runnable_.count().value_or(INT_MAX) > itself_and_watchdog) {
        send(cookies_.yield);
        yields_.fetch_add(1, std::memory_order_relaxed);
    }
    const std::uint64_t turns = host_turns_.load(std::memory_order_relaxed);
    if (std::exchange(seen_turns_, turns) != turns) busy_until_ns_ = now.wall_ns + busy_for_ns;
    return now.wall_ns < busy_until_ns_ ? busy_yield_every_ns : yield_every_ns;
}

std::int64_t Watchdog::look(std::uint64_t slice, std::int64_t deadline_ns) {
    Look now{clock_ns(CLOCK_MONOTONIC), clock_ns(cpu_clock_), slice, deadline_ns,
             control_.polling.load(std::memory_order_acquire)};
    if (detector_.wants_state(now)) now.state = state_.read();
    const WedgeDetector::Verdict verdict = detector_.look(now);
    if (verdict >= WedgeDetector::Verdict::stuck_on_cpu && stuck_ && !given_up_) {
        given_up_ = true;
        stuck_(verdict);
    }

    const std::int64_t left = deadline_ns - now.cpu_ns;
    if (left > 0 && verdict != WedgeDetector::Verdict::arm)
        return std::clamp(left, shortest_sleep_ns, offer_processor(now));
    const bool first = sent_in_ != slice || sent_for_ns_ != deadline_ns;
    const bool moved = now.cpu_ns - sent_at_ns_ >= resend_cpu_ns; // else the signal has not been taken yet
    if (first || moved) {
        sent_in_ = slice;
        sent_for_ns_ = deadline_ns;
        sent_at_ns_ = now.cpu_ns;
        send(cookies_.preempt);
        signals_.fetch_add(1, std::memory_order_relaxed);
    }
    if (given_up_) return given_up_look_ns;
    return first || moved ? resend_ns : unmoved_look_ns;
}

void Watchdog::run() {
    prctl(PR_SET_NAME, "lunette-watch");
    prctl(PR_SET_TIMERSLACK, 20'000UL);
    ask_for_time_slices(std::chrono::microseconds{100}); // it may wake on the processor of whom it watches
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);

    std::uint64_t seen = 0;
    while (!stop_.load(std::memory_order_acquire)) {
        const std::uint64_t slices = control_.slices.load(std::memory_order_acquire);
        const std::int64_t deadline = control_.deadline_ns.load(std::memory_order_acquire);
        std::int64_t sleep_ns = look_ns_;
        if (deadline == 0) {
            if (slices - std::exchange(seen, slices) <= few_slices) {
                park(slices);
                continue;
            }
        } else {
            sleep_ns = look(slices, deadline);
        }
        seen = slices;
        if (control_.slicing.load(std::memory_order_relaxed)) sleep_ns = std::min(sleep_ns, slicing_look_ns);
        futex_wait(sleeper_, 0, sleep_ns);
    }
}

} // namespace lunette::script
