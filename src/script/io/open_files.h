#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <uv.h>

#include "script/io/file_jobs.h"
#include "script/io/job_pool.h"

namespace lunette::script {

/// Files that Lua has open. All system calls run on the pool. Writing is write-behind: what is handed over is
/// on its way at once and reaches the file even if nobody closes it; an error is told by the next drain() or
/// close(). Other than regular files are waited for by the loop, so that a FIFO without a partner holds
/// neither the script thread nor the pool.
///
/// Thread: script thread. Results come from callbacks of the loop, or from inside the call, and may only be
/// noted.
class OpenFiles {
public:
    using Id = std::uint64_t; ///< never reused, never 0
    template<class T>
    using Done = std::function<void(FileResult<T>)>;
    struct Nothing {};

    static constexpr std::size_t most_open = 256; ///< then EMFILE

    OpenFiles(uv_loop_t* loop, JobPool& jobs) noexcept : loop_{loop}, jobs_{jobs} {}
    ~OpenFiles();
    OpenFiles(const OpenFiles&) = delete;
    OpenFiles& operator=(const OpenFiles&) = delete;

    /// `flags` as in open(2).
    void open(const std::string& path, int flags, Done<Id> done);
    /// A new file without a name, for reading and writing.
    void open_unnamed(Done<Id> done);

    struct Loaded {
        std::string content;
        bool directory = false; ///< opens, but cannot be read: as in C
        Id stream = 0;          ///< not a regular file: open, to be read in parts
    };
    /// A regular file as a whole (more than `limit` bytes: EFBIG); anything else is opened.
    void load(const std::string& path, std::size_t limit, Done<Loaded> done);

    /// The next bytes of a stream, at most `limit`; empty at its end. One read at a time, else EBUSY.
    void read(Id id, std::size_t limit, Done<std::string> done);
    /// Nobody waits for the read any more.
    void stop_reading(Id id);
    /// All of a regular file, after what was written so far.
    void content(Id id, std::size_t limit, Done<std::string> done);
    void size(Id id, Done<std::int64_t> done);

    /// `offset` negative: where the descriptor stands (append, streams). Returns how many bytes are not in
    /// the file yet, or EBADF.
    FileResult<std::size_t> write(Id id, std::int64_t offset, std::string data);
    /// Told when everything written so far is in the file, or what went wrong since the last time.
    void drain(Id id, Done<Nothing> done);
    void close(Id id, Done<Nothing> done);
    /// Closes without telling anybody; what was written still reaches the file.
    void forget(Id id);

    std::size_t size() const noexcept { return files_.size(); }

    /// Nothing will be waited for any more; regular files are still written by the jobs under way.
    void shut_down();

private:
    struct File;
    using FilePointer = std::shared_ptr<File>;

    FilePointer find(Id id) const;
    FileResult<Id> keep(OpenedFile file);
    void read_now(const FilePointer& file, std::size_t limit, Done<std::string> done);
    void wait_readable(const FilePointer& file, std::size_t limit, Done<std::string> done);
    void write_now(const FilePointer& file);
    void written(const FilePointer& file, const WriteOutcome& outcome);

    uv_loop_t* loop_;
    JobPool& jobs_;
    std::map<Id, FilePointer> files_;
    std::set<FilePointer> blocked_; ///< have more to write than the other side takes now; maybe closed
    Id last_ = 0;
    bool shut_down_ = false;
};

} // namespace lunette::script
