#pragma once

#include <sys/types.h>

#include <cstddef>

namespace lunette::script {

/// write(2) that never raises SIGPIPE, whose disposition belongs to the host. Any thread.
ssize_t write_quietly(int fd, const char* data, std::size_t size) noexcept;

} // namespace lunette::script
