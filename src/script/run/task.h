#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lua/lua_api.h"

namespace lunette::script {

enum class Priority : std::uint8_t {
    urgent, ///< key presses
    effect,
    pure, ///< views that are shown
    low,  ///< speculation, revalidation
};
constexpr int priorities = 4;

/// How a task ended. On success its results are the whole stack of its thread.
struct Outcome {
    enum class Kind : std::uint8_t { ok, error, killed };
    Kind kind = Kind::ok;
    std::string message{}; ///< one line, with file:line where known
    std::string place{};   ///< of a kill: where it was
};

/// One run of Lua as a coroutine.
///
/// Thread: script thread. Owned by the Scheduler, from spawn() until its `finished` has returned.
class Task {
public:
    enum class State : std::uint8_t { ready, running, waiting, ended };

    lua_State* thread = nullptr;
    std::vector<lua_State*> links; ///< coroutines it was left in the middle of, innermost first
    State state = State::ready;
    Priority priority = Priority::pure;
    int arguments = 0; ///< on top of the thread's stack, for the next resume
    bool started = false;
    bool over_turn = false; ///< used a whole turn without waiting: gets slices
    bool cancelled = false;

    std::int64_t cpu_ns = 0;
    std::int64_t part_cpu_ns = 0; ///< since it last waited
    std::int64_t hard_limit_ns = 1'000'000'000;
    std::int64_t queued_us = 0, started_us = 0;
    std::uint32_t preemptions = 0;

    /// Tells what is to happen before and after each slice, and at the end; see Scheduler.
    void* context = nullptr;
    std::function<void(Task&, const Outcome&)> finished;
    /// Called once, when the task first waits or ends: its synchronous part is over.
    std::function<void(Task&)> settled;

private:
    friend class Scheduler;
    int anchor = 0; ///< registry reference of `thread`
    std::size_t slot = 0;
};

} // namespace lunette::script
