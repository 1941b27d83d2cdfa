#pragma once

#include <cstddef>
#include <optional>

#include "script/io/file_descriptor.h"

namespace lunette::script {

/// Counts the threads of the machine that run or wait for a processor, the caller included.
///
/// Thread: any, one at a time.
class RunnableThreads {
public:
    RunnableThreads();

    /// One system call. Nothing where /proc does not tell.
    std::optional<int> count() const noexcept;

private:
    FileDescriptor load_;
};

/// Of a line of /proc/loadavg: "0.20 0.18 0.12 1/80 11206" has one of 80 (proc(5)).
std::optional<int> parse_runnable_threads(const char* line, std::size_t length) noexcept;

} // namespace lunette::script
