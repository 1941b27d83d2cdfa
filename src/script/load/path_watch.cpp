#include "script/load/path_watch.h"

#include <cstring>
#include <utility>

#include <sys/inotify.h>

namespace lunette::script {

namespace {

constexpr std::uint32_t comes_and_goes = IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE;
constexpr std::uint32_t goes_away = IN_DELETE_SELF | IN_MOVE_SELF;
// IN_ATTRIB: a file that another one was renamed over has a name less.
constexpr std::uint32_t file_mask = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | goes_away;

// Not IN_MODIFY: a log that grows in the same folder would wake the thread with every line. Who writes in
// place closes the file afterwards.
std::uint32_t folder_mask(const std::set<std::string>& names) {
    std::uint32_t mask = goes_away | IN_ONLYDIR;
    if (!names.empty()) mask |= comes_and_goes;
    if (names.size() > names.count(WatchedPaths::which_names)) mask |= IN_CLOSE_WRITE;
    return mask;
}

} // namespace

PathWatch::~PathWatch() {
    *alive_ = false;
    close();
}

void PathWatch::close() {
    runtime_.timers().cancel(std::exchange(pause_, 0));
    poll_.stop();
    fd_.reset();
    watches_.clear();
}

int PathWatch::listen() {
    return poll_.start(runtime_.loop(), fd_.get(), UV_READABLE, [this](int) { readable(); });
}

bool PathWatch::open() {
    if (fd_) return true;
    fd_.reset(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (fd_ && listen() == 0) return true;
    fd_.reset();
    return false;
}

PathWatch::Result PathWatch::set(const WatchedPaths& paths) {
    if (paths.folders.empty() && paths.files.empty()) {
        close();
        return {true, false};
    }
    if (!open()) return {false, false};
    for (auto& [descriptor, watch] : watches_) {
        watch.wanted = 0;
        watch.names.reset();
    }
    Result result{!paths.remote, false};
    for (const auto& [folder, names] : paths.folders)
        result.all = add(folder, &names, result.fresh) && result.all;
    // Each again: its name may lead to another file by now.
    for (const std::string& file : paths.files) result.all = add(file, nullptr, result.fresh) && result.all;
    drop_unwanted();
    return result;
}

bool PathWatch::add(const std::string& path, const std::set<std::string>* names, bool& fresh) {
    const std::uint32_t mask = names ? folder_mask(*names) : file_mask;
    // Several paths can lead to one place, which has one watch.
    const int descriptor = inotify_add_watch(fd_.get(), path.c_str(), mask | IN_MASK_ADD);
    if (descriptor < 0) return false;
    auto found = watches_.find(descriptor);
    if (found == watches_.end()) {
        if (watches_.size() >= most_watches) {
            inotify_rm_watch(fd_.get(), descriptor);
            return false;
        }
        found = watches_.emplace(descriptor, Watch{path}).first;
    }
    Watch& watch = found->second;
    fresh = fresh || (mask & ~watch.mask) != 0;
    watch.mask |= mask;
    watch.wanted |= mask;
    if (names && !watch.names) watch.names.emplace();
    if (names) watch.names->insert(names->begin(), names->end());
    return true;
}

void PathWatch::drop_unwanted() {
    for (auto at = watches_.begin(); at != watches_.end();) {
        Watch& watch = at->second;
        if (watch.wanted == 0) {
            inotify_rm_watch(fd_.get(), at->first);
            at = watches_.erase(at);
            continue;
        }
        if (watch.wanted != watch.mask) { // less than before
            const int same = inotify_add_watch(fd_.get(), watch.path.c_str(), watch.wanted);
            if (same == at->first)
                watch.mask = watch.wanted;
            else if (same >= 0 && !watches_.contains(same)) // the path leads elsewhere by now
                inotify_rm_watch(fd_.get(), same);
        }
        ++at;
    }
}

void PathWatch::readable() {
    poll_.stop();
    runtime_.completions().post(nullptr, [this, alive = alive_] {
        if (!*alive || !fd_) return;
        if (read_events()) happened_();
        if (!*alive || !fd_ || pause_) return;
        pause_ = runtime_.timers().after(pause_length_, [this] {
            pause_ = 0;
            if (listen() == 0) return;
            close(); // the next set() opens it again
            happened_();
        });
    });
}

bool PathWatch::concerns(const Watch& watch, std::uint32_t event, const char* name) const {
    if (!watch.names) return true; // a file
    if (watch.names->contains(WatchedPaths::every_name) || watch.names->contains(name)) return true;
    return (event & comes_and_goes) != 0 && watch.names->contains(WatchedPaths::which_names);
}

bool PathWatch::read_events() {
    alignas(inotify_event) char buffer[16384];
    bool relevant = false;
    for (ssize_t size; (size = ::read(fd_.get(), buffer, sizeof buffer)) > 0;) {
        for (const char* at = buffer; at < buffer + size;) {
            inotify_event event;
            std::memcpy(&event, at, sizeof event);
            const char* const name = event.len ? at + sizeof event : "";
            at += sizeof event + event.len;
            if (event.mask & IN_Q_OVERFLOW) relevant = true;
            const auto found = watches_.find(event.wd);
            if (found == watches_.end()) continue;
            if (event.mask & (IN_IGNORED | goes_away)) {
                relevant = true; // the path may soon lead to another one, or to one again
                if (!(event.mask & IN_IGNORED)) inotify_rm_watch(fd_.get(), event.wd);
                watches_.erase(found);
                continue;
            }
            relevant = relevant || concerns(found->second, event.mask, name);
        }
    }
    return relevant;
}

} // namespace lunette::script
