#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "script/channel.h"
#include "script/failover/beginning.h"
#include "script/generation.h"
#include "script/io/io_runtime.h"
#include "script/load/bytecode_cache.h"
#include "script/load/file_watch.h"
#include "script/outbox.h"
#include "script/run/preempt.h"
#include "script/run/run_state.h"
#include "script/run/watchdog.h"

namespace lunette::script {

/// Everything that one script thread owns: loop, VM, tasks, children, mailboxes' other end. Made, run and
/// destroyed on that thread.
class Incarnation {
public:
    /// Called on the watchdog's thread when this one is stuck, after everything is set to end it.
    using Stuck = Watchdog::Stuck;

    Incarnation(const EngineOptions& options, Clock& clock, Channel& channel, Beginning beginning,
                Stuck stuck);
    ~Incarnation();
    Incarnation(const Incarnation&) = delete;
    Incarnation& operator=(const Incarnation&) = delete;

    /// Until Channel::stop.
    void run();
    /// Any thread: makes a blocked loop look at the channel.
    void wake() noexcept { runtime_.wake(); }
    /// Any thread: a task that runs dies, run() returns.
    void stop() noexcept;
    /// After run(): where the task was that was killed last, "file:line"; empty: none.
    const std::string& last_place() const noexcept { return state_.kill_place; }

private:
    void turn();
    void take_messages();
    void handle(Message& message);
    void take_snapshot();
    void while_blocked();
    bool work();
    bool work_on(Generation& generation);
    /// Nobody waits. True if there is more to do.
    bool rest();
    void answer_settled();
    void start_watchdog(Stuck stuck);
    /// Makes `next_`; returns its number.
    std::uint64_t make_next();
    void start_load();
    /// What is in force when the first load failed. False if it did not, or nothing is there for that.
    bool load_fallback(LoadResult& failed);
    void loaded(LoadResult result);
    bool must_not_block() const;
    Generation* generation_of(std::string_view event);
    void drain(bool acknowledged);
    bool acknowledged() const noexcept { return !channel_.loads.fresh_value(); }
    void watch_files();
    void log(LogLevel level, std::string message);

    const EngineOptions& options_;
    Clock& clock_;
    Channel& channel_;
    Beginning beginning_;
    IoRuntime runtime_;
    RunState state_;
    PreemptSignal signal_;
    std::unique_ptr<Watchdog> watchdog_;
    state::RecordIndex index_;
    Outbox outbox_;
    BytecodeCache cache_;
    FileWatch watch_;
    std::uint64_t applied_seq_ = 0;
    std::deque<Message> backlog_; ///< what came while a task blocked the loop
    std::unique_ptr<Generation> current_;
    std::unique_ptr<Generation> next_; ///< being loaded
    struct Draining {
        std::unique_ptr<Generation> generation;
        std::int64_t until_us;
    };
    std::vector<Draining> draining_; ///< replaced, oldest first; freed between turns
    TimerQueue::Id drain_timer_ = 0;
    Kept kept_;
    std::optional<LoadResult> finished_load_;
    /// The first load, while what takes its place is being loaded.
    struct FailedLoad {
        LoadResult result;
        WatchedFiles files;
    };
    std::optional<FailedLoad> failed_load_;
    std::vector<ViewAsked> views_before_load_;
    std::vector<Emission> emissions_before_load_;
    std::vector<ForceRequest> forces_before_load_;
    std::vector<std::function<void()>> settle_;
    bool reload_requested_ = false;
    bool replace_load_ = false; ///< also in place of a load that has not ended
    bool wake_ui_ = false;
    std::uint64_t turns_ = 0, wakeups_ = 0, snapshots_ = 0;
};

} // namespace lunette::script
