#include "script/failover/thread_state.h"

#include <string>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace lunette::script {

namespace {
constexpr std::size_t enough = 128; // "pid (name) S …"; names are short
}

ThreadStateReader::ThreadStateReader(pid_t thread)
    : stat_{::open(("/proc/self/task/" + std::to_string(thread) + "/stat").c_str(), O_RDONLY | O_CLOEXEC)} {}

ThreadState ThreadStateReader::read() const noexcept {
    char line[enough];
    const ssize_t length = ::pread(stat_.get(), line, sizeof line, 0);
    return length > 0 ? parse_thread_state(line, static_cast<std::size_t>(length)) : ThreadState::other;
}

// proc(5): the name stands in parentheses and may hold some itself.
ThreadState parse_thread_state(const char* line, std::size_t length) noexcept {
    const std::string_view text{line, length};
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string_view::npos || name_end + 2 >= length) return ThreadState::other;
    switch (text[name_end + 2]) {
    case 'R': return ThreadState::runs;
    case 'S':
    case 'D': return ThreadState::blocked;
    default: return ThreadState::other;
    }
}

} // namespace lunette::script
