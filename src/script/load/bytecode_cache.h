#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "script/io/job_pool.h"
#include "script/load/cache_directory.h"
#include "script/load/cache_entry.h"
#include "script/load/file_window.h"

namespace lunette::script {

/// Compiled chunks on disk, found by what they were compiled from: an entry is never out of date, only no
/// longer asked for. Whatever is wrong with the folder or an entry is told once, and the text is compiled.
///
/// Thread: script thread; writing and tidying up happen on the job pool. Outlived by the pool.
class BytecodeCache {
public:
    using Complain = std::function<void(const std::string& message)>;

    /// `directory` empty: there is no cache. `limit`: bytes of all entries together.
    BytecodeCache(std::string directory, std::uint64_t limit, JobPool& jobs, Complain complain);
    ~BytecodeCache();
    BytecodeCache(const BytecodeCache&) = delete;
    BytecodeCache& operator=(const BytecodeCache&) = delete;

    bool enabled() const noexcept { return !path_.empty(); }

    struct Hit {
        FileWindow file;
        CacheEntryView entry; ///< the first bytes of the file
        bool has_companions() const noexcept { return entry.size < file.file().size(); }
    };
    std::unique_ptr<Hit> find(const ChunkKey& key);
    void store(ChunkKey key, std::string bytecode);
    /// Puts the entries of the others into the file of the first as well, once all that is to be stored is.
    void bundle(std::vector<ChunkKey> keys);

    /// The bytecode of this entry is of no use.
    void reject(const ChunkKey& key, const std::string& problem);

private:
    struct Shared;
    const CacheDirectory* directory();
    static Expected<CacheEntryView> read_entry(Hit& hit);
    void complain_once(const std::string& message);
    /// `write` runs on the pool and says how many bytes it has written.
    void submit(std::function<Expected<std::size_t>(const CacheDirectory&)> write);
    void bundle_now();

    std::string path_;
    std::uint64_t limit_;
    JobPool& jobs_;
    Complain complain_;
    std::shared_ptr<Shared> shared_; ///< with the jobs
    std::optional<CacheDirectory> reading_;
    bool opened_ = false;
    std::size_t storing_ = 0;
    std::vector<ChunkKey> to_bundle_;
    bool complained_ = false;
    bool writable_ = true;
};

/// Removes entries until all together have at most `limit` bytes, least recently used first; those of other
/// builds when they have not been used for a day; and what crashed writers left. Any thread.
void tidy_cache(const CacheDirectory& directory, std::uint64_t limit, std::int64_t now_s);

} // namespace lunette::script
