// What becomes of a run that has ended.

#include <algorithm>

#include <fmt/format.h>

#include "script/memo/memo.h"
#include "script/memo/views.h"

namespace lunette::script {

namespace {
constexpr std::size_t history_kept = 16;
constexpr int failures_before_backoff = 3;
} // namespace

void Memo::remember(Entry& entry, const Task& task, const std::string& result) {
    entry.history.push_back(fmt::format("at {:.3f} s, {}, {:.3f} ms CPU: {}",
                                        static_cast<double>(task.started_us) / 1e6, entry.cause,
                                        static_cast<double>(task.cpu_ns) / 1e6, result));
    if (entry.history.size() > history_kept) entry.history.pop_front();
    if (tracing) note(entry.name() + " ran " + entry.history.back());
}

void Memo::log_once(Entry& entry, LogLevel level, const std::string& key, const std::string& message) {
    auto& seen = entry.event.of(0).messages;
    if (seen.size() > 100 || !seen.insert(key).second) return;
    starter_.log_about_handler(level, message);
}

void Memo::fail(Entry& entry, const Outcome& outcome) {
    HandlerStats& stats = entry.event.of(0);
    const std::int64_t now = clock_.now_us();
    ++entry.failures;
    entry.error = Error{outcome.message, outcome.place};
    if (outcome.kind == Outcome::Kind::killed) {
        ++stats.report.killed;
        stats.report.last = RunResult::killed;
        entry.event.back_off(now);
        stats.report.last_error =
            outcome.place.empty() ? outcome.message : outcome.place + ": " + outcome.message;
        log_once(entry, LogLevel::error, "killed",
                 fmt::format(
                     "{}: {} took too long and was stopped ({}); it runs again in {} s. The last value stays "
                     "on screen.",
                     stats.report.where, entry.event.name, outcome.message,
                     entry.event.backoff_us / 1'000'000) +
                     (outcome.place.empty() ? "" : "\n  at " + outcome.place));
        // The run says nothing about what it would have read later; try again when the back-off ends.
        entry.dirty = true;
        entry.cause = "the run before was stopped";
        wake_at(entry, entry.event.backoff_until_us);
        return;
    }
    ++stats.report.errors;
    stats.report.last = RunResult::error;
    stats.report.last_error = outcome.message;
    log_once(entry, LogLevel::error, outcome.message,
             fmt::format("{}: {}", entry.event.name, outcome.message));
    if (entry.failures >= failures_before_backoff) {
        const int doublings = std::min(entry.failures - failures_before_backoff, 5);
        entry.backoff_until_us = now + std::min<std::int64_t>(30'000'000, 1'000'000LL << doublings);
    }
}

std::string Memo::waits_for(const Entry& entry) const {
    const auto until = [this](std::string_view what, std::int64_t time_us) {
        return fmt::format("{}, {:.1f} ms", what, static_cast<double>(time_us - clock_.now_us()) / 1e3);
    };
    if (entry.task) return entry.speculative ? "idle time" : "its run";
    if (!entry.dirty) return {};
    const std::int64_t now = clock_.now_us();
    if (entry.event.backoff_until_us > now)
        return until("the end of a back-off, since a run of this event was stopped",
                     entry.event.backoff_until_us);
    if (entry.backoff_until_us > now)
        return until("the end of a back-off after errors", entry.backoff_until_us);
    if (entry.users.empty()) return "somebody who shows it";
    if (entry.runs && entry.next_allowed_us > now) return until("its throttle", entry.next_allowed_us);
    if (speculations_.contains(const_cast<Entry*>(&entry))) return "idle time";
    if (std::all_of(entry.users.begin(), entry.users.end(),
                    [](const auto& user) { return user.speculative; }))
        return "the mouse: it is not found out beforehand";
    return "its turn";
}

// --- the end of a run

void Memo::finished(Entry& entry, const Task& task, const Outcome& outcome, Value value) {
    running_.erase(&entry);
    entry.task = nullptr;
    entry.started_us = task.started_us;
    ++entry.runs;
    entry.next_allowed_us = task.started_us + entry.event.policy.throttle.count();
    entry.dirty = entry.doubtful = false;
    const bool speculative = std::exchange(entry.speculative, false);
    keep_dependencies(entry, outcome.kind == Outcome::Kind::ok);
    keep_result(entry, task, outcome, std::move(value));
    const bool put_off = std::exchange(entry.put_off, false);
    if (!speculative) {
        const std::int64_t stale_ns = (clock_.now_us() - entry.dirty_since_us) * 1000;
        staleness.record(stale_ns);
        if (!put_off) staleness_prompt.record(stale_ns);
    }
    settle_expiry(entry, task);
    const auto waiters = std::exchange(entry.waiters, {});
    for (const auto& waiter : waiters) waiter();
    tell_users(entry, speculative);
}

void Memo::keep_dependencies(Entry& entry, bool ok) {
    HandlerStats& stats = entry.event.of(0);
    for (const Dependency& d : entry.recorder.dependencies()) stats.reads.insert(d.describe());
    stats.impurities |= entry.recorder.impurities();
    std::vector<Dependency> dependencies = entry.recorder.take();
    if (!ok) {
        // Whatever might have avoided the error counts: what was read before, and now.
        for (const Dependency& old : entry.dependencies()) {
            if (std::none_of(dependencies.begin(), dependencies.end(),
                             [&](const auto& d) { return d.same(old); }))
                dependencies.push_back(old);
        }
    }
    if (!forget_.empty())
        std::erase_if(dependencies, [this](const Dependency& d) { return d.describe() == forget_; });
    index_.set(entry, std::move(dependencies));
}

void Memo::keep_result(Entry& entry, const Task& task, const Outcome& outcome, Value value) {
    if (outcome.kind != Outcome::Kind::ok) {
        remember(entry, task, outcome.message);
        fail(entry, outcome);
        return;
    }
    entry.failures = 0;
    entry.error.reset();
    entry.event.backoff_us = 0;
    if (entry.has_value && entry.value == value) {
        ++entry.event.of(0).report.unchanged;
        remember(entry, task, "unchanged");
    } else {
        remember(entry, task, lunette::describe(value, 60));
    }
    entry.value = std::move(value);
    entry.has_value = true;
}

void Memo::settle_expiry(Entry& entry, const Task& task) {
    entry.expires_us = entry.recorder.expires_us();
    entry.expiry = "time";
    if (entry.event.assumption == Assumption::is_volatile)
        entry.expires_us = std::min(
            entry.expires_us, task.started_us + std::max<std::int64_t>(1'000'000, task.cpu_ns / 1000 * 20));
    if (entry.expires_us != Recorder::never) wake_at(entry, entry.expires_us);
    if (!entry.outdated || entry.dirty) return;
    if (entry.outdated_pace_us > 0 && postpone(entry, *entry.outdated, entry.outdated_pace_us)) return;
    entry.dirty = true;
    entry.cause = *entry.outdated;
    entry.hop = entry.outdated_hop;
    entry.dirty_since_us = entry.outdated_since_us;
}

void Memo::gave_up(Entry& entry) {
    running_.erase(&entry);
    entry.task = nullptr;
    entry.speculable = entry.speculative = false;
    if (tracing) note(entry.name() + " is not speculated on: it wants to do something");
    const auto waiters = std::exchange(entry.waiters, {});
    for (const auto& waiter : waiters) waiter();
    tell_users(entry, true);
}

void Memo::tell_users(Entry& entry, bool speculative) {
    const std::vector<Entry::User> users = entry.users;
    for (const Entry::User& user : users) {
        if (speculative)
            enriched_.insert(user.view);
        else
            user.view->entry_finished(entry);
    }
    // One evaluation for all that is found out without waiting.
    const bool more = std::any_of(running_.begin(), running_.end(), [](const Entry* other) {
        return other->speculative && other->task->state == Task::State::ready;
    });
    if (more) return;
    for (ViewNode* view : std::exchange(enriched_, {})) view->evaluate_again();
}

} // namespace lunette::script
