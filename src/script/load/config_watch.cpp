#include "script/load/config_watch.h"

#include <filesystem>
#include <utility>

#include "script/io/job_pool.h"

namespace lunette::script {

namespace {
constexpr int longest_pause = 10; // debounce times: what never rests is looked at all the same
constexpr std::chrono::seconds poll_period{2};
} // namespace

struct ConfigWatch::Look {
    std::uint64_t version;
    std::map<std::string, std::string> seen;            ///< path -> signature
    std::map<std::string, std::set<std::string>> names; ///< by folder
};

ConfigWatch::ConfigWatch(IoRuntime& runtime, std::chrono::microseconds debounce, Changed changed)
    : runtime_{runtime}, debounce_{debounce}, changed_{std::move(changed)}, folders_{runtime.loop(), [this] {
                                                                                         happened();
                                                                                     }} {}

ConfigWatch::~ConfigWatch() {
    *alive_ = false;
    runtime_.timers().cancel(pause_);
    runtime_.timers().cancel(poll_timer_);
}

void ConfigWatch::set(WatchedFiles files) {
    files_ = std::move(files);
    ++version_;
    look();
}

void ConfigWatch::happened() {
    runtime_.completions().post(nullptr, [this, alive = alive_] {
        if (!*alive) return;
        const std::int64_t now = runtime_.clock().now_us();
        if (!pause_) first_event_us_ = now;
        if (pause_ && now - first_event_us_ > longest_pause * debounce_.count()) return;
        runtime_.timers().cancel(pause_);
        pause_ = runtime_.timers().after(debounce_, [this] {
            pause_ = 0;
            look();
        });
    });
}

void ConfigWatch::look() {
    if (looking_) {
        look_again_ = true;
        return;
    }
    if (files_.empty()) {
        folders_.set({});
        runtime_.timers().cancel(std::exchange(poll_timer_, 0));
        return;
    }
    looking_ = true;
    auto result = std::make_shared<Look>();
    result->version = version_;
    for (const auto& [path, file] : files_) result->seen[path];
    runtime_.jobs().submit(
        [result] {
            std::error_code none;
            for (auto& [path, seen] : result->seen) {
                // The places first: what happens to them while the content is read leads to another look.
                for (auto& [folder, name] : places_of(path)) result->names[folder].insert(name);
                seen = content_signature(path);
                if (seen.starts_with("folder ")) result->names[path].insert("");
                if (const auto folder = folder_of_pattern(path);
                    folder && std::filesystem::is_directory(*folder, none))
                    result->names[*folder].insert("");
            }
        },
        [this, result, alive = alive_] {
            if (!*alive) return;
            runtime_.completions().post(nullptr, [this, result, alive] {
                if (*alive) looked(*result);
            });
        });
}

void ConfigWatch::looked(const Look& result) {
    looking_ = false;
    const bool known_before = std::exchange(watched_, result.names) == result.names;
    const bool all = folders_.set(result.names);
    if (all) runtime_.timers().cancel(std::exchange(poll_timer_, 0));
    if (!all && !poll_timer_) poll_timer_ = runtime_.timers().every(poll_period, [this] { look(); });
    if (result.version != version_) {
        look();
        return;
    }
    std::string changed;
    for (auto& [path, known] : files_)
        if (const std::string before = std::exchange(known, result.seen.at(path));
            before != known && changed.empty())
            changed = path;
    if (!changed.empty()) changed_(changed);
    // What happened between the look and the watch told nobody.
    if (!known_before || std::exchange(look_again_, false)) look();
}

} // namespace lunette::script
