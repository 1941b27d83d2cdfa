#pragma once

namespace lunette::server {

// Lets this thread run soon after it wakes, also where others compute: it asks the kernel for slices of half
// a millisecond instead of some, and has as much time in total as before. Threads and programs that it starts
// from now on have the usual ones. False, and nothing changes, before Linux 6.12.
// (sched_setattr(2): for SCHED_OTHER `sched_runtime` is the slice, 0.1 to 100 ms; kernel commit
// 857b158dc5e8.)
bool run_soon() noexcept;

} // namespace lunette::server
