#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/load/cache_entry.h"
#include "script/load/file_window.h"

namespace lunette::script {

/// Entries that came with another one's file: those of the chunks that were loaded after it the last time.
/// They save the system calls for a file each. What is missing or damaged has its own file.
///
/// Thread: script thread. Owned by a ChunkCompiler.
class Companions {
public:
    /// They begin behind the first `size` bytes of the file.
    void open(FileWindow file, std::size_t size);
    bool is_open() const noexcept { return file_.has_value(); }
    /// The bytecode, valid until the next call. `problem` receives what is wrong with it, if it is there.
    std::optional<std::string_view> find(const ChunkKey& key, std::string& problem);
    void close() noexcept;

private:
    struct Entry {
        Digest text; ///< that it claims to be of
        std::size_t at, size;
    };
    bool discover();

    std::optional<FileWindow> file_;
    std::vector<Entry> entries_; ///< as far as they are known
    std::size_t undiscovered_ = 0;
    std::size_t next_ = 0; ///< chunks are mostly asked for in the order of the last time
};

} // namespace lunette::script
