#include <lunette/cache.h>

#include <algorithm>
#include <filesystem>

#include "script/load/build_id.h"
#include "script/load/cache_directory.h"
#include "script/load/cache_entry.h"

namespace lunette {

using script::CacheDirectory;

namespace {

bool exists(const std::string& directory) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(directory, error));
}

} // namespace

Expected<std::vector<CachedChunk>> list_cache(const std::string& directory) {
    std::vector<CachedChunk> chunks;
    if (!exists(directory)) return chunks;
    const auto folder = CacheDirectory::open(directory, CacheDirectory::Missing::fail);
    if (!folder) return tl::unexpected<Error>{folder.error()};
    for (CacheDirectory::Found& found : folder->list()) {
        CachedChunk chunk{std::move(found.name), {}, found.bytes, found.last_used_s, false};
        const auto bytes = folder->read(chunk.file);
        if (bytes && *bytes) {
            if (const auto entry = script::decode_entry(**bytes)) {
                chunk.chunk = entry->name.substr(entry->name.starts_with("@") ? 1 : 0);
                chunk.usable = entry->build == script::build_id();
            }
        }
        chunks.push_back(std::move(chunk));
    }
    std::sort(chunks.begin(), chunks.end(), [](const CachedChunk& a, const CachedChunk& b) {
        return std::tie(b.last_used_s, a.chunk, a.file) < std::tie(a.last_used_s, b.chunk, b.file);
    });
    return chunks;
}

Expected<std::size_t> clear_cache(const std::string& directory) {
    if (!exists(directory)) return 0;
    const auto folder = CacheDirectory::open(directory, CacheDirectory::Missing::fail);
    if (!folder) return tl::unexpected<Error>{folder.error()};
    for (const CacheDirectory::Found& left : folder->list(true)) folder->remove(left.name);
    std::size_t count = 0;
    for (const CacheDirectory::Found& found : folder->list())
        if (folder->remove(found.name)) ++count;
    return count;
}

} // namespace lunette
