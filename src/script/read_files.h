#pragma once

#include <functional>
#include <string>

#include "script/load/file_watch.h"

namespace lunette::script {

/// Tells when files that handlers read have changed: their content, of folders the names in them. Looks at
/// nothing while nothing happens to them.
///
/// Thread: script thread.
class ReadFiles {
public:
    ReadFiles(IoRuntime& runtime, std::function<void(const std::string& path)> changed);

    /// From this moment on: whoever asks reads the file next. False for what has to be read again to know it
    /// (devices, /proc), and when there are too many files.
    bool watch(const std::string& path);
    const FileWatch& files() const noexcept { return watch_; }

private:
    FileWatch watch_;
};

} // namespace lunette::script
