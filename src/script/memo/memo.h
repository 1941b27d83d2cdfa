#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <lunette/engine.h>

#include "script/io/timer_queue.h"
#include "script/memo/dependency_index.h"
#include "script/memo/entry.h"
#include "script/run/task.h"

namespace lunette::script {

/// Starts the run of an entry: spawns a task that calls the event's first handler with the entry's arguments.
class RunStarter {
public:
    virtual ~RunStarter() = default;
    virtual void start_run(Entry& entry, Priority priority) = 0;
    /// Somebody waits for a run that was started at low priority.
    virtual void hurry(Entry& entry) = 0;
    virtual void log_about_handler(LogLevel level, std::string_view message) = 0;
};

/// Remembers what pure handlers returned and runs them again only when something they read has changed, their
/// arguments changed, or their time ran out; at most once per throttle, with a trailing edge.
///
/// Thread: script thread.
class Memo {
public:
    Memo(RunStarter& starter, Clock& clock, TimerQueue& timers, const EngineOptions& options);
    ~Memo();
    Memo(const Memo&) = delete;
    Memo& operator=(const Memo&) = delete;

    /// `revision`: of the snapshot that the arguments are from.
    Entry& entry(Event& event, std::string_view label, std::vector<Argument> arguments,
                 std::uint64_t revision);

    /// Runs a dirty entry unless it runs already, is throttled, or backs off. True if it runs now.
    bool request(Entry& entry);
    /// Runs a dirty entry in idle time: when nothing was requested for a while, and at low priority.
    void speculate(Entry& entry);
    /// Runs an entry at low priority that is dirty only because nobody can tell.
    void revalidate(Entry& entry);

    /// The run has ended; `value` counts only when the outcome is ok.
    void finished(Entry& entry, const Task& task, const Outcome& outcome, Value value);
    /// It tried what a speculative run must not do.
    void gave_up(Entry& entry);

    /// A snapshot was adopted.
    void apply(const std::vector<Change>& changes);
    void state_changed(std::string_view name);
    /// By a pure run: others read it one hop further, its own event does not.
    void state_written(std::string_view name, const Event& writer);
    enum class Because : std::uint8_t {
        changed,
        hop,  ///< of what another pure handler wrote; what the runs write then changes nothing more
        doubt ///< nobody can tell
    };
    void invalidate(Event& event, const std::string& cause, Because because = Because::changed);

    DependencyIndex& index() noexcept { return index_; }
    Clock& clock() noexcept { return clock_; }

    /// A view shows the entry, or, speculating, may soon.
    void use(Entry& entry, ViewNode& view, bool speculative);
    void unuse(Entry& entry, ViewNode& view);
    /// The view goes away; it uses nothing any more.
    void forget(ViewNode& view) { enriched_.erase(&view); }

    /// "its throttle, 12.0 ms"; empty when the entry is up to date.
    std::string waits_for(const Entry& entry) const;

    template<class Visit>
    void for_each(Visit&& visit) {
        for (auto& [hash, entry] : entries_) visit(*entry);
    }

    Histogram staleness, staleness_prompt;
    /// With EngineOptions::trace: decisions with their causes, the newest last. Bounded.
    std::deque<std::string> trace;
    bool tracing = false;

private:
    friend class Entry;

    bool start(Entry& entry, Priority priority);
    void run_speculations();
    /// A change that may wait becomes the end of the entry's time. False if it has waited long enough.
    bool postpone(Entry& entry, const std::string& cause, std::int64_t pace_us);
    static void invalidate_for_hop(Entry& entry, const std::string& cause);
    /// Looks at an entry again at this time, or earlier.
    void wake_at(Entry& entry, std::int64_t time_us);
    void forget_due(Entry& entry);
    void forget_unused();
    void tick();
    void arm();
    void note(std::string decision);
    void remember(Entry& entry, const Task& task, const std::string& result);
    void log_once(Entry& entry, LogLevel level, const std::string& key, const std::string& message);
    void keep_dependencies(Entry& entry, bool ok);
    void keep_result(Entry& entry, const Task& task, const Outcome& outcome, Value value);
    void settle_expiry(Entry& entry, const Task& task);
    void fail(Entry& entry, const Outcome& outcome);
    void tell_users(Entry& entry, bool speculative);

    RunStarter& starter_;
    Clock& clock_;
    TimerQueue& timers_;
    const std::string& forget_;
    std::unordered_multimap<std::size_t, std::unique_ptr<Entry>> entries_;
    DependencyIndex index_;
    std::unordered_set<Entry*> running_;
    std::unordered_set<Entry*> speculations_; ///< to be run in idle time
    std::unordered_set<ViewNode*> enriched_;  ///< views that speculations under way are for
    std::unordered_map<Event*, std::uint64_t> shown_;
    std::multimap<std::int64_t, Entry*> due_;
    TimerQueue::Id timer_ = 0;
    TimerQueue::Id speculation_timer_ = 0;
    std::int64_t timer_for_ = 0;
    std::int64_t last_request_us_ = 0;
};

} // namespace lunette::script
