#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::script {

struct GlobResult {
    std::vector<std::string> paths;       ///< sorted, relative to the base unless the pattern is absolute
    std::vector<std::string> directories; ///< that were looked through: what the result depends on
    bool cut = false;                     ///< stopped at a limit
};

struct GlobLimits {
    std::size_t paths = 65'536;
    std::size_t directories = 65'536; ///< looked through
    std::size_t depth = 64;           ///< of **, which follows no symbolic links
};

/// The files that match a pattern below `base` (empty: the current directory): names as in matches_name,
/// {a,b} alternatives, ** any number of directories. What cannot be read is skipped. Any thread; blocks;
/// setting `stop` ends it soon.
GlobResult glob(std::string_view pattern, const std::string& base, const std::atomic<bool>& stop,
                GlobLimits limits = {});

} // namespace lunette::script
