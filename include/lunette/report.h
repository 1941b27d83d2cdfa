#pragma once

// What an engine tells about itself: counters and distributions for `profile`, `check` and `why`.

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <lunette/bind.h>

namespace lunette {

/// A distribution of durations with a relative error of at most 1/32 (log-linear buckets), from 1 ns to about
/// 18 minutes. Recording is a few instructions and never allocates. Not synchronised.
class Histogram {
public:
    void record(std::int64_t nanoseconds) noexcept;
    void merge(const Histogram& other) noexcept;
    std::uint64_t count() const noexcept { return count_; }
    std::int64_t max() const noexcept { return max_; } ///< exact, nanoseconds
    std::int64_t sum() const noexcept { return sum_; }
    /// Nanoseconds at or under which a share `quantile` (0…1) of the values lies; 0 without values.
    std::int64_t quantile(double quantile) const noexcept;

private:
    static constexpr int sub_buckets = 32;
    static constexpr int magnitudes = 36;
    std::array<std::uint32_t, sub_buckets * magnitudes> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t max_ = 0;
    std::int64_t sum_ = 0;
};

enum class RunResult : std::uint8_t { none, ok, error, late, killed };

std::string_view to_string(RunResult result) noexcept;

/// One handler of one event (pure events: the first handler; effect events: one row per handler).
struct HandlerReport {
    std::string event;
    std::string where; ///< file:line of the handler
    bool pure = false;
    int handlers = 0;            ///< registered for the event
    std::uint64_t requested = 0; ///< times that something asked for a run
    std::uint64_t runs = 0;
    std::uint64_t unchanged = 0; ///< runs whose result equalled the one before
    std::uint64_t avoided = 0;   ///< requests answered from the memo
    /// Pure: what `runs` would be if every shown call ran again for every snapshot that differs from the one
    /// before, and for every invalidation.
    std::uint64_t runs_on_every_change = 0;
    std::uint64_t speculative = 0; ///< of `runs`: in idle time, for what may be shown soon
    std::uint64_t throttled = 0;   ///< requests put off or merged by throttle, coalescing or back-off
    std::uint64_t late = 0;        ///< runs over the soft deadline, what a throttle had them wait not counted
    std::uint64_t killed = 0;
    std::uint64_t errors = 0;
    std::uint64_t dropped = 0;   ///< queued calls that were dropped, with a notice
    std::uint64_t preempted = 0; ///< slices ended by the watchdog
    Histogram cpu;               ///< per run
    Histogram wait;              ///< asked for -> started
    RunResult last = RunResult::none;
    std::string last_error;         ///< with file:line
    std::vector<std::string> reads; ///< "TabInfo.tab_title", over all runs
    std::vector<Impurity> impure;
    std::vector<std::pair<std::string, Args>> commands; ///< the last 64, name and arguments
};

/// One memo entry of a view: `format-tab-title(tab 3)`.
struct EntryReport {
    std::string name;
    std::string value; ///< last result, described
    std::uint64_t runs = 0;
    std::string cause;                ///< of the last run: "PaneInfo.title of 7"
    std::vector<std::string> history; ///< the last 16 runs: when, cause, duration, result
    std::vector<std::string> reads;
    bool dirty = false;
    std::string waits_for; ///< while it is dirty or runs: what for; else empty
};

struct ModuleReport {
    std::string name;
    std::string file;
    bool from_bytecode = false;
};

struct Problem {
    std::string where;
    std::string what;
    friend bool operator==(const Problem&, const Problem&) = default;
};

struct LogRecord {
    LogLevel level = LogLevel::info;
    std::int64_t wall_us = 0;
    std::string message;
    bool about_handler =
        false; ///< its error, or what was done about it; else the script's own words, or ours
};

struct GcReport {
    std::uint64_t steps = 0; ///< in the gaps between tasks
    std::uint64_t cycles = 0;
    Histogram step;               ///< CPU
    std::uint64_t heap_bytes = 0; ///< Lua's, and what handles pin
    std::uint64_t live_bytes = 0; ///< after the last cycle
    std::uint64_t peak_bytes = 0;
    std::uint64_t refused = 0; ///< allocations beyond the limit
};

struct EngineReport {
    std::vector<HandlerReport> handlers;
    std::vector<EntryReport> entries;
    GcReport gc;
    Histogram turn;             ///< CPU time of first turns that the watchdog ended
    Histogram slice;            ///< CPU time of slices that it ended, the first turns aside
    Histogram staleness;        ///< change known to the script thread -> new value published
    Histogram staleness_prompt; ///< of those runs that no throttle or back-off put off
    std::uint64_t turns = 0;    ///< loop turns of the script thread
    std::uint64_t wakeups = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t live_children = 0;
    std::uint64_t generations = 0;         ///< that have memory: in force, being loaded, or still draining
    std::vector<Problem> errors, warnings; ///< of the current generation, from load and handlers
    std::vector<std::string> trace;        ///< task decisions with their causes, newest last, bounded
};

} // namespace lunette
