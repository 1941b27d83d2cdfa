#pragma once

// What the two threads share of one view.
//
// `latest_` carries values. Two words say more than the slot's bit does, so that each question is one load:
// `stale_through_`: values with this serial or a lower one are known to be outdated; `changes_`: how many
// values differed from the one before. Both are written by the script side only, with release:
// `stale_through_` before the value that it announces, `changes_` after the value that it counts, so that who
// sees a change finds it.

#include <atomic>
#include <cstdint>

#include <lunette/view.h>

#include "state/thread_check.h"
#include "view/latest.h"

namespace lunette {

/// One incarnation's mailbox for one view: the UI thread's entry keeps the mailbox, one script thread
/// publishes.
///
/// Threads: "script" members by one script thread, "UI" members by the UI thread. Created and freed by the UI
/// thread, the latter only when let_go() was called or the script thread has ended.
class ViewMailbox {
public:
    ViewMailbox(Id id, Value otherwise) noexcept;
    /// UI. Takes the place of another whose script thread is given up. Shows what it showed last, stale,
    /// until there is something new; or else the default.
    enum class Inherits : std::uint8_t { value, nothing };
    ViewMailbox(ViewMailbox& before, Inherits inherits) noexcept;
    ViewMailbox(const ViewMailbox&) = delete;
    ViewMailbox& operator=(const ViewMailbox&) = delete;

    /// Any thread. Of the entry; never reused.
    Id id() const noexcept { return id_; }
    /// Any thread. What the view shows while there is no value.
    const Value& otherwise() const noexcept { return otherwise_; }

    // Script

    /// Publishes a result; `serial` is filled in. Its freshness says whether it is still up to date (fresh),
    /// known to be outdated already (stale), or the default again (fallback). Returns whether the UI should
    /// draw: false when it equals the one before. Frees earlier values.
    bool publish(ViewValue value);
    /// Goes back to the default, for a view that has no handler any more. Returns whether the UI should draw.
    bool publish_default(std::uint64_t revision, std::int64_t now_us);
    /// A change is known that no value published so far includes. One store.
    void mark_stale() noexcept;
    std::uint64_t serial() const noexcept { return serial_; }

    /// The UI has no more use for the view. One load.
    bool released() const noexcept { return state_.load(std::memory_order_acquire) != State::in_use; }
    /// Answers released(): the script side touches the mailbox no more, and the UI may free it.
    void let_go() noexcept;

    // UI

    /// As View::latest(), and sets its freshness.
    const ViewValue& read() noexcept;
    Freshness freshness() const noexcept;
    bool take_changed() noexcept;

    void release() noexcept;
    /// The script side has let go.
    bool is_free() const noexcept { return state_.load(std::memory_order_acquire) == State::let_go; }

private:
    enum class State : std::uint8_t { in_use, released, let_go };

    static constexpr std::size_t cache_line = 64;

    view::Latest<ViewValue> latest_;
    const Id id_;
    const Value otherwise_;

    alignas(cache_line) std::atomic<std::uint64_t> stale_through_{0};
    std::atomic<std::uint64_t> changes_{0};
    std::atomic<State> state_{State::in_use};

    alignas(cache_line) Value newest_; ///< script: as published last, at first the default
    std::uint64_t serial_ = 0;         ///< script
    state::ThreadCheck script_thread_;

    alignas(cache_line) std::uint64_t seen_changes_ = 0; ///< UI
    state::ThreadCheck ui_thread_;
};

} // namespace lunette
