#pragma once

#include <functional>
#include <memory>
#include <string>

#include "script/io/io_runtime.h"
#include "script/load/directory_watch.h"
#include "script/load/file_signature.h"

namespace lunette::script {

/// Tells when a file that the configuration was made from is not what it was when it was read. An event makes
/// it look, after a pause in which more of them may come; what decides is the content.
///
/// Thread: script thread; the disk is read on the job pool. Outlived by the runtime.
class ConfigWatch {
public:
    using Changed = std::function<void(const std::string& path)>;

    ConfigWatch(IoRuntime& runtime, std::chrono::microseconds debounce, Changed changed);
    ~ConfigWatch();
    ConfigWatch(const ConfigWatch&) = delete;
    ConfigWatch& operator=(const ConfigWatch&) = delete;

    /// Watches these files from now on, and looks at once whether they are still as they were read.
    void set(WatchedFiles files);
    const WatchedFiles& files() const noexcept { return files_; }
    /// The system cannot tell about some folders: the files are looked at every other second.
    bool polls() const noexcept { return poll_timer_ != 0; }

private:
    struct Look;
    void happened();
    void look();
    void looked(const Look& result);

    IoRuntime& runtime_;
    std::chrono::microseconds debounce_;
    Changed changed_;
    DirectoryWatch folders_;
    WatchedFiles files_;
    std::map<std::string, std::set<std::string>> watched_; ///< names by folder
    std::uint64_t version_ = 0;                            ///< of files_
    TimerQueue::Id pause_ = 0;
    TimerQueue::Id poll_timer_ = 0;
    std::int64_t first_event_us_ = 0;
    bool looking_ = false;
    bool look_again_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace lunette::script
