#include "script/load/source_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "script/io/file_descriptor.h"

namespace lunette::script {

namespace {
constexpr std::size_t largest_file = std::size_t{16} << 20;
}

tl::expected<std::string, SourceFailure> read_source(const std::string& path) {
    const auto fails = [](bool absent, std::string message) {
        return tl::unexpected{SourceFailure{absent, std::move(message)}};
    };
    // Non-blocking: a pipe without a writer must not hold anybody up.
    const FileDescriptor fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!fd) return fails(true, fmt::format("cannot open {}: {}", path, std::strerror(errno)));
    struct stat info {};
    if (fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return fails(S_ISDIR(info.st_mode), fmt::format("cannot read {}: not a regular file", path));
    const std::string too_large = fmt::format("{} is larger than 16 MiB", path);
    if (info.st_size > static_cast<off_t>(largest_file)) return fails(false, too_large);
    std::string text;
    std::size_t have = 0;
    for (;;) {
        // One byte more than there should be: less than asked for is the end.
        const std::size_t room = std::max(static_cast<std::size_t>(info.st_size), have) + 1;
        text.resize(have + room);
        const ssize_t count = ::read(fd.get(), text.data() + have, room);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fails(false, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
        have += static_cast<std::size_t>(count);
        if (have > largest_file) return fails(false, too_large);
        if (static_cast<std::size_t>(count) < room) break;
    }
    text.resize(have);
    return text;
}

} // namespace lunette::script
