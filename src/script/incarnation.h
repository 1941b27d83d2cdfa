#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "script/channel.h"
#include "script/generation.h"
#include "script/io/io_runtime.h"
#include "script/outbox.h"
#include "script/run/preempt.h"
#include "script/run/run_state.h"
#include "script/run/watchdog.h"

namespace lunette::script {

/// Everything that one script thread owns: loop, VM, tasks, children, mailboxes' other end. Made, run and
/// destroyed on that thread.
class Incarnation {
public:
    struct Declaration {
        std::string event;
        bool pure;
        EventPolicy policy;
    };

    Incarnation(const EngineOptions& options, Clock& clock, Channel& channel,
                std::vector<Declaration> events);
    ~Incarnation();
    Incarnation(const Incarnation&) = delete;
    Incarnation& operator=(const Incarnation&) = delete;

    /// Until Channel::stop.
    void run();
    /// Any thread: makes a blocked loop look at the channel.
    void wake() noexcept { runtime_.wake(); }
    /// Any thread: a task that runs dies. REQUIRES: Channel::stop is set.
    void stop() noexcept {
        state_.stop.store(true, std::memory_order_seq_cst);
        runtime_.wake();
    }

private:
    void turn();
    void take_messages();
    void handle(Message& message);
    void take_snapshot();
    void while_blocked();
    bool work();
    void rest();
    void answer_settled();
    void start_load();
    void loaded(LoadResult result);
    bool must_not_block() const;

    const EngineOptions& options_;
    Clock& clock_;
    Channel& channel_;
    std::vector<Declaration> declarations_;
    IoRuntime runtime_;
    RunState state_;
    PreemptSignal signal_;
    std::unique_ptr<Watchdog> watchdog_;
    state::RecordIndex index_;
    Outbox outbox_;
    std::uint64_t applied_seq_ = 0;
    std::deque<Message> backlog_; ///< what came while a task blocked the loop
    std::unique_ptr<Generation> current_;
    std::unique_ptr<Generation> next_; ///< being loaded
    std::unique_ptr<Generation> old_;  ///< replaced; freed between turns
    std::uint64_t generations_ = 0;
    std::optional<LoadResult> finished_load_;
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
