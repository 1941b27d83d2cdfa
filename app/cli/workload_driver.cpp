#include "cli/workload_driver.h"

#include "cli/shells.h"

#include <algorithm>
#include <string>
#include <utility>

namespace lunette::cli {

WorkloadDriver::WorkloadDriver(server::UiLoop& loop, Workload workload, Id window, std::vector<Id> tabs,
                               std::vector<Id> panes)
    : loop_{loop},
      workload_{workload},
      window_{window},
      tabs_{std::move(tabs)},
      panes_{std::move(panes)},
      echo_{loop.mux(), panes_.front()} {
    // Rates of a busy user, out of step with each other.
    if (includes(Workload::typing)) add(70, 11, [this](std::int64_t intended) { type(intended); });
    if (includes(Workload::hover)) add(8, 3, [this](std::int64_t) { hover(); });
    if (includes(Workload::output)) add(250, 97, [this](std::int64_t) { burst(); });
    if (includes(Workload::churn)) {
        add(110, 41, [this](std::int64_t) { rename(); });
        add(400, 173, [this](std::int64_t) { switch_tab(); });
        add(1300, 509, [this](std::int64_t) { spawn_or_close(); });
    }
}

void WorkloadDriver::add(std::int64_t period_ms, std::int64_t phase_ms,
                         std::function<void(std::int64_t)> act) {
    activities_.push_back({period_ms * 1'000'000, phase_ms * 1'000'000, std::move(act)});
}

void WorkloadDriver::begin(std::int64_t now_ns) {
    for (Activity& activity : activities_) activity.next_ns += now_ns;
}

std::int64_t WorkloadDriver::next() const noexcept {
    std::int64_t next = INT64_MAX;
    for (const Activity& activity : activities_) next = std::min(next, activity.next_ns);
    return next;
}

void WorkloadDriver::run_due(std::int64_t now_ns) {
    for (Activity& activity : activities_) {
        // What a stalled loop kept waiting is done afterwards, as it is with a keyboard; but a mouse that
        // moved meanwhile is only where it is now, so a backlog is bounded.
        int most = 64;
        while (activity.next_ns <= now_ns && most-- > 0) {
            activity.act(activity.next_ns);
            activity.next_ns += activity.period_ns;
        }
        if (activity.next_ns <= now_ns) activity.next_ns = now_ns + activity.period_ns;
    }
}

void WorkloadDriver::type(std::int64_t intended) {
    // While another tab is shown nobody types.
    if (loop_.mux().active_pane(window_) != panes_.front()) return;
    if (echo_.line_is_full()) {
        send(panes_.front(), "\r\n");
        echo_.line_ended();
        return;
    }
    loop_.key(model::character_key(static_cast<char32_t>(letter_)));
    echo_.typed(intended);
    letter_ = letter_ == 'z' ? 'a' : static_cast<char>(letter_ + 1);
}

void WorkloadDriver::hover() {
    const model::WindowInfo* window = loop_.window();
    if (!window) return;
    const int columns = static_cast<int>(window->columns);
    column_ = (column_ + 3) % std::max(columns, 1);
    loop_.mouse({server::Mouse::Kind::move, column_, 0});
}

void WorkloadDriver::burst() {
    if (panes_.size() > 1) send(panes_.back(), "yes lunette | head -n 3000\r");
}

void WorkloadDriver::rename() {
    if (panes_.size() < 2) return;
    ++turn_;
    const std::size_t which = 1 + turn_ % (panes_.size() - 1);
    // As a program does it: the sequence arrives through the pty.
    send(panes_[which], "printf '\\033]2;job " + std::to_string(turn_) + "\\007'\r");
}

void WorkloadDriver::switch_tab() {
    const bool away = loop_.mux().active_pane(window_) == panes_.front();
    const std::size_t which = away && tabs_.size() > 1 ? 1 + turn_ % (tabs_.size() - 1) : 0;
    loop_.mux().apply(model::ActivateTab{tabs_[which]});
}

void WorkloadDriver::spawn_or_close() {
    if (extra_tab_) {
        loop_.mux().apply(model::CloseTab{std::exchange(extra_tab_, 0)});
    } else if (const mux::Reply reply = loop_.mux().apply(model::SpawnTab{window_, quiet_shell()})) {
        extra_tab_ = model::Spawned::from_value(*reply).tab;
    }
    loop_.mux().apply(model::ActivateTab{tabs_.front()});
}

} // namespace lunette::cli
