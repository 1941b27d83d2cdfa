#pragma once

#include "mux/mux.h"

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace lunette::server {

// The event loop under the UI loop: waits for panes, for wake-ups and for a point in time. It only collects;
// what is to be done is done after it returned. UI thread, but for wake().
class LoopIo final : public mux::LoopPort {
public:
    LoopIo();
    ~LoopIo() override;
    LoopIo(const LoopIo&) = delete;
    LoopIo& operator=(const LoopIo&) = delete;

    void watch(Id pane, int fd, int exit_fd) override;
    void want_write(Id pane, bool wanted) override;
    void unwatch(Id pane) override;

    // Other descriptors: terminals, sockets. `ready` is called by wait(), after it has waited, and may do
    // anything but wait. At first only reading is of interest. A descriptor that hangs up counts as both.
    using Ready = std::function<void(bool readable, bool writable)>;
    void attend(int fd, Ready ready);
    void set_interest(int fd, bool read, bool write);
    // Before the descriptor is closed.
    void forget(int fd);

    // One of those has something to be read by now.
    bool has_input() const noexcept;

    // Waits for output of this pane, no longer than so many nanoseconds nor than until there is input; true
    // when the pane can be read.
    bool wait_for(Id pane, std::int64_t at_most) const noexcept;

    // Any thread: ends a wait that is under way, or the next one. One system call, none when that was done.
    void wake() noexcept;

    // Waits until something is ready, but no longer than this many nanoseconds; 0 only looks.
    void wait(std::int64_t at_most);

    // What the last wait found.
    const std::vector<Id>& readable() const noexcept { return readable_; }
    const std::vector<Id>& writable() const noexcept { return writable_; }
    const std::vector<Id>& exited() const noexcept { return exited_; }

private:
    struct Watched;
    struct Attended;
    struct Found {
        int fd;
        const Attended* by; // to be compared only
        int events;
    };

    struct Polled;

    void call_attendants();
    Polled inputs() const noexcept;
    void update(Watched& watched);
    static void on_pane(uv_poll_t* poll, int status, int events);
    static void on_exit(uv_poll_t* poll, int status, int events);
    static void on_attended(uv_poll_t* poll, int status, int events);

    uv_loop_t loop_;
    uv_async_t wake_;
    uv_poll_t alarm_;
    int alarm_fd_; // uv's timers count milliseconds
    std::unordered_map<Id, std::unique_ptr<Watched>> watched_;
    std::unordered_map<int, std::unique_ptr<Attended>> attended_;
    std::vector<Id> readable_, writable_, exited_;
    std::vector<Found> found_;
};

} // namespace lunette::server
