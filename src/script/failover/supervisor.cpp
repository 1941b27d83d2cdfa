#include "script/failover/supervisor.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace lunette::script {

namespace {

double seconds(std::chrono::microseconds time) { return std::chrono::duration<double>{time}.count(); }

Offender running_in(const Channel& channel) {
    // It is not being changed, or the thread would not be stuck; unless it came back this very moment.
    return channel.running.get().value_or(Offender{});
}

} // namespace

Supervisor::Supervisor(std::shared_ptr<const EngineOptions> options, Clock& clock)
    : options_{std::move(options)},
      clock_{clock},
      current_{std::make_unique<ScriptThread>(options_, clock_, Beginning{})} {}

Supervisor::~Supervisor() {
    current_->end();
    for (auto& thread : given_up_) ScriptThread::dispose(std::move(thread), orphans_);
    ScriptThread::dispose(std::move(current_), orphans_);
}

void Supervisor::declare(Beginning::Declaration event) { events_.push_back(std::move(event)); }

void Supervisor::start() {
    if (!state_.on || current_->started()) return;
    current_->start(events_);
}

void Supervisor::say(LogLevel level, std::string message, bool about_handler) {
    log_.push_back({level, clock_.wall_us(), std::move(message), about_handler});
}

void Supervisor::take_orphans() {
    for (const auto& thread : given_up_)
        if (thread->is_stuck()) orphans_.take(thread->channel.children); // if not now, next time
}

void Supervisor::reap() {
    take_orphans();
    orphans_.collect();
    std::erase_if(given_up_, [this](const std::unique_ptr<ScriptThread>& thread) {
        if (!thread->has_ended()) return false;
        if (thread->is_stuck()) {
            --state_.stuck;
            say(LogLevel::info,
                fmt::format("the call that got stuck has come back{}; what it says is not used",
                            thread->place().empty() ? "" : ", near " + thread->place()),
                false);
        }
        return true;
    });
}

void Supervisor::blame() {
    if (current_->channel.loaded_again.load(std::memory_order_relaxed)) disabled_.clear();
    const Offender offender = running_in(current_->channel);
    const FailoverOptions& limits = options_->failover;
    std::string what = current_->stuck() == WedgeDetector::Verdict::stuck_on_cpu
                           ? fmt::format("used {:g} s of CPU time in a C function without coming back to Lua",
                                         seconds(limits.cpu))
                           : fmt::format("was blocked in the kernel for {:g} s", seconds(limits.blocked));
    what =
        fmt::format("{}{}{} {}", offender.where, offender.where.empty() ? "" : ": ", offender.name(), what);

    ++state_.stuck;
    if (state_.failovers >= limits.at_most) {
        state_.on = false;
        state_.why_off = fmt::format("{}; threads were given up {} times already", what, state_.failovers);
        say(LogLevel::error, fmt::format("scripting is off: {}", state_.why_off), false);
        return;
    }
    ++state_.failovers;
    std::string then = "Lua was started anew";
    switch (offender.kind) {
    case Offender::Kind::none: break;
    case Offender::Kind::load:
        why_not_loaded_ = what + "; it is loaded again when one of its files changes";
        then += ", with nothing loaded until a file of the configuration changes";
        break;
    default: disabled_.push_back(offender); then += ", without it until the configuration is loaded again";
    }
    say(LogLevel::error, fmt::format("{}: {} ({} of {})", what, then, state_.failovers, limits.at_most),
        true);
}

void Supervisor::turn(bool on) {
    state_.on = on;
    state_.why_off = on ? "" : "it was turned off";
    state_.failovers = 0;
    disabled_.clear();
    why_not_loaded_.clear();
}

ScriptThread& Supervisor::replace(const Handover& handover) {
    Channel& before = current_->channel;
    Beginning next;
    next.generations = std::max(before.generations.load(std::memory_order_relaxed), handover.load.generation);
    next.callbacks = before.callbacks.load(std::memory_order_relaxed);
    next.last_sequence = handover.last_sequence;
    before.kept.refresh();
    next.kept = before.kept.front();
    next.disabled = disabled_;
    next.why_not_loaded = std::exchange(why_not_loaded_, {});
    for (const ModuleReport& module : handover.load.modules) next.watched.push_back(module.file);
    if (!options_->config.empty()) next.watched.push_back(options_->config);
    current_->end();
    given_up_.push_back(
        std::exchange(current_, std::make_unique<ScriptThread>(options_, clock_, std::move(next))));
    take_orphans();
    return *given_up_.back();
}

} // namespace lunette::script
