#include "script/io/poll_watch.h"

#include <utility>

namespace lunette::script {

struct PollWatch::Handle {
    uv_poll_t poll{};
    Ready ready;
};

PollWatch::PollWatch(PollWatch&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)} {}

PollWatch& PollWatch::operator=(PollWatch&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

int PollWatch::start(uv_loop_t* loop, int fd, int events, Ready ready) {
    stop();
    auto* handle = new Handle;
    if (const int error = uv_poll_init(loop, &handle->poll, fd)) {
        delete handle;
        return error;
    }
    handle->ready = std::move(ready);
    handle->poll.data = handle;
    handle_ = handle;
    const int error = uv_poll_start(&handle->poll, events, [](uv_poll_t* poll, int status, int) {
        static_cast<Handle*>(poll->data)->ready(status);
    });
    if (error) stop();
    return error;
}

void PollWatch::stop() noexcept {
    Handle* handle = std::exchange(handle_, nullptr);
    if (!handle) return;
    uv_close(reinterpret_cast<uv_handle_t*>(&handle->poll),
             [](uv_handle_t* closed) { delete static_cast<Handle*>(closed->data); });
}

} // namespace lunette::script
