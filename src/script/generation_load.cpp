// Loading a configuration: its main chunk, what it was made from, and how it comes and goes.

#include <utility>

#include <fmt/format.h>

#include "script/generation.h"
#include "script/handler_calls.h"

namespace lunette::script {

namespace {
constexpr std::size_t watched_at_most = 1000;
}

void Generation::push_main(lua_State* L) {
    if (is_fallback_)
        loader_.push_main(L, {}, services_.options.fallback);
    else
        loader_.push_main(L, services_.options.config, services_.options.source);
}

void Generation::load(std::function<void(LoadResult)> loaded) {
    loaded_ = std::move(loaded);
    load_started_us_ = services_.clock.now_us();
    loading_ = true;
    RunContext& run = spawn(RunContext::Purpose::load, Priority::effect, handler_calls::load);
    run.own_label.emplace(Offender{Offender::Kind::load, {}, services_.options.config});
    run.task->hard_limit_ns = services_.options.load_cpu_limit.count() * 1000;
    run.task->finished = [this, &run](Task&, const Outcome& outcome) { finished_load(run, outcome); };
    load_deadline_ =
        services_.runtime.timers().after(services_.options.load_deadline, [this, task = run.task] {
            load_deadline_ = 0;
            scheduler_->cancel(*task, fmt::format("the configuration did not end within {} s",
                                                  services_.options.load_deadline.count() / 1'000'000));
        });
}

void Generation::load_fallback(std::function<void(LoadResult)> loaded) {
    is_fallback_ = true;
    load(std::move(loaded));
}

void Generation::refuse_load(const std::string& why, const std::function<void(LoadResult)>& loaded) {
    LoadResult result;
    result.generation = number_;
    result.error = Error{why, services_.options.config};
    loaded(std::move(result));
}

void Generation::finished_load(RunContext& run, const Outcome& outcome) {
    LoadResult result;
    result.generation = number_;
    if (outcome.kind == Outcome::Kind::ok) {
        Expected<Value> value = take_result(run);
        if (!value) value = failure("the returned configuration: " + value.error().message);
        if (value && services_.options.convert) value = services_.options.convert(*this, *value);
        if (value) {
            result.ok = true;
            result.configuration = std::move(*value);
        } else {
            result.error = value.error();
        }
    } else {
        result.error = Error{outcome.message, outcome.place};
    }
    loading_ = false;
    services_.runtime.timers().cancel(load_deadline_);
    result.duration_us = services_.clock.now_us() - load_started_us_;
    events_.for_each([&](const Event& event) {
        if (!event.handlers.empty())
            result.events.emplace_back(event.name, static_cast<int>(event.handlers.size()));
    });
    if (result.ok) loader_.compiler().loaded();
    result.modules = loader_.modules();
    result.errors = errors_;
    result.warnings = warnings_;
    drop_context(run);
    if (auto loaded = std::exchange(loaded_, nullptr)) loaded(std::move(result));
}

void Generation::activate() {
    events_.for_each([this](Event& event) { compare_roots(event); });
    for (auto& [delay, function] : std::exchange(timers_before_activation_, {}))
        start_timer(delay, std::move(function));
}

void Generation::retire() {
    retired_ = true;
    for (const TimerQueue::Id id : std::exchange(timers_, {})) services_.runtime.timers().cancel(id);
}

// --- what it was made from

void Generation::watch(std::string_view path) {
    if (watched_.size() >= watched_at_most || watched_.contains(path)) return;
    const std::string name{path};
    // Read again, here: whatever happens to it from now on is a change.
    watched_[name] = content_signature(name);
    watched_more_ = true;
}

void Generation::watch_content(const std::string& path, const Digest& content) {
    if (watched_.size() >= watched_at_most) return;
    // What was read first counts: if it reads differently later, not all of the configuration knows.
    if (std::string& known = watched_[path]; known.empty()) known = content_signature_of(content);
    watched_more_ = true;
}

void Generation::watch_absent(const std::string& path) {
    if (watched_.size() >= watched_at_most) return;
    if (std::string& known = watched_[path]; known.empty()) known = absent_signature;
    watched_more_ = true;
}

} // namespace lunette::script
