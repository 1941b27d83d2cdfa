#include "script/io/file_jobs.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "script/io/quiet_write.h"

namespace lunette::script {

FileResult<OpenedFile> open_file(const std::string& path, int flags) {
    constexpr mode_t permissions = 0666; // less the umask, as fopen
    OpenedFile file;
    int fd = -1;
    do {
        fd = ::open(path.c_str(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, permissions);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0) return tl::unexpected<int>{errno};
    file.fd.reset(fd);
    struct stat status {};
    if (::fstat(fd, &status) != 0) return tl::unexpected<int>{errno};
    file.regular = S_ISREG(status.st_mode);
    file.directory = S_ISDIR(status.st_mode);
    file.fifo = S_ISFIFO(status.st_mode);
    return file;
}

ReadOutcome read_file_part(int fd, std::int64_t offset, std::size_t limit, bool all) {
    constexpr std::size_t step = std::size_t{64} << 10;
    ReadOutcome outcome;
    std::size_t expected = step;
    if (struct stat status{}; all && ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        // The size is a hint: in /proc it is 0, and files grow.
        expected = std::min(static_cast<std::size_t>(status.st_size), limit) + 1;
    for (;;) {
        const std::size_t have = outcome.data.size();
        const std::size_t ask = all ? std::max(expected - std::min(expected, have), step) : limit - have;
        outcome.data.resize(have + ask);
        const ssize_t size = offset < 0 ? ::read(fd, outcome.data.data() + have, ask)
                                        : ::pread(fd, outcome.data.data() + have, ask,
                                                  offset + static_cast<std::int64_t>(have));
        const int error = errno;
        outcome.data.resize(have + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        if (size < 0 && error == EINTR) continue;
        if (size < 0) {
            outcome.wait = error == EAGAIN;
            outcome.error = outcome.wait ? 0 : error;
            return outcome;
        }
        if (size == 0) {
            outcome.end = true;
            return outcome;
        }
        if (!all) return outcome;
        if (outcome.data.size() > limit) {
            outcome.error = EFBIG;
            return outcome;
        }
    }
}

WriteOutcome write_pieces(int fd, const std::vector<WritePiece>& pieces) {
    WriteOutcome outcome;
    for (const WritePiece& piece : pieces) {
        outcome.bytes = 0;
        while (outcome.bytes < piece.data.size()) {
            const char* from = piece.data.data() + outcome.bytes;
            const std::size_t size = piece.data.size() - outcome.bytes;
            const ssize_t written =
                piece.offset < 0
                    ? write_quietly(fd, from, size)
                    : ::pwrite(fd, from, size, piece.offset + static_cast<std::int64_t>(outcome.bytes));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) {
                outcome.wait = errno == EAGAIN;
                outcome.error = outcome.wait ? 0 : errno;
                return outcome;
            }
            outcome.bytes += static_cast<std::size_t>(written);
        }
        ++outcome.pieces;
    }
    outcome.bytes = 0;
    return outcome;
}

FileResult<std::vector<DirectoryEntry>> list_directory(const std::string& path) {
    const std::unique_ptr<DIR, int (*)(DIR*)> directory{::opendir(path.c_str()), &::closedir};
    if (!directory) return tl::unexpected<int>{errno};
    std::vector<DirectoryEntry> entries;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(directory.get());
        if (!entry) {
            if (errno != 0) return tl::unexpected<int>{errno};
            return entries;
        }
        const std::string name = entry->d_name;
        if (name == "." || name == "..") continue;
        bool is_directory = entry->d_type == DT_DIR;
        if (entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN) {
            struct stat status {};
            is_directory =
                ::fstatat(::dirfd(directory.get()), name.c_str(), &status, 0) == 0 && S_ISDIR(status.st_mode);
        }
        entries.push_back({name, is_directory});
    }
}

std::string file_error(int error) { return std::strerror(error); }

std::string file_error(const std::string& path, int error) { return path + ": " + file_error(error); }

} // namespace lunette::script
