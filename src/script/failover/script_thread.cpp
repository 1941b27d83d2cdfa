#include "script/failover/script_thread.h"

#include <cassert>
#include <mutex>
#include <utility>

#include "script/failover/orphans.h"
#include "script/incarnation.h"

namespace lunette::script {

namespace {

std::atomic<int> threads_left{0};

/// Reachable for ever, so that what such a thread uses is no leak.
std::vector<std::unique_ptr<ScriptThread>>& left_for_ever() {
    static auto& threads = *new std::vector<std::unique_ptr<ScriptThread>>;
    return threads;
}
std::mutex left_mutex; // of left_for_ever(): engines of several threads

} // namespace

ScriptThread::ScriptThread(std::shared_ptr<const EngineOptions> options, Clock& clock, Beginning beginning)
    : options_{std::move(options)}, clock_{clock}, beginning_{std::move(beginning)} {
    channel.generations.store(beginning_.generations, std::memory_order_relaxed);
    channel.callbacks.store(beginning_.callbacks, std::memory_order_relaxed);
    channel.kept.back() = beginning_.kept;
    channel.kept.publish();
}

ScriptThread::~ScriptThread() {
    assert(has_ended());
    if (started()) thread_.join();
}

void ScriptThread::start(std::vector<Beginning::Declaration> events) {
    beginning_.events = std::move(events);
    thread_ = std::thread{[this] { run(); }};
}

// `incarnation_` is set before `stop` is looked at, and `stop` before `incarnation_` is: one of the two sees
// the other.
void ScriptThread::run() {
    {
        Incarnation incarnation{*options_, clock_, channel, std::move(beginning_),
                                [this](WedgeDetector::Verdict verdict) {
                                    stuck_.store(verdict, std::memory_order_release);
                                    if (options_->waker) options_->waker();
                                }};
        incarnation_.store(&incarnation, std::memory_order_seq_cst);
        incarnation.run();
        place_ = incarnation.last_place();
        released_.wait(false, std::memory_order_acquire);
    }
    end_.set_value();
}

void ScriptThread::wake() noexcept {
    if (released_.load(std::memory_order_relaxed)) return;
    if (Incarnation* incarnation = incarnation_.load(std::memory_order_acquire)) incarnation->wake();
}

void ScriptThread::end() noexcept {
    if (released_.load(std::memory_order_relaxed)) return;
    channel.stop.store(true, std::memory_order_seq_cst);
    if (Incarnation* incarnation = incarnation_.load(std::memory_order_seq_cst)) incarnation->stop();
    released_.store(true, std::memory_order_release);
    released_.notify_all();
}

bool ScriptThread::has_ended() const { return !started() || wait_for_end(std::chrono::milliseconds{0}); }

bool ScriptThread::wait_for_end(std::chrono::milliseconds timeout) const {
    return ended_.wait_for(timeout) == std::future_status::ready;
}

void ScriptThread::dispose(std::unique_ptr<ScriptThread> thread, Orphans& orphans) {
    constexpr std::chrono::milliseconds look{5};
    if (!thread->started()) return;
    for (;;) {
        if (thread->wait_for_end(look)) return;
        // One that has begun to unwind ends by itself.
        if (thread->is_stuck() && thread->channel.fate.freeze()) break;
    }
    while (!orphans.take(thread->channel.children)) std::this_thread::yield();
    thread->thread_.detach();
    threads_left.fetch_add(1, std::memory_order_relaxed);
    const std::scoped_lock lock{left_mutex};
    left_for_ever().push_back(std::move(thread));
}

int ScriptThread::left_behind() noexcept { return threads_left.load(std::memory_order_relaxed); }

} // namespace lunette::script
