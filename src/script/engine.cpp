#include <lunette/engine.h>

#include "script/engine_impl.h"
#include "script/run/time_slice.h"

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

} // namespace

Clock& system_clock() noexcept {
    static SystemClock clock;
    return clock;
}

Engine::Engine(EngineOptions options) : impl_{std::make_unique<Impl>(std::move(options))} {}
Engine::~Engine() = default;

void Engine::pure_event(std::string name, EventPolicy policy) {
    impl_->supervisor.declare({std::move(name), true, policy});
}

void Engine::effect_event(std::string name, EventPolicy policy) {
    impl_->supervisor.declare({std::move(name), false, policy});
}

void Engine::start() {
    if (impl_->options->host_slice.count() > 0) script::ask_for_time_slices(impl_->options->host_slice);
    impl_->start();
}

Engine::Turn::Turn(Engine& engine) noexcept : engine_{engine} { ++engine.impl_->turns; }
Engine::Turn::~Turn() { engine_.impl_->end_turn(); }

void Engine::publish(RecordRef root, std::uint64_t applied_seq) {
    impl_->publish(std::move(root), applied_seq);
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
    return impl_->emit(event, std::move(arguments), std::move(options));
}

bool Engine::settled(std::uint64_t ticket) const noexcept {
    return ticket <= impl_->settled_through || impl_->channel().is_settled(ticket);
}

std::size_t Engine::take_commands(const Apply& apply) {
    std::atomic<std::uint64_t>& turns = impl_->channel().host_turns;
    turns.store(turns.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); // the only writer
    return impl_->take_commands(apply);
}

std::uint64_t Engine::applied_seq() const noexcept { return impl_->applied_seq; }

const LoadResult& Engine::load() const noexcept { return impl_->load(); }

bool Engine::load_changed() noexcept {
    load();
    return std::exchange(impl_->load_is_new, false);
}

bool Engine::has_handler(std::string_view event) const noexcept {
    if (!scripting().on) return false;
    for (const auto& [name, count] : load().events)
        if (name == event) return count > 0;
    return false;
}

bool Engine::invalidate(std::string_view event) {
    impl_->send(script::Invalidation{std::string{event}});
    return has_handler(event);
}

void Engine::reload() { impl_->send(script::ReloadRequest{}); }

const ScriptingState& Engine::scripting() const noexcept { return impl_->supervisor.state(); }

void Engine::turn_scripting(bool on) { impl_->turn_scripting(on); }

int Engine::threads_left_behind() noexcept { return script::ScriptThread::left_behind(); }

std::vector<LogRecord> Engine::take_log() { return impl_->take_log(); }

void Engine::clock_changed() { impl_->send(script::ClockChanged{}); }

bool Engine::settle(std::chrono::milliseconds timeout) {
    start();
    if (!scripting().on) return true;
    return impl_
        ->ask<bool>(
            [](auto promise) { return script::SettleRequest{[promise] { promise->set_value(true); }}; },
            timeout)
        .has_value();
}

void Engine::request_report() { impl_->request_report(); }

std::optional<EngineReport> Engine::take_report() {
    if (!impl_->asked_report || !impl_->asked_report->ready.load(std::memory_order_acquire))
        return std::nullopt;
    return std::move(std::exchange(impl_->asked_report, nullptr)->report);
}

Expected<EngineReport> Engine::report(std::chrono::milliseconds timeout) {
    start();
    auto answer = impl_->ask<EngineReport>(
        [](auto promise) {
            return script::ReportRequest{
                [promise](EngineReport report) { promise->set_value(std::move(report)); }};
        },
        timeout);
    if (!scripting().on) return failure("scripting is off: " + scripting().why_off);
    if (!answer) return failure("the script thread does not answer");
    return std::move(*answer);
}

bool Engine::call_and_wait(View view, const Apply& apply, std::chrono::microseconds timeout) {
    return impl_
        ->ask<bool>(
            [&](auto promise) {
                return script::ForceRequest{view.entry()->mailbox().id(),
                                            [promise] { promise->set_value(true); }};
            },
            timeout, [&] { impl_->take_commands(apply); })
        .has_value();
}

std::uint64_t Engine::wakeups() const noexcept { return impl_->wakeups; }

} // namespace lunette
