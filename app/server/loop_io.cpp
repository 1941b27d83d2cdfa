#include "server/loop_io.h"

#include <array>
#include <cassert>
#include <cstdlib>
#include <utility>

#include <poll.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace lunette::server {

// One pane's handles. Freed when uv has let go of both.
struct LoopIo::Watched {
    LoopIo* owner = nullptr;
    Id pane = 0;
    uv_poll_t output{};
    uv_poll_t exit{};
    bool has_output = false;
    bool has_exit = false;
    bool writes = false;
    int open = 0;
};

struct LoopIo::Attended {
    LoopIo* owner = nullptr;
    int fd = -1;
    uv_poll_t poll{};
    Ready ready;
    int interest = 0;
};

// Descriptors, outside of uv's loop.
struct LoopIo::Polled {
    const pollfd* add(int fd) noexcept {
        if (count == fds.size()) return nullptr;
        fds[count] = {fd, POLLIN, 0};
        return &fds[count++];
    }
    // True when one of them can be read, within so many nanoseconds.
    bool poll(std::int64_t at_most) noexcept {
        const timespec timeout{at_most / 1'000'000'000, at_most % 1'000'000'000};
        return ::ppoll(fds.data(), count, &timeout, nullptr) > 0;
    }

    std::array<pollfd, 16> fds;
    nfds_t count = 0;
};

namespace {

template<class T>
uv_handle_t* handle(T& typed) noexcept {
    return reinterpret_cast<uv_handle_t*>(&typed);
}

} // namespace

LoopIo::LoopIo() : alarm_fd_{::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)} {
    if (alarm_fd_ < 0 || uv_loop_init(&loop_) != 0) std::abort(); // no descriptors left at start
    uv_async_init(&loop_, &wake_, [](uv_async_t*) {});
    uv_poll_init(&loop_, &alarm_, alarm_fd_);
    uv_poll_start(&alarm_, UV_READABLE, [](uv_poll_t* poll, int, int) {
        std::uint64_t expirations = 0;
        uv_os_fd_t fd = -1;
        if (uv_fileno(reinterpret_cast<uv_handle_t*>(poll), &fd) == 0)
            (void)!::read(fd, &expirations, sizeof expirations);
    });
}

LoopIo::~LoopIo() {
    while (!watched_.empty()) unwatch(watched_.begin()->first);
    while (!attended_.empty()) forget(attended_.begin()->first);
    uv_close(handle(alarm_), nullptr);
    uv_close(handle(wake_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    uv_loop_close(&loop_);
    ::close(alarm_fd_);
}

void LoopIo::wake() noexcept { uv_async_send(&wake_); }

void LoopIo::watch(Id pane, int fd, int exit_fd) {
    unwatch(pane);
    auto watched = std::make_unique<Watched>();
    watched->owner = this;
    watched->pane = pane;
    watched->output.data = watched->exit.data = watched.get();
    if (fd >= 0 && uv_poll_init(&loop_, &watched->output, fd) == 0) {
        watched->has_output = true;
        ++watched->open;
    }
    if (exit_fd >= 0 && uv_poll_init(&loop_, &watched->exit, exit_fd) == 0) {
        watched->has_exit = true;
        ++watched->open;
        uv_poll_start(&watched->exit, UV_READABLE, on_exit);
    }
    update(*watched);
    watched_.emplace(pane, std::move(watched));
}

void LoopIo::update(Watched& watched) {
    if (watched.has_output)
        uv_poll_start(&watched.output, UV_READABLE | UV_DISCONNECT | (watched.writes ? UV_WRITABLE : 0),
                      on_pane);
}

void LoopIo::want_write(Id pane, bool wanted) {
    const auto found = watched_.find(pane);
    if (found == watched_.end()) return;
    found->second->writes = wanted;
    update(*found->second);
}

void LoopIo::unwatch(Id pane) {
    auto found = watched_.extract(pane);
    if (!found) return;
    Watched* watched = found.mapped().release();
    watched->owner = nullptr;
    const auto closed = [](uv_handle_t* closing) {
        auto* owner = static_cast<Watched*>(closing->data);
        if (--owner->open == 0) delete owner;
    };
    const bool output = watched->has_output;
    const bool exit = watched->has_exit;
    if (watched->open == 0) delete watched;
    if (output) uv_close(handle(watched->output), closed);
    if (exit) uv_close(handle(watched->exit), closed);
}

void LoopIo::on_pane(uv_poll_t* poll, int status, int events) {
    auto& watched = *static_cast<Watched*>(poll->data);
    if (!watched.owner) return;
    // An error is for whoever reads to find.
    if (status < 0 || events & (UV_READABLE | UV_DISCONNECT))
        watched.owner->readable_.push_back(watched.pane);
    if (events & UV_WRITABLE) watched.owner->writable_.push_back(watched.pane);
}

void LoopIo::on_exit(uv_poll_t* poll, int, int) {
    auto& watched = *static_cast<Watched*>(poll->data);
    if (watched.owner) watched.owner->exited_.push_back(watched.pane);
}

void LoopIo::attend(int fd, Ready ready) {
    forget(fd);
    auto attended = std::make_unique<Attended>();
    attended->owner = this;
    attended->fd = fd;
    attended->ready = std::move(ready);
    attended->poll.data = attended.get();
    if (uv_poll_init(&loop_, &attended->poll, fd) != 0) return; // no descriptor that can be waited for
    attended_.emplace(fd, std::move(attended));
    set_interest(fd, true, false);
}

void LoopIo::set_interest(int fd, bool read, bool write) {
    const auto found = attended_.find(fd);
    if (found == attended_.end()) return;
    Attended& attended = *found->second;
    const int interest = (read ? UV_READABLE | UV_DISCONNECT : 0) | (write ? UV_WRITABLE : 0);
    // Telling the kernel takes two calls, and this one comes several times a turn.
    if (std::exchange(attended.interest, interest) == interest) return;
    if (interest)
        uv_poll_start(&attended.poll, interest, on_attended);
    else
        uv_poll_stop(&attended.poll);
}

void LoopIo::forget(int fd) {
    auto found = attended_.extract(fd);
    if (!found) return;
    Attended* attended = found.mapped().release();
    attended->owner = nullptr;
    uv_close(handle(attended->poll),
             [](uv_handle_t* closing) { delete static_cast<Attended*>(closing->data); });
}

LoopIo::Polled LoopIo::inputs() const noexcept {
    Polled polled;
    for (const auto& [fd, attended] : attended_)
        if (attended->interest & UV_READABLE) polled.add(fd);
    return polled;
}

bool LoopIo::has_input() const noexcept {
    Polled polled = inputs();
    return polled.poll(0);
}

bool LoopIo::wait_for(Id pane, std::int64_t at_most) const noexcept {
    const auto found = watched_.find(pane);
    uv_os_fd_t fd = -1;
    if (found == watched_.end() || !found->second->has_output ||
        uv_fileno(reinterpret_cast<const uv_handle_t*>(&found->second->output), &fd) != 0)
        return false;
    Polled polled = inputs();
    const pollfd* const output = polled.add(fd);
    return output && polled.poll(at_most) && output->revents != 0;
}

void LoopIo::on_attended(uv_poll_t* poll, int status, int events) {
    const auto& attended = *static_cast<Attended*>(poll->data);
    if (attended.owner)
        attended.owner->found_.push_back({attended.fd, &attended, status < 0 ? attended.interest : events});
}

void LoopIo::call_attendants() {
    for (const Found& found : std::exchange(found_, {})) {
        const auto now = attended_.find(found.fd);
        if (now == attended_.end() || now->second.get() != found.by) continue;
        const Ready ready = now->second->ready; // it may forget itself
        ready((found.events & (UV_READABLE | UV_DISCONNECT)) != 0, (found.events & UV_WRITABLE) != 0);
    }
}

void LoopIo::wait(std::int64_t at_most) {
    readable_.clear();
    writable_.clear();
    exited_.clear();
    if (at_most <= 0) {
        uv_run(&loop_, UV_RUN_NOWAIT);
        call_attendants();
        return;
    }
    itimerspec alarm{};
    alarm.it_value.tv_sec = at_most / 1'000'000'000;
    alarm.it_value.tv_nsec = at_most % 1'000'000'000;
    ::timerfd_settime(alarm_fd_, 0, &alarm, nullptr);
    uv_run(&loop_, UV_RUN_ONCE);
    call_attendants();
}

} // namespace lunette::server
