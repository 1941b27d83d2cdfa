#include "view/view_mailbox.h"

#include <cassert>

namespace lunette {

ViewMailbox::ViewMailbox(Id id, Value otherwise) noexcept
    : latest_{ViewValue{.value = otherwise}},
      id_{id},
      otherwise_{std::move(otherwise)},
      newest_{otherwise_} {}

ViewMailbox::ViewMailbox(ViewMailbox& before, Inherits inherits) noexcept
    : ViewMailbox{before.id_, before.otherwise_} {
    const ViewValue& last = before.read();
    serial_ = last.serial;
    stale_through_.store(serial_, std::memory_order_relaxed);
    bool differs = before.take_changed();
    if (last.freshness != Freshness::fallback) {
        if (inherits == Inherits::value) {
            latest_.front() = last;
            newest_ = last.value;
        } else {
            differs = differs || !(last.value == otherwise_);
        }
    }
    if (differs) changes_.store(1, std::memory_order_relaxed);
}

bool ViewMailbox::publish(ViewValue value) {
    script_thread_.check();
    const bool differs = !(value.value == newest_);
    value.serial = ++serial_;
    newest_ = value.value;
    stale_through_.store(value.freshness == Freshness::stale ? serial_ : serial_ - 1,
                         std::memory_order_release);
    latest_.back() = std::move(value);
    latest_.publish();
    if (differs) changes_.store(changes_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    return differs;
}

bool ViewMailbox::publish_default(std::uint64_t revision, std::int64_t now_us) {
    return publish({.value = otherwise_,
                    .revision = revision,
                    .serial = 0,
                    .published_us = now_us,
                    .freshness = Freshness::fallback});
}

void ViewMailbox::mark_stale() noexcept {
    script_thread_.check();
    stale_through_.store(serial_, std::memory_order_release);
}

void ViewMailbox::let_go() noexcept {
    script_thread_.check();
    assert(state_.load(std::memory_order_relaxed) == State::released);
    newest_ = Value{};
    latest_.back() = ViewValue{};
    state_.store(State::let_go, std::memory_order_release);
}

const ViewValue& ViewMailbox::read() noexcept {
    ui_thread_.check();
    latest_.refresh();
    ViewValue& front = latest_.front();
    front.freshness = freshness();
    return front;
}

Freshness ViewMailbox::freshness() const noexcept {
    const ViewValue& front = latest_.front();
    if (front.freshness == Freshness::fallback) return Freshness::fallback;
    return front.serial > stale_through_.load(std::memory_order_acquire) ? Freshness::fresh
                                                                         : Freshness::stale;
}

bool ViewMailbox::take_changed() noexcept {
    ui_thread_.check();
    const std::uint64_t changes = changes_.load(std::memory_order_acquire);
    return std::exchange(seen_changes_, changes) != changes;
}

void ViewMailbox::release() noexcept {
    ui_thread_.check();
    state_.store(State::released, std::memory_order_release);
}

} // namespace lunette
