#pragma once

#include <chrono>

namespace lunette::script {

/// Asks for turns of this length (0.1 to 100 ms) on a shared processor, for the calling thread. One with
/// shorter turns than the running thread's need not wait for the end of that one's when it wakes. What it
/// starts does not inherit them. Linux 6.12 and later, sched_setattr(2); no other system does anything. Any
/// thread.
void ask_for_time_slices(std::chrono::microseconds length) noexcept;

} // namespace lunette::script
