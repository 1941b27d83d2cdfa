#include <lunette/engine.h>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "script/channel.h"
#include "script/incarnation.h"
#include "state/thread_check.h"
#include "view/view_table.h"

namespace lunette {

namespace {

class SystemClock final : public Clock {
public:
    std::int64_t now_us() const noexcept override {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }
    std::int64_t wall_us() const noexcept override {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
};

constexpr std::size_t messages_kept = 16'384; ///< beyond the ring, while the script thread is stuck

} // namespace

Clock& system_clock() noexcept {
    static SystemClock clock;
    return clock;
}

/// The UI thread's side of an engine.
class Engine::Impl {
public:
    explicit Impl(EngineOptions engine_options)
        : options{std::move(engine_options)}, clock{options.clock ? *options.clock : system_clock()} {}

    ~Impl() {
        if (!thread.joinable()) return;
        channel.stop.store(true, std::memory_order_seq_cst);
        {
            const std::scoped_lock lock{mutex};
            if (incarnation) incarnation->stop();
        }
        thread.join();
        views.collect_all();
    }

    void start() {
        if (thread.joinable()) return;
        thread = std::thread{[this] { script_thread(); }};
        std::unique_lock lock{mutex};
        made.wait(lock, [this] { return incarnation != nullptr || failed; });
    }

    void script_thread() {
        script::Incarnation own{options, clock, channel, declarations};
        {
            const std::scoped_lock lock{mutex};
            incarnation = &own;
        }
        made.notify_all();
        own.run();
        const std::scoped_lock lock{mutex};
        incarnation = nullptr;
    }

    void wake() {
        if (!channel.sleeping.exchange(false, std::memory_order_acq_rel)) return;
        ++wakeups;
        incarnation->wake();
    }

    /// False when the script thread has been stuck for so long that there is no more room.
    bool send(script::Message message) {
        while (!waiting.empty() && channel.messages.try_push(std::move(waiting.front()))) waiting.pop_front();
        bool sent = waiting.empty() && channel.messages.try_push(std::move(message));
        if (!sent && waiting.size() < messages_kept) {
            waiting.push_back(std::move(message));
            sent = true;
        }
        if (thread.joinable()) wake();
        return sent;
    }

    void flush() {
        if (waiting.empty()) return;
        while (!waiting.empty() && channel.messages.try_push(std::move(waiting.front()))) waiting.pop_front();
        wake();
    }

    /// Waits for an answer; what found no room in the ring follows meanwhile.
    template<class T>
    bool await(std::future<T>& future, std::chrono::milliseconds timeout) {
        const auto until = std::chrono::steady_clock::now() + timeout;
        while (!waiting.empty()) {
            if (std::chrono::steady_clock::now() >= until) return false;
            flush();
            if (future.wait_for(std::chrono::milliseconds{1}) == std::future_status::ready) return true;
        }
        return future.wait_until(until) == std::future_status::ready;
    }

    EngineOptions options;
    Clock& clock;
    RetireScope retire;
    script::Channel channel;
    std::vector<script::Incarnation::Declaration> declarations;
    ViewTable views;
    std::deque<script::Message> waiting;
    std::thread thread;
    std::mutex mutex; ///< of `incarnation` while it is made and unmade
    std::condition_variable made;
    script::Incarnation* incarnation = nullptr;
    bool failed = false;

    RecordRef root;
    std::uint64_t revision = 0;
    std::uint64_t published_seq = 0;
    std::uint64_t applied_seq = 0;
    std::uint64_t last_ticket = 0;
    std::uint64_t wakeups = 0;
    std::uint64_t seen_generation = 0;
    bool load_is_new = false;
};

Engine::Engine(EngineOptions options) : impl_{std::make_unique<Impl>(std::move(options))} {}
Engine::~Engine() = default;

void Engine::pure_event(std::string name, EventPolicy policy) {
    impl_->declarations.push_back({std::move(name), true, policy});
}

void Engine::effect_event(std::string name, EventPolicy policy) {
    impl_->declarations.push_back({std::move(name), false, policy});
}

void Engine::start() { impl_->start(); }

void Engine::publish(RecordRef root, std::uint64_t applied_seq) {
    Impl& impl = *impl_;
    impl.flush();
    impl.retire.drain();
    if (root == impl.root && applied_seq == impl.published_seq && impl.revision != 0) return;
    impl.root = root;
    impl.published_seq = applied_seq;
    impl.channel.snapshots.back() =
        state::SnapshotRef{new state::Snapshot{std::move(root), ++impl.revision, applied_seq}};
    impl.channel.snapshots.publish();
    if (impl.thread.joinable())
        impl.wake();
    else
        start();
}

std::uint64_t Engine::revision() const noexcept { return impl_->revision; }

View Engine::view(std::string_view name, Args arguments, Default otherwise) {
    Impl& impl = *impl_;
    const Value list = Value::list(arguments);
    if (ViewEntry* found = impl.views.find(name, list)) return View{found};
    Value fallback = otherwise ? otherwise(impl.root) : Value{};
    ViewEntry& entry = impl.views.create(std::string{name}, list, std::move(fallback));
    impl.send(script::ViewAsked{&entry.mailbox(), std::string{name}, std::move(arguments)});
    return View{&entry};
}

void Engine::release(View view) {
    if (!view) return;
    impl_->views.release(*view.entry());
    impl_->send(script::ViewsReleased{});
    impl_->views.collect();
}

CacheResult Engine::result(const View& view) const noexcept {
    switch (view.freshness()) {
    case Freshness::fresh: return CacheResult::hit;
    case Freshness::stale: return CacheResult::pending;
    case Freshness::fallback: break;
    }
    return CacheResult::started;
}

std::uint64_t Engine::emit(std::string_view event, Args arguments, EmitOptions options) {
    Impl& impl = *impl_;
    const std::uint64_t ticket = ++impl.last_ticket;
    if (!impl.send(script::Emission{ticket, std::string{event}, std::move(arguments), options.urgent}))
        impl.channel.mark_settled(ticket);
    return ticket;
}

bool Engine::settled(std::uint64_t ticket) const noexcept { return impl_->channel.is_settled(ticket); }

std::size_t Engine::take_commands(const Apply& apply) {
    Impl& impl = *impl_;
    std::size_t count = 0;
    while (const script::Batch* batch = impl.channel.batches.front()) {
        for (const Command& command : *batch) {
            Expected<Value> reply = apply(command);
            if (command.sequence) impl.applied_seq = command.sequence;
            if (command.reply_to) impl.send(script::Reply{command.reply_to, std::move(reply)});
            ++count;
        }
        impl.channel.batches.pop();
    }
    if (count && impl.channel.wants_room.exchange(false, std::memory_order_acq_rel)) impl.wake();
    return count;
}

std::uint64_t Engine::applied_seq() const noexcept { return impl_->applied_seq; }

const LoadResult& Engine::load() const noexcept {
    if (impl_->channel.loads.refresh()) impl_->load_is_new = true;
    return impl_->channel.loads.front();
}

bool Engine::load_changed() noexcept {
    load();
    return std::exchange(impl_->load_is_new, false);
}

bool Engine::has_handler(std::string_view event) const noexcept {
    for (const auto& [name, count] : load().events)
        if (name == event) return count > 0;
    return false;
}

bool Engine::invalidate(std::string_view event) {
    impl_->send(script::Invalidation{std::string{event}});
    return has_handler(event);
}

void Engine::reload() { impl_->send(script::ReloadRequest{}); }

std::vector<LogRecord> Engine::take_log() {
    std::vector<LogRecord> records;
    while (const LogRecord* record = impl_->channel.log.front()) {
        records.push_back(*record);
        impl_->channel.log.pop();
    }
    if (const std::uint64_t lost = impl_->channel.log_lost.exchange(0, std::memory_order_relaxed))
        records.push_back(
            {LogLevel::warning, impl_->clock.wall_us(), fmt::format("{} messages were lost", lost)});
    return records;
}

void Engine::clock_changed() { impl_->send(script::ClockChanged{}); }

bool Engine::settle(std::chrono::milliseconds timeout) {
    start();
    auto promise = std::make_shared<std::promise<void>>();
    auto future = promise->get_future();
    impl_->send(script::SettleRequest{[promise] { promise->set_value(); }});
    return impl_->await(future, timeout);
}

Expected<EngineReport> Engine::report(std::chrono::milliseconds timeout) {
    start();
    auto promise = std::make_shared<std::promise<EngineReport>>();
    auto future = promise->get_future();
    impl_->send(
        script::ReportRequest{[promise](EngineReport report) { promise->set_value(std::move(report)); }});
    if (!impl_->await(future, timeout)) return failure("the script thread does not answer");
    return future.get();
}

bool Engine::call_and_wait(View view, const Apply& apply, std::chrono::microseconds timeout) {
    auto promise = std::make_shared<std::promise<void>>();
    auto future = promise->get_future();
    impl_->send(script::ForceRequest{view.entry()->mailbox().id(), [promise] { promise->set_value(); }});
    const auto until = std::chrono::steady_clock::now() + timeout;
    while (std::chrono::steady_clock::now() < until) {
        if (future.wait_for(std::chrono::milliseconds{1}) == std::future_status::ready) return true;
        take_commands(apply);
        impl_->flush();
    }
    return false;
}

std::uint64_t Engine::wakeups() const noexcept { return impl_->wakeups; }

} // namespace lunette
