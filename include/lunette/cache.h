#pragma once

// The cache of compiled chunks as a user sees it: what is in it, and how to empty it. An engine uses it
// through EngineOptions::cache_directory. Any thread; other processes may use the folder at the same time.

#include <cstdint>
#include <string>
#include <vector>

#include <lunette/bind.h>

namespace lunette {

struct CachedChunk {
    std::string file;  ///< in the folder
    std::string chunk; ///< as messages call it: "plugins/tabline.lua"; empty when the entry is damaged
    std::uint64_t bytes = 0;
    std::int64_t last_used_s = 0; ///< since 1970, to the hour
    bool usable = false;          ///< by this program: made by the same build, and whole
};

/// Most recently used first. A folder that does not exist has none. Reads every entry.
Expected<std::vector<CachedChunk>> list_cache(const std::string& directory);

/// Removes all entries, and what crashed writers left; nothing else. Returns how many.
Expected<std::size_t> clear_cache(const std::string& directory);

} // namespace lunette
