#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <uv.h>

#include "script/io/file_descriptor.h"
#include "script/io/io_runtime.h"
#include "script/io/poll_watch.h"

namespace lunette::script {

/// What is to be watched.
struct WatchedPaths {
    /// Folder -> names in it. Editors write a new file and rename it over the old one, upon which a watch of
    /// the file itself would see nothing more. Without names: only that the folder itself goes away.
    std::map<std::string, std::set<std::string>> folders;
    /// Files by themselves: who writes into one that stays open is seen, and its neighbours wake nobody.
    std::set<std::string> files;
    bool remote = false; ///< some are where others can change them without this machine noticing

    static constexpr const char* every_name = "";   ///< and what is written to the files
    static constexpr const char* which_names = "/"; ///< that come and go

    bool operator==(const WatchedPaths&) const = default;
};

/// Tells when something may have happened to files (inotify). Other names in a folder wake the thread, but
/// tell nothing. Events are read at most every `pause`, so what happens all the time costs little.
///
/// Thread: script thread. `happened` is called between turns of the loop.
class PathWatch {
public:
    static constexpr std::size_t most_watches = 1024;

    PathWatch(IoRuntime& runtime, std::chrono::microseconds pause, std::function<void()> happened)
        : runtime_{runtime}, pause_length_{pause}, happened_{std::move(happened)} {}
    ~PathWatch();
    PathWatch(const PathWatch&) = delete;
    PathWatch& operator=(const PathWatch&) = delete;

    struct Result {
        bool all;   ///< else look at the files from time to time: the system's limits, or our own
        bool fresh; ///< something is watched that was not: what happened to it before told nobody
    };
    /// Replaces what was watched.
    Result set(const WatchedPaths& paths);
    std::size_t size() const noexcept { return watches_.size(); }

private:
    struct Watch {
        std::string path;                             ///< one of those that lead here
        std::uint32_t mask = 0;                       ///< as the kernel has it
        std::uint32_t wanted = 0;                     ///< while set() works; 0: no more
        std::optional<std::set<std::string>> names{}; ///< of a folder
    };

    bool open();
    void close();
    int listen();
    bool add(const std::string& path, const std::set<std::string>* names, bool& fresh);
    void drop_unwanted();
    void readable();
    bool read_events();
    bool concerns(const Watch& watch, std::uint32_t event, const char* name) const;

    IoRuntime& runtime_;
    std::chrono::microseconds pause_length_;
    std::function<void()> happened_;
    FileDescriptor fd_;
    PollWatch poll_; ///< of fd_; goes first
    TimerQueue::Id pause_ = 0;
    std::map<int, Watch> watches_; ///< by inotify's name
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace lunette::script
