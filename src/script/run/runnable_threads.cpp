#include "script/run/runnable_threads.h"

#include <charconv>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace lunette::script {

RunnableThreads::RunnableThreads() : load_{::open("/proc/loadavg", O_RDONLY | O_CLOEXEC)} {}

std::optional<int> RunnableThreads::count() const noexcept {
    char line[128];
    const ssize_t length = ::pread(load_.get(), line, sizeof line, 0);
    return length > 0 ? parse_runnable_threads(line, static_cast<std::size_t>(length)) : std::nullopt;
}

std::optional<int> parse_runnable_threads(const char* line, std::size_t length) noexcept {
    const std::string_view text{line, length};
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::size_t space = text.substr(0, slash).rfind(' ');
    if (space == std::string_view::npos) return std::nullopt;
    int count = 0;
    const auto parsed = std::from_chars(line + space + 1, line + slash, count);
    if (parsed.ec != std::errc{} || parsed.ptr != line + slash) return std::nullopt;
    return count;
}

} // namespace lunette::script
