// Lua state that pure handlers share with others: what effects and timers write, and other pure handlers.

#include "script/generation.h"

#include <algorithm>

#include <fmt/format.h>

namespace lunette::script {

bool Generation::compare_roots(Event& event) {
    if (!event.pure || event.handlers.empty() || event.assumption == Assumption::pure) return false;
    if (forgets("shared-state")) return false;
    Roots::Fingerprint now = roots_.of(vm_->state(), event.handlers.front(), event.modules);
    const bool same = event.tracked && now.tracked && event.fingerprint == now.hash;
    event.fingerprint = now.hash;
    event.tracked = now.tracked;
    event.pinned = std::move(now.pinned);
    return !same;
}

void Generation::begin_slice(RunContext& run) {
    if (run.purpose == RunContext::Purpose::load) return;
    if (pure_writer_ != run.event) settle_pure_writes();
    if (!run.pure()) return;
    if (std::exchange(pure_writer_, run.event) == run.event)
        pure_writer_hop_ = pure_writer_hop_ && run.hop;
    else
        pure_writer_hop_ = run.hop;
}

void Generation::settle_pure_writes() {
    Event* writer = std::exchange(pure_writer_, nullptr);
    if (!writer) return;
    // Never its own event; others one hop further only, so that two counters cannot chase each other.
    events_.for_each([&](Event& event) {
        if (&event != writer && !event.tracked) return;
        if (!compare_roots(event) || &event == writer || pure_writer_hop_) return;
        event.of(0).impurities |= 1U << static_cast<unsigned>(Impurity::shared_state);
        memo_.invalidate(event, fmt::format("Lua state changed by {}", writer->name), Memo::Because::hop);
    });
}

void Generation::state_may_have_changed(const std::string& by) {
    events_.for_each([&](Event& event) {
        if (!event.pure || event.handlers.empty()) return;
        const bool tracked = event.tracked;
        if (tracked ? !compare_roots(event) : !look_at_untracked(event)) return;
        event.of(0).impurities |= 1U << static_cast<unsigned>(Impurity::shared_state);
        if (tracked && event.tracked)
            memo_.invalidate(event, fmt::format("Lua state changed by {}", by));
        else
            memo_.invalidate(event, fmt::format("Lua state that {} may have changed", by),
                             Memo::Because::doubt);
    });
}

bool Generation::look_at_untracked(Event& event) {
    // Nobody can tell whether it changed: look again, in at most 5 % of the time.
    event.of(0).impurities |= 1U << static_cast<unsigned>(Impurity::untracked);
    const std::int64_t now = services_.clock.now_us();
    if (now >= event.next_untracked_us) {
        const std::int64_t cost_us = event.of(0).report.cpu.sum() / 1000;
        const auto runs = static_cast<std::int64_t>(std::max<std::uint64_t>(event.of(0).report.runs, 1));
        const auto shown = static_cast<std::int64_t>(std::max<std::size_t>(event.shown, 1));
        event.next_untracked_us = now + std::max<std::int64_t>(1'000'000, 20 * shown * cost_us / runs);
        return true;
    }
    if (std::exchange(event.untracked_waits, true)) return false;
    add_timer(event.next_untracked_us - now, [this, &event] {
        event.untracked_waits = false;
        state_may_have_changed("a callback");
    });
    return false;
}

} // namespace lunette::script
