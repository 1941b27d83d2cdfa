#include "script/memo/memo.h"

#include <algorithm>

#include <fmt/format.h>

#include "script/memo/views.h"

namespace lunette::script {

namespace {

constexpr std::size_t history_kept = 16;
constexpr std::size_t trace_kept = 10'000;
constexpr std::size_t entries_kept = 8192;
constexpr int failures_before_backoff = 3;

std::size_t combine(std::size_t seed, std::size_t value) noexcept {
    return (seed ^ value) * 0x9E3779B97F4A7C15ULL + (seed >> 7);
}

std::size_t hash_value(const Value& value) noexcept {
    switch (value.kind()) {
    case Kind::record: return static_cast<std::size_t>(value.record()->id());
    case Kind::string: return std::hash<std::string_view>{}(value.text());
    case Kind::integer: return static_cast<std::size_t>(value.integer_or(0));
    case Kind::boolean: return value.boolean_or(false) ? 2 : 1;
    case Kind::number: return std::hash<double>{}(value.number_or(0));
    default: return value.size();
    }
}

bool same_value(const Value& a, const Value& b) noexcept {
    if (a.kind() == Kind::record && b.kind() == Kind::record) return a.record()->id() == b.record()->id();
    return a == b;
}

std::size_t hash_call(const Event& event, const std::vector<Argument>& arguments) noexcept {
    std::size_t hash = std::hash<const void*>{}(&event);
    for (const Argument& argument : arguments) {
        hash = combine(hash, hash_value(argument.value));
        hash = combine(hash, argument.field.size());
    }
    return hash;
}

bool same_call(const std::vector<Argument>& a, const std::vector<Argument>& b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Argument& x, const Argument& y) {
        return x.field == y.field && x.object == y.object && same_value(x.value, y.value);
    });
}

} // namespace

void Entry::invalidate(const std::string& why) {
    if (task) {
        if (!outdated) outdated = why;
        outdated_hop = false;
        return;
    }
    hop = false;
    if (dirty) return;
    dirty = true;
    cause = why;
    dirty_since_us = memo.clock().now_us();
    for (ViewNode* view : users) view->mark_dirty();
}

Expected<Value> Entry::result() const {
    if (has_value) return value;
    if (error) return tl::unexpected<Error>{*error};
    return Value{};
}

Memo::~Memo() {
    if (timer_) timers_.cancel(timer_);
}

Entry& Memo::entry(Event& event, std::string_view label, std::vector<Argument> arguments) {
    const std::size_t hash = hash_call(event, arguments);
    const auto [first, last] = entries_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        Entry& found = *it->second;
        if (&found.event == &event && same_call(found.arguments, arguments)) {
            found.arguments = std::move(arguments); // newer versions of the same records
            return found;
        }
    }
    if (entries_.size() >= entries_kept) {
        for (auto it = entries_.begin(); it != entries_.end();) {
            if (it->second->users.empty() && !it->second->task) {
                index_.remove(*it->second);
                coarse_.erase(it->second.get());
                forget_due(*it->second);
                it = entries_.erase(it);
            } else {
                ++it;
            }
        }
    }
    auto made = std::make_unique<Entry>(*this, event, std::string{label}, std::move(arguments));
    made->dirty_since_us = clock_.now_us();
    return *entries_.emplace(hash, std::move(made))->second;
}

bool Memo::request(Entry& entry) {
    if (entry.task) return true;
    const std::int64_t now = clock_.now_us();
    const std::int64_t until = std::max(
        {entry.event.backoff_until_us, entry.backoff_until_us, entry.runs ? entry.next_allowed_us : 0});
    if (now < until) {
        ++entry.event.of(0).report.throttled;
        if (tracing)
            note(fmt::format("{} waits {:.3f} ms: {}", entry.name(), static_cast<double>(until - now) / 1e3,
                             entry.cause));
        wake_at(entry, until);
        return false;
    }
    entry.outdated.reset();
    entry.outdated_hop = false;
    entry.recorder = Recorder{};
    running_.insert(&entry);
    starter_.start_run(entry);
    return true;
}

void Memo::note(std::string decision) {
    trace.push_back(std::move(decision));
    if (trace.size() > trace_kept) trace.pop_front();
}

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
    starter_.log(level, message);
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

void Memo::finished(Entry& entry, const Task& task, const Outcome& outcome, Value value) {
    running_.erase(&entry);
    entry.task = nullptr;
    ++entry.runs;
    HandlerStats& stats = entry.event.of(0);
    entry.next_allowed_us = task.started_us + entry.event.policy.throttle.count();
    entry.dirty = false;
    for (const Dependency& d : entry.recorder.dependencies()) stats.reads.insert(d.describe());
    stats.impurities |= entry.recorder.impurities();

    std::vector<Dependency> dependencies = entry.recorder.take();
    if (outcome.kind != Outcome::Kind::ok) {
        // Whatever might have avoided the error counts: what was read before, and now.
        for (const Dependency& old : entry.dependencies()) {
            if (std::none_of(dependencies.begin(), dependencies.end(),
                             [&](const auto& d) { return d.same(old); }))
                dependencies.push_back(old);
        }
    }
    index_.set(entry, std::move(dependencies));
    set_coarse(entry, entry.recorder.coarse());

    if (outcome.kind == Outcome::Kind::ok) {
        entry.failures = 0;
        entry.error.reset();
        entry.event.backoff_us = 0;
        if (entry.has_value && entry.value == value) {
            ++stats.report.unchanged;
            remember(entry, task, "unchanged");
        } else {
            remember(entry, task, lunette::describe(value, 60));
        }
        entry.value = std::move(value);
        entry.has_value = true;
        stats.report.last = RunResult::ok;
    } else {
        remember(entry, task, outcome.message);
        fail(entry, outcome);
    }
    staleness.record((clock_.now_us() - entry.dirty_since_us) * 1000);

    entry.expires_us = entry.recorder.expires_us();
    if (entry.expires_us != Recorder::never) wake_at(entry, entry.expires_us);
    if (entry.outdated && !entry.dirty) {
        entry.dirty = true;
        entry.cause = *entry.outdated;
        entry.hop = entry.outdated_hop;
        entry.dirty_since_us = clock_.now_us();
    }
    const auto waiters = std::exchange(entry.waiters, {});
    for (const auto& waiter : waiters) waiter();
    const std::vector<ViewNode*> users = entry.users;
    for (ViewNode* view : users) view->entry_finished(entry);
}

void Memo::apply(const std::vector<Change>& changes) {
    if (changes.empty()) return;
    index_.apply(changes);
    for (Entry* entry : running_) {
        // Its dependencies so far are in the recorder only.
        if (!entry->outdated && entry->recorder.outdated_by(changes))
            entry->outdated = describe(changes.front(), nullptr);
    }
    const auto coarse = coarse_;
    for (Reader* reader : coarse) reader->invalidate(describe(changes.front(), nullptr));
}

void Memo::state_changed(std::string_view name) {
    index_.state_changed(name);
    const auto coarse = coarse_;
    for (Reader* reader : coarse) reader->invalidate("state " + std::string{name});
    for (Entry* entry : running_)
        if (!entry->outdated && entry->recorder.has_state(name))
            entry->outdated = "state " + std::string{name};
}

void Memo::invalidate(Event& event, const std::string& cause, bool hop) {
    for (auto& [hash, entry] : entries_) {
        if (&entry->event != &event) continue;
        const bool only_hop =
            hop && (entry->task ? !entry->outdated || entry->outdated_hop : !entry->dirty || entry->hop);
        entry->invalidate(cause);
        (entry->task ? entry->outdated_hop : entry->hop) = only_hop;
    }
}

void Memo::set_coarse(Reader& reader, bool coarse) {
    if (coarse)
        coarse_.insert(&reader);
    else
        coarse_.erase(&reader);
}

void Memo::unuse(Entry& entry, ViewNode& view) { std::erase(entry.users, &view); }

void Memo::wake_at(Entry& entry, std::int64_t time_us) {
    if (entry.due_us <= time_us) return;
    forget_due(entry);
    entry.due_us = time_us;
    due_.emplace(time_us, &entry);
    arm();
}

void Memo::forget_due(Entry& entry) {
    const auto [first, last] = due_.equal_range(std::exchange(entry.due_us, Recorder::never));
    const auto found = std::find_if(first, last, [&](const auto& d) { return d.second == &entry; });
    if (found != last) due_.erase(found);
}

void Memo::arm() {
    if (due_.empty()) return;
    const std::int64_t first = due_.begin()->first;
    if (timer_ && timer_for_ <= first) return;
    if (timer_) timers_.cancel(timer_);
    timer_for_ = first;
    timer_ =
        timers_.after(std::chrono::microseconds{std::max<std::int64_t>(0, first - clock_.now_us())}, [this] {
            timer_ = 0;
            tick();
            arm();
        });
}

void Memo::tick() {
    const std::int64_t now = clock_.now_us();
    while (!due_.empty() && due_.begin()->first <= now) {
        Entry& entry = *due_.begin()->second;
        due_.erase(due_.begin());
        entry.due_us = Recorder::never;
        if (entry.dirty) {
            for (ViewNode* view : entry.users) view->mark_dirty();
        } else if (entry.expires_us <= now) {
            entry.expires_us = Recorder::never;
            entry.invalidate("time");
        } else if (entry.expires_us != Recorder::never) {
            wake_at(entry, entry.expires_us);
        }
    }
}

} // namespace lunette::script
