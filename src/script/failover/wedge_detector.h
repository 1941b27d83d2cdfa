#pragma once

#include <cstdint>

#include "script/failover/thread_state.h"

namespace lunette::script {

/// What the watchdog sees of the script thread at one time.
struct Look {
    std::int64_t wall_ns = 0; ///< monotonic
    std::int64_t cpu_ns = 0;  ///< used by the thread
    std::uint64_t slice = 0;  ///< counts
    std::int64_t deadline_ns =
        0;                ///< CPU time at which the task has to give way, moved by each hook; 0: no task runs
    bool polling = false; ///< it waits in the loop's own poll
    ThreadState state = ThreadState::runs;
};

/// Decides whether a script thread is stuck. The measure is progress of Lua: while the hook is armed, the
/// first instruction of Lua ends the slice or moves the deadline. So a thread is stuck when the hook was
/// armed, and neither happened, while the thread
///  - used `cpu_ns` of CPU, or
///  - was seen blocked in the kernel for `blocked_ns`, using no CPU to speak of.
/// A look counts for `longest_look_ns` at most, whatever the clocks say: when the process was stopped or the
/// machine paused, the watchdog was too. A thread that waits for a core is not blocked.
///
/// Thread: the watchdog's.
class WedgeDetector {
public:
    struct Limits {
        std::int64_t cpu_ns;
        std::int64_t blocked_ns;
    };
    enum class Verdict : std::uint8_t {
        fine,
        arm, ///< it is blocked before its time is over: arm the hook now, to see whether Lua gets on
        stuck_on_cpu,
        stuck_in_kernel,
    };
    static constexpr std::int64_t longest_look_ns = 100'000'000;

    explicit WedgeDetector(Limits limits) noexcept : limits_{limits} {}

    Verdict look(const Look& now) noexcept;
    /// Whether Look::state will be looked at: reading it costs a system call.
    bool wants_state(const Look& now) const noexcept;

private:
    bool goes_on(const Look& now) const noexcept;
    static bool is_idle(std::int64_t elapsed_ns, std::int64_t used_ns) noexcept;

    Limits limits_;
    Look last_{};
    std::int64_t used_ns_ = 0;     ///< since the deadline
    std::int64_t blocked_ns_ = 0;  ///< without CPU between
    std::int64_t next_arm_ns_ = 0; ///< of `blocked_ns_`
};

} // namespace lunette::script
