#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include <uv.h>

#include "script/io/file_descriptor.h"
#include "script/io/poll_watch.h"

namespace lunette::script {

/// Tells when something may have happened to files, by watching their folders (inotify): editors write a new
/// file and rename it over the old one, upon which a watch of the file itself would see nothing more. Other
/// names in a folder wake the thread, but tell nothing.
///
/// Thread: script thread. `happened` is called in a callback of the loop.
class DirectoryWatch {
public:
    DirectoryWatch(uv_loop_t* loop, std::function<void()> happened)
        : loop_{loop}, happened_{std::move(happened)} {}
    DirectoryWatch(const DirectoryWatch&) = delete;
    DirectoryWatch& operator=(const DirectoryWatch&) = delete;

    /// Folder -> names in it; "" stands for every name. Replaces what was watched. False when some folder
    /// cannot be watched (the system's limits): look at the files from time to time instead.
    bool set(std::map<std::string, std::set<std::string>> names);

private:
    bool open();
    void read_events();

    uv_loop_t* loop_;
    std::function<void()> happened_;
    FileDescriptor fd_;
    PollWatch poll_; ///< of fd_; goes first
    std::map<std::string, std::set<std::string>> names_;
    std::map<std::string, int> descriptors_; ///< folder -> inotify's name for it
    std::map<int, std::string> folders_;
};

} // namespace lunette::script
