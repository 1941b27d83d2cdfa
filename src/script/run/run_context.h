#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <lunette/bind.h>

#include "script/async_call.h"
#include "script/event_table.h"
#include "script/failover/running_handler.h"
#include "script/memo/entry.h"
#include "script/run/task.h"

namespace lunette::script {

class Generation;

/// What a task runs for, and what it has done so far. One per task.
struct RunContext final : RunObserver {
    enum class Purpose : std::uint8_t { load, pure, effect, timer };

    Generation* generation = nullptr;
    Purpose purpose = Purpose::effect;
    Task* task = nullptr;
    Event* event = nullptr;
    Entry* entry = nullptr;                ///< of a pure run
    Recorder* recorder = nullptr;          ///< what reads are noted in; never null
    Recorder own_recorder;                 ///< of runs that are not remembered
    Args arguments;                        ///< of an effect
    Function function;                     ///< of a timer
    std::optional<HandlerLabel> own_label; ///< of a timer or load
    std::uint64_t ticket = 0;
    std::optional<Command> otherwise; ///< of an effect, as in EmitOptions
    bool prevented = false;           ///< a handler of an effect returned false
    RecordRef root;                   ///< of the snapshot that it started on
    std::uint64_t revision = 0;       ///< of the oldest snapshot that it sees

    std::size_t handlers = 0;           ///< of `event`, when it began: those registered meanwhile do not run
    std::size_t handler = 0;            ///< of `event`, the one that runs
    std::int64_t handler_cpu_start = 0; ///< task CPU when it began, ns
    std::int64_t asked_us = 0;
    std::int64_t due_us = 0; ///< the same, or the end of the throttle that it had to wait for

    bool hop = false;                ///< caused by what another pure handler wrote
    bool sent = false;               ///< the newest slice issued commands
    std::vector<Command> batch;      ///< of this slice
    std::vector<Command> issued;     ///< of a pure run
    std::uint64_t last_sequence = 0; ///< of the newest command it issued
    std::vector<std::unique_ptr<AsyncCall>> calls;

    /// What runs, for other threads.
    const HandlerLabel& label() const { return own_label ? *own_label : event->of(handler).label; }

    bool gave_up = false; ///< a speculative run that tried what it must not: its result is nobody's

    bool pure() const noexcept { return purpose == Purpose::pure; }
    /// For what only runs may do that somebody waits for. Kills a speculative one.
    bool may_act();

    Expected<void> may_start(const std::vector<std::string>& command) override;
    /// A child's output may be different later: looked at again after the status interval, or twenty times
    /// what it took, so that scripting spends at most 5 % of the time in children.
    void ran(const std::vector<std::string>& command, std::chrono::microseconds duration) override;
};

} // namespace lunette::script
