#include "script/load/file_signature.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>
#include <deque>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "script/io/file_descriptor.h"

namespace lunette::script {

const char* const absent_signature = "absent";

namespace {

constexpr off_t largest_content = off_t{8} << 20;
constexpr std::size_t most_entries = 256;
constexpr int most_links = 40; // as the kernel follows

// statfs(2); linux/magic.h lacks some of them.
constexpr std::array<std::uint32_t, 11> remote_systems{0x6969 /* nfs */,
                                                       0x517B /* smb */,
                                                       0xFF534D42 /* cifs */,
                                                       0xFE534D42 /* smb2 */,
                                                       0x65735546 /* fuse */,
                                                       0x01021997 /* 9p */,
                                                       0x00C36400 /* ceph */,
                                                       0x5346414F /* afs */,
                                                       0x6B414653 /* kafs */,
                                                       0x73757245 /* coda */,
                                                       0x564C /* ncp */};

std::string folder_signature(const std::string& path) {
    std::vector<std::string> entries;
    std::error_code error;
    for (std::filesystem::directory_iterator at{path, error}, end;
         !error && at != end && entries.size() < most_entries; at.increment(error)) {
        std::string entry = at->path().filename().string();
        if (at->is_regular_file(error)) entry += ' ' + content_signature(at->path().string());
        entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end());
    std::string all;
    for (const std::string& entry : entries) all += entry + '\n';
    return "folder " + digest_of(all).hex();
}

void split_in_front(std::deque<std::string>& parts, std::string_view path) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end > begin) names.emplace_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    parts.insert(parts.begin(), names.begin(), names.end());
}

} // namespace

std::string status_signature(const struct stat& info) {
    return fmt::format("status {}:{} {} {}.{} {}.{}", info.st_dev, info.st_ino, info.st_size,
                       info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec);
}

std::string names_signature(const std::string& folder, std::string_view ending) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error))
        if (std::string name = at->path().filename().string(); name.ends_with(ending))
            names.push_back(std::move(name));
    if (names.empty()) return absent_signature;
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += name + '\n';
    return "names " + digest_of(all).hex();
}

bool is_remote(const std::string& path) {
    struct statfs system {};
    if (statfs(path.c_str(), &system) != 0) return false;
    const auto type = static_cast<std::uint32_t>(system.f_type);
    return std::find(remote_systems.begin(), remote_systems.end(), type) != remote_systems.end();
}

std::string content_signature_of(const Digest& digest) { return "content " + digest.hex(); }

std::optional<std::string> folder_of_pattern(const std::string& path) {
    const std::size_t star = path.rfind("/*.");
    if (star == std::string::npos || path.find('/', star + 1) != std::string::npos) return std::nullopt;
    return path.substr(0, star);
}

std::string content_signature(const std::string& path) {
    if (const auto folder = folder_of_pattern(path))
        return names_signature(*folder, std::string_view{path}.substr(folder->size() + 2));
    const FileDescriptor fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    struct stat info {};
    if (!fd) return stat(path.c_str(), &info) == 0 ? status_signature(info) : absent_signature;
    if (fstat(fd.get(), &info) != 0) return absent_signature;
    if (S_ISDIR(info.st_mode)) return folder_signature(path);
    if (!S_ISREG(info.st_mode)) return fmt::format("special {}:{}", info.st_dev, info.st_ino);
    if (info.st_size > largest_content) return status_signature(info);
    std::string content(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t have = 0;
    for (ssize_t count = 1; count > 0 && have < content.size(); have += static_cast<std::size_t>(count))
        if ((count = ::read(fd.get(), content.data() + have, content.size() - have)) < 0) return "unreadable";
    content.resize(have);
    return content_signature_of(digest_of(content));
}

WatchedPlaces places_of(const std::string& path) {
    WatchedPlaces places;
    std::deque<std::string> parts;
    split_in_front(parts, path);
    std::string folder; // without a slash at its end
    if (path.empty() || path[0] != '/') {
        std::error_code error;
        split_in_front(parts, std::filesystem::current_path(error).string());
    }
    for (int links = 0; !parts.empty();) {
        const std::string name = parts.front();
        parts.pop_front();
        if (name == ".") continue;
        if (name == "..") {
            folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
            continue;
        }
        const std::string here = folder.empty() ? "/" : folder;
        const std::string full = folder + '/' + name;
        struct stat info {};
        const bool absent = lstat(full.c_str(), &info) != 0;
        if (absent || parts.empty() || S_ISLNK(info.st_mode)) places.emplace_back(here, name);
        if (absent) break;
        if (!S_ISLNK(info.st_mode)) {
            folder = full;
            continue;
        }
        char target[PATH_MAX];
        const ssize_t size = readlink(full.c_str(), target, sizeof target);
        if (size <= 0 || ++links > most_links) break;
        const std::string_view text{target, static_cast<std::size_t>(size)};
        if (text[0] == '/') folder.clear();
        split_in_front(parts, text);
    }
    return places;
}

} // namespace lunette::script
