#include "script/io/glob.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>

#include "script/io/glob_pattern.h"

namespace lunette::script {
namespace {

struct Entry {
    std::string name;
    unsigned char type;
};

class Walk {
public:
    Walk(const std::string& base, const std::atomic<bool>& stop, GlobLimits limits, GlobResult& result)
        : base_{base}, stop_{stop}, limits_{limits}, result_{result} {}

    void pattern(std::string_view pattern) {
        parts_.clear();
        std::string root;
        if (!pattern.empty() && pattern[0] == '/') root = "/";
        while (!pattern.empty()) {
            const std::size_t slash = std::min(pattern.find('/'), pattern.size());
            if (slash > 0) parts_.emplace_back(pattern.substr(0, slash));
            directories_only_ = slash + 1 == pattern.size();
            pattern.remove_prefix(std::min(slash + 1, pattern.size()));
        }
        if (!parts_.empty()) descend(root, 0, 0);
    }

private:
    /// `path` as it will stand in the result, "" or ending in a slash.
    std::string on_disk(const std::string& path) const {
        if (base_.empty() || (!path.empty() && path[0] == '/')) return path.empty() ? "." : path;
        return base_ + "/" + path;
    }

    bool full() {
        if (stop_.load(std::memory_order_relaxed) || result_.paths.size() >= limits_.paths ||
            result_.directories.size() >= limits_.directories)
            result_.cut = true;
        return result_.cut;
    }

    void descend(const std::string& path, std::size_t part, std::size_t depth) {
        if (full()) return;
        const std::string& name = parts_[part];
        if (name == "**") return anywhere(path, part, depth);
        if (!has_wildcard(name)) return found(path + without_escapes(name), part, depth, false);
        for (const Entry& entry : list(path))
            if (matches_name(name, entry.name) && (part + 1 == parts_.size() || may_hold_files(entry)))
                found(path + entry.name, part, depth, true);
    }

    void anywhere(const std::string& path, std::size_t part, std::size_t depth) {
        const bool last = part + 1 == parts_.size();
        if (!last) descend(path, part + 1, depth);
        if (depth >= limits_.depth) return;
        for (const Entry& entry : list(path)) {
            if (full()) return;
            if (entry.name[0] == '.') continue;
            const std::string next = path + entry.name;
            const bool directory = is_directory(entry, next);
            if (last && (directory || !directories_only_)) result_.paths.push_back(next);
            if (directory) anywhere(next + "/", part, depth + 1);
        }
    }

    void found(const std::string& path, std::size_t part, std::size_t depth, bool exists) {
        struct stat status {};
        const bool last = part + 1 == parts_.size();
        if (!last) return descend(path + "/", part + 1, depth);
        if (exists && !directories_only_) {
            result_.paths.push_back(path);
            return;
        }
        const std::string disk = on_disk(path);
        const bool there = directories_only_ ? ::stat(disk.c_str(), &status) == 0 && S_ISDIR(status.st_mode)
                                             : ::lstat(disk.c_str(), &status) == 0;
        if (there) result_.paths.push_back(path);
    }

    static bool may_hold_files(const Entry& entry) {
        return entry.type == DT_DIR || entry.type == DT_LNK || entry.type == DT_UNKNOWN;
    }

    bool is_directory(const Entry& entry, const std::string& path) const {
        if (entry.type != DT_UNKNOWN) return entry.type == DT_DIR;
        struct stat status {};
        return ::lstat(on_disk(path).c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    }

    std::vector<Entry> list(const std::string& path) {
        std::vector<Entry> entries;
        const std::string disk = on_disk(path);
        result_.directories.push_back(disk.size() > 1 && disk.back() == '/' ? disk.substr(0, disk.size() - 1)
                                                                            : disk);
        const std::unique_ptr<DIR, int (*)(DIR*)> directory{::opendir(disk.c_str()), &::closedir};
        if (!directory) return entries;
        while (const dirent* entry = ::readdir(directory.get())) {
            const std::string_view name{entry->d_name};
            if (name != "." && name != "..") entries.push_back({std::string{name}, entry->d_type});
        }
        return entries;
    }

    const std::string& base_;
    const std::atomic<bool>& stop_;
    GlobLimits limits_;
    GlobResult& result_;
    std::vector<std::string> parts_;
    bool directories_only_ = false; ///< the pattern ends in a slash
};

void sort_uniquely(std::vector<std::string>& strings) {
    std::sort(strings.begin(), strings.end());
    strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
}

} // namespace

GlobResult glob(std::string_view pattern, const std::string& base, const std::atomic<bool>& stop,
                GlobLimits limits) {
    GlobResult result;
    for (const auto& alternative : expand_braces(pattern))
        Walk{base, stop, limits, result}.pattern(alternative);
    sort_uniquely(result.paths);
    sort_uniquely(result.directories);
    return result;
}

} // namespace lunette::script
