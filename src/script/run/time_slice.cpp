#include "script/run/time_slice.h"

#include <cstdint>

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lunette::script {

namespace {

// As of Linux 3.14; libc has no name for it before glibc 2.41.
struct SchedulingAttributes {
    std::uint32_t size = 48;
    std::uint32_t policy = SCHED_OTHER;
    std::uint64_t flags = 1; // SCHED_FLAG_RESET_ON_FORK
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0; // nanoseconds
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};
static_assert(sizeof(SchedulingAttributes) == 48);

} // namespace

void ask_for_time_slices(std::chrono::microseconds length) noexcept {
    SchedulingAttributes wanted;
    wanted.nice = getpriority(PRIO_PROCESS, 0); // of the thread, on Linux
    wanted.runtime = static_cast<std::uint64_t>(length.count()) * 1000;
    syscall(SYS_sched_setattr, 0, &wanted, 0U);
}

} // namespace lunette::script
