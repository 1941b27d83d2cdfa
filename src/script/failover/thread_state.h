#pragma once

#include <cstdint>

#include <sys/types.h>

#include "script/io/file_descriptor.h"

namespace lunette::script {

enum class ThreadState : std::uint8_t {
    runs,    ///< or waits for a core
    blocked, ///< in the kernel, interruptible or not
    other,   ///< stopped, traced, or nobody knows
};

/// Reads in which state a thread of this process is.
///
/// Thread: any, one at a time.
class ThreadStateReader {
public:
    explicit ThreadStateReader(pid_t thread);

    /// One system call.
    ThreadState read() const noexcept;

private:
    FileDescriptor stat_;
};

/// The letter of /proc/…/stat. `line` may be cut after it.
ThreadState parse_thread_state(const char* line, std::size_t length) noexcept;

} // namespace lunette::script
