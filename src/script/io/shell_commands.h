#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "script/io/child_table.h"
#include "script/io/timer_queue.h"

namespace lunette::script {

/// Children that run beside the task that started them, as io.popen wants it: their output is kept until it
/// is asked for.
///
/// Thread: script thread. Results come from callbacks of the loop, or from inside the call, and may only be
/// noted.
class ShellCommands {
public:
    using Id = std::uint64_t; ///< never reused, never 0

    /// Of commands that have ended and were not asked; beyond it the oldest results are dropped.
    static constexpr std::size_t most_results = 64;
    static constexpr std::size_t most_result_bytes = std::size_t{64} << 20;

    struct Part {
        std::string text;
        bool end = false;                      ///< nothing follows
        std::chrono::microseconds duration{0}; ///< at the end: from start to exit
    };

    ShellCommands(ChildTable& children, TimerQueue& timers) noexcept : children_{children}, timers_{timers} {}
    ShellCommands(const ShellCommands&) = delete;
    ShellCommands& operator=(const ShellCommands&) = delete;

    /// With a limit the command is killed after that long.
    Id start(ChildRequest request, std::optional<std::chrono::microseconds> limit);
    /// What it has written since the last read; waits until there is some. One read or finish() at a time.
    void read(Id id, std::function<void(Expected<Part>)> done);
    /// Wants no more output, waits for the end and forgets the command.
    void finish(Id id, std::function<void(Expected<ChildResult>)> done);
    /// Kills it and forgets it.
    void kill(Id id);
    /// Nobody will ask any more. It runs on without a reader for its output.
    void forget(Id id);

    /// Empty when unknown.
    const std::vector<std::string>& arguments(Id id) const;
    std::size_t size() const noexcept { return commands_.size(); }

private:
    struct Command {
        std::vector<std::string> arguments;
        ChildTable::Waiter child = 0;
        std::optional<Expected<ChildResult>> result;
        std::size_t taken = 0; ///< bytes of the output
        std::function<void(Expected<Part>)> reader;
        std::function<void(Expected<ChildResult>)> finisher;
        TimerQueue::Id limit = 0;
        bool expired = false;
        bool forgotten = false;
    };

    void tell_reader(Command& command);
    void ended(Id id, Expected<ChildResult> result);
    void drop_oldest();

    ChildTable& children_;
    TimerQueue& timers_;
    std::map<Id, Command> commands_;
    Id last_ = 0;
};

} // namespace lunette::script
