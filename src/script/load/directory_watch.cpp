#include "script/load/directory_watch.h"

#include <cstring>

#include <sys/inotify.h>

namespace lunette::script {

namespace {

// Not IN_MODIFY: a log that grows in the same folder would wake the thread with every line. Who writes in
// place closes the file afterwards.
constexpr std::uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                               IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

} // namespace

bool DirectoryWatch::open() {
    if (fd_) return true;
    fd_.reset(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!fd_) return false;
    if (poll_.start(loop_, fd_.get(), UV_READABLE, [this](int) { read_events(); }) == 0) return true;
    fd_.reset();
    return false;
}

bool DirectoryWatch::set(std::map<std::string, std::set<std::string>> names) {
    names_ = std::move(names);
    if (names_.empty()) {
        poll_.stop();
        fd_.reset();
        descriptors_.clear();
        folders_.clear();
        return true;
    }
    if (!open()) return false;
    for (auto at = descriptors_.begin(); at != descriptors_.end();) {
        if (names_.contains(at->first)) {
            ++at;
            continue;
        }
        if (folders_.erase(at->second)) inotify_rm_watch(fd_.get(), at->second);
        at = descriptors_.erase(at);
    }
    bool all = true;
    for (const auto& [folder, wanted] : names_) {
        if (descriptors_.contains(folder)) continue;
        const int descriptor = inotify_add_watch(fd_.get(), folder.c_str(), mask);
        if (descriptor < 0) {
            all = false;
            continue;
        }
        descriptors_[folder] = descriptor;
        folders_[descriptor] = folder;
    }
    return all;
}

void DirectoryWatch::read_events() {
    alignas(inotify_event) char buffer[16384];
    bool relevant = false;
    for (ssize_t size; (size = ::read(fd_.get(), buffer, sizeof buffer)) > 0;) {
        for (const char* at = buffer; at < buffer + size;) {
            inotify_event event;
            std::memcpy(&event, at, sizeof event);
            const char* const name = at + sizeof event;
            at = name + event.len;
            if (event.mask & IN_Q_OVERFLOW) relevant = true;
            const auto folder = folders_.find(event.wd);
            if (folder == folders_.end()) continue;
            if (event.mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)) {
                relevant = true; // the path may soon lead to another folder, or to one again
                descriptors_.erase(folder->second);
                if (!(event.mask & IN_IGNORED)) inotify_rm_watch(fd_.get(), event.wd);
                folders_.erase(folder);
                continue;
            }
            const auto wanted = names_.find(folder->second);
            if (wanted == names_.end()) continue;
            relevant = relevant || wanted->second.contains("") || wanted->second.contains(name);
        }
    }
    if (relevant) happened_();
}

} // namespace lunette::script
