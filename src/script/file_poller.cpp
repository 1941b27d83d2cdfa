#include "script/file_poller.h"

#include <sys/stat.h>

#include <fmt/format.h>

#include "script/io/job_pool.h"

namespace lunette::script {

namespace {

constexpr std::chrono::seconds period{1};
constexpr std::size_t most_files = 256;

std::string signature_of(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return "absent";
    return fmt::format("{}:{}:{}.{}", info.st_ino, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

} // namespace

FilePoller::~FilePoller() {
    *alive_ = false;
    if (timer_) runtime_.timers().cancel(timer_);
}

void FilePoller::watch(const std::string& path) {
    if (files_.size() >= most_files || !files_.try_emplace(path).second) return;
    look();
    if (!timer_) timer_ = runtime_.timers().every(period, [this] { look(); });
}

void FilePoller::look() {
    if (std::exchange(looking_, true)) return;
    auto result = std::make_shared<std::map<std::string, std::string>>();
    for (const auto& [path, seen] : files_) (*result)[path];
    runtime_.jobs().submit(
        [result] {
            for (auto& [path, signature] : *result) signature = signature_of(path);
        },
        [this, result, alive = alive_] {
            if (!*alive) return;
            runtime_.completions().post(nullptr, [this, result, alive] {
                if (!*alive) return;
                looking_ = false;
                for (const auto& [path, signature] : *result) {
                    Seen& seen = files_[path];
                    const bool differs = seen.known && seen.signature != signature;
                    seen = {signature, true};
                    if (differs) changed_(path);
                }
            });
        });
}

} // namespace lunette::script
