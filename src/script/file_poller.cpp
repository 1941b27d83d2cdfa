#include "script/file_poller.h"

#include <utility>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <fmt/format.h>

#include "script/io/job_pool.h"

namespace lunette::script {

namespace {

constexpr std::chrono::seconds period{1};
constexpr std::size_t most_files = 256;

std::string signature_of(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return "absent";
    return fmt::format("{}:{}:{}.{}:{}.{}", info.st_ino, info.st_size, info.st_mtim.tv_sec,
                       info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec);
}

/// Its size and times say whether it has changed: a regular file or a folder on a file system that has them.
/// So does one that is not there.
bool tells_by_times(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return true;
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) return false;
    struct statfs system {};
    if (statfs(path.c_str(), &system) != 0) return true;
    return system.f_type != PROC_SUPER_MAGIC && system.f_type != SYSFS_MAGIC;
}

} // namespace

FilePoller::~FilePoller() {
    *alive_ = false;
    if (timer_) runtime_.timers().cancel(timer_);
}

bool FilePoller::watch(const std::string& path) {
    if (files_.contains(path)) return true;
    if (files_.size() >= most_files || !tells_by_times(path)) return false;
    // Here and now: whoever asks reads the file next, and sees what changed before, but not what changes
    // after.
    files_[path] = signature_of(path);
    if (!timer_) timer_ = runtime_.timers().every(period, [this] { look(); });
    return true;
}

void FilePoller::look() {
    if (std::exchange(looking_, true)) return;
    auto result = std::make_shared<std::map<std::string, std::string>>();
    for (const auto& [path, signature] : files_) (*result)[path];
    runtime_.jobs().submit(
        [result] {
            for (auto& [path, signature] : *result) signature = signature_of(path);
        },
        [this, result, alive = alive_] {
            if (!*alive) return;
            runtime_.completions().post(nullptr, [this, result, alive] {
                if (!*alive) return;
                looking_ = false;
                for (const auto& [path, signature] : *result)
                    if (std::exchange(files_[path], signature) != signature) changed_(path);
            });
        });
}

} // namespace lunette::script
