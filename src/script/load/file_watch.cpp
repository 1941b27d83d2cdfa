#include "script/load/file_watch.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "script/io/job_pool.h"

namespace lunette::script {

namespace {

constexpr int longest_pause = 10; // debounce times: what never rests is looked at all the same

bool content_changed(const std::string& path, std::string& known) {
    const std::string before = std::exchange(known, content_signature(path));
    return before != known;
}

void configuration_places(const std::string& path, WatchedPaths& paths) {
    for (auto& [folder, name] : places_of(path)) {
        paths.remote = paths.remote || is_remote(folder);
        paths.folders[folder].insert(name);
    }
    std::error_code none;
    const std::string folder = folder_of_pattern(path).value_or(path);
    if (std::filesystem::is_directory(folder, none)) paths.folders[folder].insert(WatchedPaths::every_name);
}

} // namespace

struct FileWatch::Look {
    std::uint64_t version;
    WatchedFiles files;
    std::vector<std::string> changed;
    WatchedPaths paths;
};

FileWatch::FileWatch(IoRuntime& runtime, const Manner& manner, Changed changed)
    : runtime_{runtime},
      manner_{manner},
      changed_{std::move(changed)},
      paths_{runtime, manner.debounce / 2, [this] { happened(); }} {}

FileWatch::~FileWatch() {
    *alive_ = false;
    runtime_.timers().cancel(pause_);
    runtime_.timers().cancel(poll_timer_);
}

void FileWatch::set(WatchedFiles files) {
    files_ = std::move(files);
    ++version_;
    look();
}

void FileWatch::add(const std::string& path, std::string known) {
    files_[path] = std::move(known);
    ++version_;
    look();
}

void FileWatch::happened() {
    const std::int64_t now = runtime_.clock().now_us();
    if (!pause_) first_event_us_ = now;
    if (pause_ && now - first_event_us_ > longest_pause * manner_.debounce.count()) return;
    runtime_.timers().cancel(pause_);
    const std::int64_t wait = std::max(manner_.debounce.count(), not_before_us_ - now);
    pause_ = runtime_.timers().after(std::chrono::microseconds{wait}, [this] {
        pause_ = 0;
        look();
    });
}

void FileWatch::look() {
    if (looking_) {
        look_again_ = true;
        return;
    }
    if (files_.empty()) {
        watched_ = {};
        paths_.set(watched_);
        runtime_.timers().cancel(std::exchange(poll_timer_, 0));
        return;
    }
    looking_ = true;
    auto result = std::make_shared<Look>();
    result->version = version_;
    result->files = files_;
    runtime_.jobs().submit(
        [result, changed = manner_.changed, places = manner_.places] {
            for (auto& [path, known] : result->files) {
                // The places first: what happens to them while the file is read leads to another look.
                places(path, result->paths);
                if (changed(path, known)) result->changed.push_back(path);
            }
        },
        [this, result, alive = alive_] {
            if (!*alive) return;
            runtime_.completions().post(nullptr, [this, result, alive] {
                if (*alive) looked(*result);
            });
        });
}

void FileWatch::looked(Look& result) {
    looking_ = false;
    const bool known_before = watched_ == result.paths;
    watched_ = std::move(result.paths);
    const auto [all, fresh] = paths_.set(watched_);
    if (all) runtime_.timers().cancel(std::exchange(poll_timer_, 0));
    if (!all && !poll_timer_) poll_timer_ = runtime_.timers().every(manner_.poll_period, [this] { look(); });
    if (result.version != version_) {
        look_again_ = false;
        look();
        return;
    }
    files_ = std::move(result.files);
    if (!result.changed.empty()) {
        not_before_us_ = runtime_.clock().now_us() + manner_.pace.count();
        const std::shared_ptr<bool> alive = alive_;
        changed_(result.changed);
        if (!*alive) return;
    }
    // What happened between the look and the watch told nobody.
    if (!known_before || fresh || look_again_) {
        look_again_ = false;
        look();
    }
}

FileWatch::Manner configuration_manner(std::chrono::microseconds debounce) {
    return {debounce, {}, std::chrono::seconds{2}, content_changed, configuration_places};
}

} // namespace lunette::script
