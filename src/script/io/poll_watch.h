#pragma once

#include <functional>

#include <uv.h>

namespace lunette::script {

/// A descriptor that the loop watches for as long as this lives. Does not own the descriptor; destroy the
/// watch before closing it. The callback may destroy the watch.
///
/// Thread: script thread.
class PollWatch {
public:
    /// `status` is 0 or a negative uv error (with an error the descriptor is watched no more).
    using Ready = std::function<void(int status)>;

    PollWatch() = default;
    PollWatch(PollWatch&& other) noexcept;
    PollWatch& operator=(PollWatch&& other) noexcept;
    ~PollWatch() { stop(); }

    /// Calls `ready` whenever one of the events (UV_READABLE, UV_WRITABLE) holds. Returns a uv error: what
    /// cannot be polled (regular files, /dev/zero) gives UV_EPERM.
    int start(uv_loop_t* loop, int fd, int events, Ready ready);
    void stop() noexcept;
    explicit operator bool() const noexcept { return handle_ != nullptr; }

private:
    struct Handle;
    Handle* handle_ = nullptr; ///< deletes itself when the loop has let go of it
};

} // namespace lunette::script
