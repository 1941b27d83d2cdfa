#include "script/memo/memo.h"

#include <algorithm>

#include <fmt/format.h>

#include "script/memo/views.h"

namespace lunette::script {

namespace {

constexpr std::size_t trace_kept = 10'000;
constexpr std::size_t entries_kept = 8192;
constexpr std::int64_t quiet_before_speculation_us = 25'000;

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

void Entry::invalidate(const std::string& why, std::int64_t pace_us) {
    if (task) {
        if (!outdated) outdated_since_us = memo.clock().now_us();
        if (!outdated || pace_us < outdated_pace_us) {
            outdated = why;
            outdated_pace_us = pace_us;
        }
        outdated_hop = false;
        return;
    }
    if (pace_us > 0 && !dirty && memo.postpone(*this, why, pace_us)) return;
    hop = doubtful = false;
    if (dirty) return;
    dirty = true;
    cause = why;
    dirty_since_us = memo.clock().now_us();
    for (const User& user : users) {
        if (user.speculative)
            user.view->evaluate_again();
        else
            user.view->mark_dirty();
    }
}

Expected<Value> Entry::result() const {
    if (has_value) return value;
    if (error) return tl::unexpected<Error>{*error};
    return Value{};
}

Memo::Memo(RunStarter& starter, Clock& clock, TimerQueue& timers, const EngineOptions& options)
    : tracing{options.trace},
      starter_{starter},
      clock_{clock},
      timers_{timers},
      forget_{options.forget},
      index_{options.paced} {}

Memo::~Memo() {
    timers_.cancel(timer_);
    timers_.cancel(speculation_timer_);
}

Entry& Memo::entry(Event& event, std::string_view label, std::vector<Argument> arguments,
                   std::uint64_t revision) {
    const std::size_t hash = hash_call(event, arguments);
    const auto [first, last] = entries_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        Entry& found = *it->second;
        if (&found.event == &event && same_call(found.arguments, arguments)) {
            found.arguments = std::move(arguments); // newer versions of the same records
            found.revision = revision;
            return found;
        }
    }
    if (entries_.size() >= entries_kept) forget_unused();
    auto made = std::make_unique<Entry>(*this, event, std::string{label}, std::move(arguments));
    made->revision = revision;
    made->dirty_since_us = clock_.now_us();
    return *entries_.emplace(hash, std::move(made))->second;
}

void Memo::forget_unused() {
    for (auto it = entries_.begin(); it != entries_.end();) {
        Entry& entry = *it->second;
        if (!entry.users.empty() || entry.task) {
            ++it;
            continue;
        }
        index_.remove(entry);
        speculations_.erase(&entry);
        forget_due(entry);
        it = entries_.erase(it);
    }
}

void Memo::use(Entry& entry, ViewNode& view, bool speculative) {
    const auto found = std::find_if(entry.users.begin(), entry.users.end(),
                                    [&](const Entry::User& user) { return user.view == &view; });
    const bool was_shown = found != entry.users.end() && !found->speculative;
    const bool nobody_missed_it = std::all_of(entry.users.begin(), entry.users.end(),
                                              [](const Entry::User& user) { return user.speculative; });
    if (nobody_missed_it && !speculative && entry.dirty && !entry.task)
        entry.dirty_since_us = clock_.now_us();
    if (found == entry.users.end())
        entry.users.push_back({&view, speculative});
    else
        found->speculative = speculative;
    if (was_shown == speculative) {
        std::uint64_t& shown = shown_[&entry.event];
        shown += speculative ? -1 : 1;
        entry.event.shown = shown;
    }
}

void Memo::unuse(Entry& entry, ViewNode& view) {
    const auto found = std::find_if(entry.users.begin(), entry.users.end(),
                                    [&](const Entry::User& user) { return user.view == &view; });
    if (found == entry.users.end()) return;
    if (!found->speculative) entry.event.shown = --shown_[&entry.event];
    entry.users.erase(found);
}

// --- starting

bool Memo::request(Entry& entry) {
    last_request_us_ = clock_.now_us();
    speculations_.erase(&entry);
    if (entry.task) {
        starter_.hurry(entry);
        return true;
    }
    return start(entry, Priority::pure);
}

void Memo::revalidate(Entry& entry) {
    if (!entry.task) start(entry, Priority::low);
}

bool Memo::start(Entry& entry, Priority priority) {
    const std::int64_t now = clock_.now_us();
    const std::int64_t until = std::max(
        {entry.event.backoff_until_us, entry.backoff_until_us, entry.runs ? entry.next_allowed_us : 0});
    if (now < until) {
        ++entry.event.of(0).report.throttled;
        entry.put_off = true;
        if (tracing)
            note(fmt::format("{} waits {:.3f} ms: {}", entry.name(), static_cast<double>(until - now) / 1e3,
                             entry.cause));
        wake_at(entry, until);
        return false;
    }
    entry.outdated.reset();
    entry.outdated_hop = false;
    entry.speculative = false;
    entry.recorder = Recorder{};
    running_.insert(&entry);
    starter_.start_run(entry, priority);
    return true;
}

void Memo::speculate(Entry& entry) {
    if (!entry.speculable || entry.task || !entry.dirty) return;
    speculations_.insert(&entry);
    if (!speculation_timer_)
        speculation_timer_ = timers_.after(std::chrono::microseconds{quiet_before_speculation_us},
                                           [this] { run_speculations(); });
}

void Memo::run_speculations() {
    speculation_timer_ = 0;
    const std::int64_t wait = last_request_us_ + quiet_before_speculation_us - clock_.now_us();
    if (wait > 0) {
        speculation_timer_ = timers_.after(std::chrono::microseconds{wait}, [this] { run_speculations(); });
        return;
    }
    for (Entry* entry : std::exchange(speculations_, {})) {
        if (entry->users.empty() || entry->task || !entry->dirty || !start(*entry, Priority::low)) continue;
        entry->speculative = true;
        ++entry->event.of(0).report.speculative;
    }
}

// --- what changed

void Memo::apply(const std::vector<Change>& changes) {
    if (changes.empty()) return;
    for (const auto& [event, shown] : shown_)
        if (shown) event->of(0).report.runs_on_every_change += shown;
    index_.apply(changes);
    for (Entry* entry : running_) {
        // Its dependencies so far are in the recorder only.
        for (const Change& change : changes) {
            if (entry->outdated && entry->outdated_pace_us == 0) break;
            if (entry->recorder.outdated_by(change))
                entry->invalidate(describe(change), index_.pace_of(change));
        }
    }
}

void Memo::state_changed(std::string_view name) {
    index_.state_changed(name);
    for (Entry* entry : running_)
        if (entry->recorder.has_state(name)) entry->invalidate("state " + std::string{name}, 0);
}

void Memo::state_written(std::string_view name, const Event& writer) {
    for (auto& [hash, entry] : entries_) {
        if (&entry->event == &writer) continue;
        const auto& held = entry->dependencies();
        const bool reads = entry->task ? entry->recorder.has_state(name) : false;
        if (reads ||
            std::any_of(held.begin(), held.end(), [name](const Dependency& d) { return d.is_state(name); }))
            invalidate_for_hop(*entry, fmt::format("state {} changed by {}", name, writer.name));
    }
}

void Memo::invalidate_for_hop(Entry& entry, const std::string& cause) {
    const bool only_hop = entry.task ? !entry.outdated || entry.outdated_hop : !entry.dirty || entry.hop;
    entry.invalidate(cause, 0);
    (entry.task ? entry.outdated_hop : entry.hop) = only_hop;
}

void Memo::invalidate(Event& event, const std::string& cause, Because because) {
    if (event.shown) event.of(0).report.runs_on_every_change += event.shown;
    for (auto& [hash, entry] : entries_) {
        if (&entry->event != &event) continue;
        if (because == Because::hop) {
            invalidate_for_hop(*entry, cause);
            continue;
        }
        const bool only_doubt =
            because == Because::doubt && (!entry->dirty || entry->doubtful) && !entry->task;
        entry->invalidate(cause, 0);
        entry->doubtful = only_doubt;
    }
}

// --- time

bool Memo::postpone(Entry& entry, const std::string& cause, std::int64_t pace_us) {
    const std::int64_t when = entry.started_us + pace_us;
    if (when <= clock_.now_us()) return false;
    if (when < entry.expires_us) {
        entry.expires_us = when;
        entry.expiry = cause;
        wake_at(entry, when);
    }
    return true;
}

void Memo::note(std::string decision) {
    trace.push_back(std::move(decision));
    if (trace.size() > trace_kept) trace.pop_front();
}

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
            for (const Entry::User& user : entry.users) user.view->evaluate_again();
        } else if (entry.expires_us <= now) {
            entry.expires_us = Recorder::never;
            entry.invalidate(std::string{entry.expiry}, 0);
        } else if (entry.expires_us != Recorder::never) {
            wake_at(entry, entry.expires_us);
        }
    }
}

} // namespace lunette::script
