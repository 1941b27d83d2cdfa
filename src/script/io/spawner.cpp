#include "script/io/spawner.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <utility>

#include "script/io/posix_child.h"

namespace lunette::script {

namespace {

/// Of a thread that was given up meanwhile.
void end_at_once(Spawned& child) {
    ::kill(-child.pid, SIGKILL);
    while (::waitpid(child.pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    child = Spawned{child.ticket, "no more processes are started"};
}

} // namespace

Spawner::Spawner(uv_loop_t* loop, ChildRegister& children, std::function<void(Spawned)> started)
    : children_{children}, started_{std::move(started)}, ready_{new uv_async_t} {
    uv_async_init(loop, ready_, [](uv_async_t* ready) { static_cast<Spawner*>(ready->data)->deliver(); });
    ready_->data = this;
    // The host's signals are none of this thread's business.
    sigset_t every, before;
    sigfillset(&every);
    ::pthread_sigmask(SIG_SETMASK, &every, &before);
    thread_ = std::thread{[this] { run(); }};
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::pthread_setname_np(thread_.native_handle(), "lunette-spawn");
}

Spawner::~Spawner() {
    stop();
    uv_close(reinterpret_cast<uv_handle_t*>(ready_),
             [](uv_handle_t* handle) { delete reinterpret_cast<uv_async_t*>(handle); });
}

void Spawner::submit(SpawnRequest request) {
    {
        const std::lock_guard lock{mutex_};
        requests_.push_back(std::move(request));
    }
    changed_.notify_one();
}

std::vector<Spawned> Spawner::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
    return std::exchange(results_, {});
}

void Spawner::run() {
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || !requests_.empty(); });
        if (stopping_) return;
        const SpawnRequest request = std::move(requests_.front());
        requests_.pop_front();
        lock.unlock();
        Spawned child = start_child(request);
        if (child.error.empty() && !children_.add({child.pid, request.options.background}))
            end_at_once(child);
        lock.lock();
        results_.push_back(std::move(child));
        uv_async_send(ready_);
    }
}

void Spawner::deliver() {
    std::vector<Spawned> results;
    {
        const std::lock_guard lock{mutex_};
        results.swap(results_);
    }
    for (auto& result : results) started_(std::move(result));
}

} // namespace lunette::script
