#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/engine.h>

#include "script/channel.h"
#include "script/failover/supervisor.h"
#include "state/snapshot.h"
#include "view/view_table.h"

namespace lunette {

/// The UI thread's side of an engine, whichever script thread is at the other end.
///
/// Thread: UI thread.
class Engine::Impl {
public:
    explicit Impl(EngineOptions engine_options);
    ~Impl();

    void start();
    script::Channel& channel() noexcept { return supervisor.current().channel; }

    /// Replaces a script thread that is stuck. One atomic load when all is well.
    void attend() {
        if (supervisor.needs_attention()) take_care();
    }
    void turn_scripting(bool on);

    void wake();
    void wake_now();
    /// False when the script thread has been stuck for so long that there is no more room, or there is none.
    bool send(script::Message message);
    void flush();
    void end_turn();
    void publish(RecordRef next, std::uint64_t last_command);
    std::uint64_t emit(std::string_view event, Args arguments, EmitOptions how);
    /// Applies what the script thread has sent, and what was left by others.
    std::size_t take_commands(const Apply& apply);
    const LoadResult& load() noexcept;
    std::vector<LogRecord> take_log();
    void request_report();

    /// Waits for the answer to a message; what found no room in the ring follows meanwhile, and `meanwhile`
    /// is called every millisecond. Asks again when another script thread takes over. Nothing on timeout, or
    /// when scripting is off.
    template<class Answer>
    std::optional<Answer>
    ask(const std::function<script::Message(std::shared_ptr<std::promise<Answer>>)>& message,
        std::chrono::microseconds timeout, const std::function<void()>& meanwhile = {});

    std::shared_ptr<const EngineOptions> options;
    Clock& clock;
    RetireScope retire;
    ViewTable views; ///< before the script threads: they use its mailboxes
    script::Supervisor supervisor;
    std::deque<script::Message> waiting;

    RecordRef root;
    std::uint64_t revision = 0;
    std::uint64_t published_seq = 0;
    std::uint64_t applied_seq = 0;
    std::uint64_t last_ticket = 0;
    std::uint64_t settled_through = 0; ///< tickets that script threads before this one had
    std::uint64_t wakeups = 0;
    bool load_is_new = false;

    /// Written by the script thread until `ready`.
    struct AskedReport {
        EngineReport report;
        std::atomic<bool> ready{false};
    };
    std::shared_ptr<AskedReport> asked_report;

    int turns = 0; ///< that are under way
    bool wake_is_due = false;
    std::vector<state::SnapshotRef> outdated; ///< freed after the turn

private:
    void take_care();
    void succeed();
    void hand_over_root(bool in_turn);
    void take_log_of(script::Channel& from, std::vector<LogRecord>& to);

    bool applying_ = false;
    std::deque<script::Batch> left_; ///< commands of script threads before this one, and defaults of events
    LoadResult last_load_;           ///< of a script thread before this one
    std::vector<LogRecord> log_;     ///< likewise
};

template<class Answer>
std::optional<Answer>
Engine::Impl::ask(const std::function<script::Message(std::shared_ptr<std::promise<Answer>>)>& message,
                  std::chrono::microseconds timeout, const std::function<void()>& meanwhile) {
    using namespace std::chrono_literals;
    using SteadyClock = std::chrono::steady_clock;
    const auto until = SteadyClock::now() + timeout;
    while (supervisor.state().on) {
        auto promise = std::make_shared<std::promise<Answer>>();
        auto future = promise->get_future();
        if (!send(message(std::move(promise)))) return std::nullopt;
        const script::ScriptThread* const asked = &supervisor.current();
        while (asked == &supervisor.current()) {
            if (wake_is_due) wake_now();
            const auto look = SteadyClock::now() + (meanwhile || !waiting.empty() ? 1ms : 20ms);
            if (future.wait_until(std::min(look, until)) == std::future_status::ready) return future.get();
            if (SteadyClock::now() >= until) return std::nullopt;
            attend();
            flush();
            if (meanwhile) meanwhile();
        }
    }
    return std::nullopt;
}

} // namespace lunette
