#pragma once

#include <functional>
#include <memory>
#include <string>

#include "script/io/io_runtime.h"
#include "script/load/file_signature.h"
#include "script/load/path_watch.h"

namespace lunette::script {

/// Tells when files are not what they were when they were read. An event makes it look, after a pause in
/// which more of them may come; what decides is the look. Nothing wakes the thread while nothing happens,
/// unless the system cannot tell.
///
/// Thread: script thread; the disk is read on the job pool. Outlived by the runtime.
class FileWatch {
public:
    struct Manner {
        std::chrono::microseconds debounce;
        /// After a change the next look comes this much later, at least.
        std::chrono::microseconds pace;
        std::chrono::microseconds poll_period; ///< where the system cannot tell
        /// Whether the file is another one than `known` says, which is brought up to date. Any thread.
        bool (*changed)(const std::string& path, std::string& known);
        /// Adds what to watch so that each change is an event. Any thread.
        void (*places)(const std::string& path, WatchedPaths& paths);
    };
    using Changed = std::function<void(const std::vector<std::string>& paths)>;

    FileWatch(IoRuntime& runtime, const Manner& manner, Changed changed);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    /// Watches these files from now on, and looks at once whether they are still as they were read.
    void set(WatchedFiles files);
    /// Also this one, or as if it had been read like that.
    void add(const std::string& path, std::string known);
    const WatchedFiles& files() const noexcept { return files_; }
    /// The system cannot tell about some places: the files are looked at from time to time.
    bool polls() const noexcept { return poll_timer_ != 0; }
    std::size_t watches() const noexcept { return paths_.size(); }

private:
    struct Look;
    void happened();
    void look();
    void looked(Look& result);

    IoRuntime& runtime_;
    Manner manner_;
    Changed changed_;
    PathWatch paths_;
    WatchedFiles files_;
    WatchedPaths watched_;
    std::uint64_t version_ = 0; ///< of files_
    TimerQueue::Id pause_ = 0;
    TimerQueue::Id poll_timer_ = 0;
    std::int64_t first_event_us_ = 0;
    std::int64_t not_before_us_ = 0; ///< a look
    bool looking_ = false;
    bool look_again_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

/// For what the configuration was made from: what counts is the content.
FileWatch::Manner configuration_manner(std::chrono::microseconds debounce);

} // namespace lunette::script
