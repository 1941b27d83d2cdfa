#include "cli/cache_command.h"

#include <lunette/cache.h>

#include <ctime>

#include <fmt/format.h>

namespace lunette::cli {

namespace {

std::string local_time(std::int64_t since_1970_s) {
    const auto time = static_cast<std::time_t>(since_1970_s);
    std::tm parts{};
    localtime_r(&time, &parts);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                       parts.tm_hour, parts.tm_min);
}

CacheOutcome failed(const Error& error) { return {exit_environment, {}, "lunette: " + error.message + "\n"}; }

CacheOutcome list(const std::string& directory) {
    const auto chunks = list_cache(directory);
    if (!chunks) return failed(chunks.error());
    CacheOutcome outcome;
    std::uint64_t bytes = 0;
    for (const CachedChunk& chunk : *chunks) {
        bytes += chunk.bytes;
        outcome.output += fmt::format("{:>9}  {}  {}{}\n", chunk.bytes, local_time(chunk.last_used_s),
                                      chunk.chunk.empty() ? chunk.file : chunk.chunk,
                                      chunk.usable          ? ""
                                      : chunk.chunk.empty() ? "  (damaged)"
                                                            : "  (of another build)");
    }
    outcome.output += fmt::format("{:>9}  bytes in {} files\n", bytes, chunks->size());
    return outcome;
}

} // namespace

CacheOutcome cache_command(CacheAction action, const std::string& directory) {
    switch (action) {
    case CacheAction::path: return {exit_good, directory + "\n", {}};
    case CacheAction::list: return list(directory);
    case CacheAction::clear: break;
    }
    const auto count = clear_cache(directory);
    if (!count) return failed(count.error());
    return {exit_good, fmt::format("removed {} files\n", *count), {}};
}

} // namespace lunette::cli
