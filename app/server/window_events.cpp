#include "server/window_events.h"

#include "server/engine_setup.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace lunette::server {

using model::WindowInfo;

namespace {} // namespace

WindowEvents::Seen WindowEvents::look(const Ref<WindowInfo>& window) {
    Seen seen;
    seen.active_tab = window->active_tab.id();
    seen.active_pane = window->active_pane.id();
    seen.columns = window->columns;
    seen.rows = window->rows;
    seen.key_table = window->active_key_table;
    seen.leader = window->leader_is_active;
    seen.focused = window->is_focused;
    seen.modifiers = window->keyboard_modifiers;
    seen.hovered = window->hovered_tab;
    seen.known = true;
    return seen;
}

void WindowEvents::config_changed(const Ref<model::AppInfo>& root, std::int64_t status_interval_ms,
                                  std::int64_t now_ms) {
    interval_ms_ = status_interval_ms;
    next_status_ms_ = now_ms + interval_ms_;
    root_ = observed_ = root;
    for (std::size_t i = 0; i < root->windows.size(); ++i) {
        emit_to(root->windows[i], "window-config-reloaded");
        update_status(root->windows[i]);
    }
}

void WindowEvents::observe() {
    if (!is_behind()) return;
    observed_ = root_;
    const model::AppInfo* root = &*observed_;
    for (std::size_t i = 0; i < root->windows.size(); ++i) {
        const Ref<WindowInfo>& window = root->windows[i];
        Seen& before = seen_[window.id()];
        const Seen now = look(window);
        const bool first = !before.known;
        const bool resized = !first && (now.columns != before.columns || now.rows != before.rows);
        const bool focus = !first && now.focused != before.focused;
        const bool hover = !first && now.hovered != before.hovered;
        const bool status = first || resized || focus || hover || now.active_tab != before.active_tab ||
                            now.active_pane != before.active_pane || now.key_table != before.key_table ||
                            now.leader != before.leader || now.modifiers != before.modifiers;
        before = now;
        if (resized) emit_to(window, "window-resized");
        if (focus) emit_to(window, "window-focus-changed");
        if (status) update_status(window);
    }
    if (seen_.size() <= root->windows.size()) return;
    std::erase_if(seen_, [&](const auto& known) {
        for (std::size_t i = 0; i < root->windows.size(); ++i)
            if (root->windows[i].id() == known.first) return false;
        return true;
    });
}

model::PanePlace WindowEvents::place_of(Id pane) const {
    return root_ ? model::place_of(*root_, pane) : model::PanePlace{};
}

void WindowEvents::take(const mux::Event& event) {
    if (const auto* bell = std::get_if<mux::BellRang>(&event)) {
        const auto& [window, tab, pane] = place_of(bell->pane);
        if (!pane) return;
        if (engine_.has_handler("bell"))
            engine_.emit("bell", window_and_pane(window.record(), pane.record()));
        update_status(window);
    } else if (const auto* variable = std::get_if<mux::UserVarChanged>(&event)) {
        const auto& [window, tab, pane] = place_of(variable->pane);
        if (!pane) return;
        if (engine_.has_handler("user-var-changed")) {
            Args args = window_and_pane(window.record(), pane.record());
            args.emplace_back(variable->name);
            args.emplace_back(variable->value);
            engine_.emit("user-var-changed", std::move(args));
        }
        update_status(window);
    }
}

bool WindowEvents::has_status_handler() const {
    return engine_.has_handler("update-status") || engine_.has_handler("update-right-status");
}

void WindowEvents::tick(std::int64_t now_ms) {
    const auto due = next_deadline_ms();
    if (!due || now_ms < *due) return;
    // Missed ticks are not made up for, and the next one is a whole interval away.
    next_status_ms_ += interval_ms_;
    if (next_status_ms_ <= now_ms) next_status_ms_ = now_ms + interval_ms_;
    if (root_->active_window) update_status(root_->active_window);
}

std::optional<std::int64_t> WindowEvents::next_deadline_ms() const {
    if (interval_ms_ <= 0 || !root_ || !root_->active_window || !has_status_handler()) return std::nullopt;
    return next_status_ms_;
}

std::uint64_t WindowEvents::start(const Value& command) {
    if (std::exchange(started_, true)) return 0;
    std::uint64_t ticket = 0;
    if (engine_.has_handler("mux-startup")) ticket = engine_.emit("mux-startup");
    if (engine_.has_handler("gui-startup")) ticket = engine_.emit("gui-startup", {command});
    return ticket;
}

void WindowEvents::started() {
    if ((started_ && !attached_) || !root_ || !root_->active_window || engine_.load().generation == 0) return;
    start({});
    if (!std::exchange(attached_, false)) return;
    if (engine_.has_handler("gui-attached") && !root_->domains.empty())
        engine_.emit("gui-attached", {Value{root_->domains[0]}});
}

void WindowEvents::emit_to(const Ref<WindowInfo>& window, std::string_view event, const Args& more) {
    if (!window->active_pane || !engine_.has_handler(event)) return;
    Args args = window_and_pane(window.record(), window->active_pane.record());
    args.insert(args.end(), more.begin(), more.end());
    engine_.emit(event, std::move(args));
}

void WindowEvents::update_status(const Ref<WindowInfo>& window) {
    emit_to(window, "update-right-status");
    emit_to(window, "update-status");
}

std::uint64_t WindowEvents::emit(std::string_view event, const Args& more, Id pane, EmitOptions options) {
    if (!root_ || !root_->active_window) return 0;
    const model::PanePlace place = pane ? place_of(pane) : model::PanePlace{};
    const Ref<WindowInfo> window = place ? place.window : root_->active_window;
    const Ref<model::PaneInfo> shown = pane ? place.pane : window->active_pane;
    Args args = window_and_pane(window.record(), shown.record());
    args.insert(args.end(), more.begin(), more.end());
    return engine_.emit(event, std::move(args), std::move(options));
}

} // namespace lunette::server
