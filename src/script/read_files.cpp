#include "script/read_files.h"

#include <ctime>
#include <string_view>
#include <utility>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace lunette::script {

namespace {

constexpr std::size_t most_files = 256;
constexpr off_t largest_content = off_t{8} << 20;
/// Of what was written so shortly before a look, the next change may have the same times.
constexpr std::int64_t young_ns = 100'000'000;
constexpr std::int64_t ns_per_s = 1'000'000'000;

/// What is known of a file, as one string: its status, and its content if anybody has looked at it.
struct Known {
    std::string status, content;
    bool young = false; ///< the status may not tell of a change

    static Known parse(std::string_view text) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return {};
        return {std::string{text.substr(0, end)}, std::string{text.substr(end + 2)}, text[end + 1] == 'y'};
    }
    std::string text() const { return status + '\n' + (young ? 'y' : 'o') + content; }
};

bool is_folder(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Known status_of(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return {absent_signature, absent_signature, false};
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    const std::int64_t age =
        (now.tv_sec - info.st_ctim.tv_sec) * ns_per_s + now.tv_nsec - info.st_ctim.tv_nsec;
    Known known{status_signature(info), {}, age < young_ns};
    if (S_ISREG(info.st_mode) && info.st_size > largest_content) known.content = known.status;
    return known;
}

std::string content_of(const std::string& path) {
    return is_folder(path) ? "folder " + names_signature(path, "") : content_signature(path);
}

bool changed(const std::string& path, std::string& text) {
    const Known before = Known::parse(text);
    Known now = status_of(path);
    if (now.status == before.status && !before.young && !before.content.empty()) return false;
    if (now.content.empty()) now.content = content_of(path);
    text = now.text();
    return before.content.empty() ? before.status != now.status : before.content != now.content;
}

/// The file itself, and what could lead its path to another one.
void places(const std::string& path, WatchedPaths& paths) {
    const WatchedPlaces places = places_of(path);
    struct stat info {};
    const bool there = stat(path.c_str(), &info) == 0;
    const bool folder = there && S_ISDIR(info.st_mode);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& [in, name] = places[i];
        paths.remote = paths.remote || is_remote(in);
        std::set<std::string>& names = paths.folders[in];
        if (!there || folder || i + 1 < places.size()) names.insert(name);
    }
    if (folder)
        paths.folders[path].insert(WatchedPaths::which_names);
    else if (there)
        paths.files.insert(path);
    paths.remote = paths.remote || (there && is_remote(path));
}

/// Its size and times say whether it may have changed: a regular file or a folder on a file system that has
/// them. So does one that is not there.
bool tells_by_times(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return true;
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) return false;
    struct statfs system {};
    if (statfs(path.c_str(), &system) != 0) return true;
    return system.f_type != PROC_SUPER_MAGIC && system.f_type != SYSFS_MAGIC;
}

constexpr FileWatch::Manner manner{std::chrono::milliseconds{50}, std::chrono::milliseconds{250},
                                   std::chrono::seconds{1}, changed, places};

} // namespace

ReadFiles::ReadFiles(IoRuntime& runtime, std::function<void(const std::string&)> changed)
    : watch_{runtime, manner, [changed = std::move(changed)](const std::vector<std::string>& paths) {
                 for (const std::string& path : paths) changed(path);
             }} {}

bool ReadFiles::watch(const std::string& path) {
    const auto found = watch_.files().find(path);
    const bool known = found != watch_.files().end();
    if (!known && (watch_.files().size() >= most_files || !tells_by_times(path))) return false;
    // Here and now: what changed before is read, what changes after is told.
    Known now = status_of(path);
    if (!known) {
        if (now.young && now.content.empty()) now.content = content_of(path);
        watch_.add(path, now.text());
    } else if (Known::parse(found->second).status != now.status) {
        // Others read what it was before, this one what it is now; it may be again what it was.
        watch_.add(path, {});
    }
    return true;
}

} // namespace lunette::script
