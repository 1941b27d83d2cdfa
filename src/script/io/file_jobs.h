#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include <lunette/bind.h>

#include "script/io/file_descriptor.h"

namespace lunette::script {

/// The error is an errno.
template<class T>
using FileResult = tl::expected<T, int>;

// What the pool does with files: plain system calls that never wait for another program (everything is opened
// with O_NONBLOCK), only for the disk. Any thread.

struct OpenedFile {
    FileDescriptor fd;
    bool regular = false;
    bool directory = false;
    bool fifo = false;
};
FileResult<OpenedFile> open_file(const std::string& path, int flags);

struct ReadOutcome {
    std::string data;
    bool end = false;  ///< nothing follows
    bool wait = false; ///< there will be more when the descriptor becomes readable
    int error = 0;
};
/// Up to `limit` bytes from `offset`, or from where the descriptor stands if it is negative. With `all`, goes
/// on to the end, and more than `limit` is the error EFBIG.
ReadOutcome read_file_part(int fd, std::int64_t offset, std::size_t limit, bool all);

struct WritePiece {
    std::int64_t offset = -1; ///< negative: where the descriptor stands
    std::string data;
};
struct WriteOutcome {
    std::size_t pieces = 0; ///< written completely
    std::size_t bytes = 0;  ///< of the next one
    bool wait = false;      ///< the rest when the descriptor becomes writable
    int error = 0;
};
WriteOutcome write_pieces(int fd, const std::vector<WritePiece>& pieces);

FileResult<std::vector<DirectoryEntry>> list_directory(const std::string& path);

/// strerror, and "path: strerror" as Lua's io library words it.
std::string file_error(int error);
std::string file_error(const std::string& path, int error);

} // namespace lunette::script
