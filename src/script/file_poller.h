#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "script/io/io_runtime.h"

namespace lunette::script {

/// Tells when files that handlers read have changed, by looking at their size, time and inode once a second
/// on a worker thread. Looks at nothing while nobody has read anything.
///
/// Thread: script thread.
class FilePoller {
public:
    FilePoller(IoRuntime& runtime, std::function<void(const std::string& path)> changed)
        : runtime_{runtime}, changed_{std::move(changed)} {}
    ~FilePoller();
    FilePoller(const FilePoller&) = delete;
    FilePoller& operator=(const FilePoller&) = delete;

    /// From this moment on; the first time it looks at the file itself. False for what has to be read again
    /// to know it (devices, /proc), and when there are too many files.
    bool watch(const std::string& path);

private:
    void look();

    IoRuntime& runtime_;
    std::function<void(const std::string&)> changed_;
    std::map<std::string, std::string> files_; ///< with signatures
    TimerQueue::Id timer_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    bool looking_ = false;
};

} // namespace lunette::script
