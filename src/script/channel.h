#pragma once

// What the two threads share. The UI thread writes `snapshots`, `messages` and its words; the script thread
// writes `batches`, `loads`, `log`, `kept` and its words. No lock; every member has one writer. A script
// thread that is given up keeps its channel: what it still says, nobody hears.
//
// Sleeping: the script thread sets `sleeping` and looks once more for work before it blocks; the UI thread
// hands over work and then clears `sleeping`. Every write to the word is an exchange, so they read from each
// other in one order: either the UI thread's finds it set, and wakes, or the script thread's comes later,
// acquires what the UI thread released, and finds the work. A thread that is awake is not woken by a system
// call. `wants_room` works the same way in the other direction.

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <lunette/engine.h>

#include "script/failover/running_handler.h"
#include "script/io/child_register.h"
#include "script/run/fate.h"
#include "state/snapshot.h"
#include "view/latest.h"
#include "view/spsc_ring.h"
#include "view/view_mailbox.h"

namespace lunette::script {

// --- UI -> script

struct ViewAsked {
    ViewMailbox* mailbox;
    std::string name;
    Args arguments;
};
struct ViewsReleased {};
struct Emission {
    std::uint64_t ticket;
    std::string event;
    Args arguments;
    bool urgent;
    std::optional<Command> otherwise;
};
struct Reply {
    std::uint64_t to;
    Expected<Value> value;
};
struct Invalidation {
    std::string event;
};
struct ReloadRequest {};
struct ClockChanged {};
/// Answered on the script thread; the function owns what it needs to hand the answer over.
struct ReportRequest {
    std::function<void(EngineReport)> answer;
};
struct SettleRequest {
    std::function<void()> settled;
};
struct ForceRequest {
    Id mailbox;
    std::function<void()> published;
};

using Message = std::variant<ViewAsked, ViewsReleased, Emission, Reply, Invalidation, ReloadRequest,
                             ClockChanged, ReportRequest, SettleRequest, ForceRequest>;

// --- script -> UI

/// What one slice asked for; applied as a whole.
using Batch = std::vector<Command>;

struct Channel {
    static constexpr std::size_t capacity = 1024;

    view::Latest<state::SnapshotRef> snapshots;
    view::SpscRing<Message> messages{capacity};
    view::SpscRing<Batch> batches{capacity};
    view::Latest<LoadResult> loads;
    view::SpscRing<LogRecord> log{capacity};
    view::Latest<Value> kept; ///< Script::kept(), after each task that changed it

    std::atomic<bool> stop{false};                  ///< UI, watchdog: the script thread ends
    std::atomic<bool> sleeping{false};              ///< script: it blocks, or is about to
    std::atomic<bool> wants_room{false};            ///< script: `batches` was full
    std::atomic<bool> wants_acknowledgement{false}; ///< script: the UI thread has to have taken `loads`
    std::atomic<std::uint64_t> log_lost{0};         ///< script: records that found `log` full
    std::atomic<std::uint64_t> host_turns{0};       ///< UI: commands were looked for
    std::atomic<std::uint64_t> generations{0};      ///< script: loads begun, all threads together
    std::atomic<std::uint64_t> callbacks{0};        ///< script: callbacks named, all threads together
    std::atomic<bool> loaded_again{false};          ///< script: a load after its first one has begun
    RunningHandler running;                         ///< script
    Fate fate;                                      ///< of the script thread, once it is to end
    ChildRegister children;                         ///< script; whoever gives the thread up

    /// Tickets whose synchronous part is over, each in the slot of its number. Script; UI for
    /// those that it could not hand over.
    std::array<std::atomic<std::uint64_t>, capacity> settled{};

    void mark_settled(std::uint64_t ticket) noexcept {
        auto& slot = settled[ticket % capacity];
        std::uint64_t newest = slot.load(std::memory_order_relaxed);
        while (newest < ticket && !slot.compare_exchange_weak(newest, ticket, std::memory_order_release,
                                                              std::memory_order_relaxed)) {
        }
    }
    bool is_settled(std::uint64_t ticket) const noexcept {
        return settled[ticket % capacity].load(std::memory_order_acquire) >= ticket;
    }
};

} // namespace lunette::script
