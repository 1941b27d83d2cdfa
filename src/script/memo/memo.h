#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <lunette/engine.h>

#include "script/io/timer_queue.h"
#include "script/memo/dependency.h"
#include "script/memo/entry.h"
#include "script/run/task.h"

namespace lunette::script {

/// Starts the run of an entry: spawns a task that calls the event's first handler with the entry's arguments.
class RunStarter {
public:
    virtual ~RunStarter() = default;
    virtual void start_run(Entry& entry) = 0;
    virtual void log(LogLevel level, std::string_view message) = 0;
};

/// Remembers what pure handlers returned and runs them again only when something they read has changed, their
/// arguments changed, or their time ran out; at most once per throttle, with a trailing edge.
///
/// Thread: script thread.
class Memo {
public:
    Memo(RunStarter& starter, Clock& clock, TimerQueue& timers)
        : starter_{starter}, clock_{clock}, timers_{timers} {}
    ~Memo();
    Memo(const Memo&) = delete;
    Memo& operator=(const Memo&) = delete;

    Entry& entry(Event& event, std::string_view label, std::vector<Argument> arguments);

    /// Runs a dirty entry unless it runs already, is throttled, or backs off. True if it runs now.
    bool request(Entry& entry);

    /// The run has ended; `value` counts only when the outcome is ok.
    void finished(Entry& entry, const Task& task, const Outcome& outcome, Value value);

    /// A snapshot was adopted.
    void apply(const std::vector<Change>& changes);
    void state_changed(std::string_view name);
    /// `hop`: because of what another pure handler wrote; what the runs write then changes nothing more.
    void invalidate(Event& event, const std::string& cause, bool hop = false);

    DependencyIndex& index() noexcept { return index_; }
    Clock& clock() noexcept { return clock_; }
    /// Readers whose dependencies were too many to keep; any change of the model concerns them.
    void set_coarse(Reader& reader, bool coarse);

    void unuse(Entry& entry, ViewNode& view);

    template<class Visit>
    void for_each(Visit&& visit) {
        for (auto& [hash, entry] : entries_) visit(*entry);
    }

    Histogram staleness;
    /// With EngineOptions::trace: decisions with their causes, the newest last. Bounded.
    std::deque<std::string> trace;
    bool tracing = false;

private:
    /// Looks at an entry again at this time, or earlier.
    void wake_at(Entry& entry, std::int64_t time_us);
    void forget_due(Entry& entry);
    void tick();
    void arm();
    void note(std::string decision);
    void remember(Entry& entry, const Task& task, const std::string& result);
    void log_once(Entry& entry, LogLevel level, const std::string& key, const std::string& message);
    void fail(Entry& entry, const Outcome& outcome);

    RunStarter& starter_;
    Clock& clock_;
    TimerQueue& timers_;
    std::unordered_multimap<std::size_t, std::unique_ptr<Entry>> entries_;
    DependencyIndex index_;
    std::unordered_set<Reader*> coarse_;
    std::unordered_set<Entry*> running_;
    std::multimap<std::int64_t, Entry*> due_;
    TimerQueue::Id timer_ = 0;
    std::int64_t timer_for_ = 0;
};

} // namespace lunette::script
