#include "mux/mux.h"

#include "mux/resource_limits.h"
#include "mux/tab_operations.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace lunette::mux {

namespace {

constexpr std::size_t drained_at_exit = 1U << 20; // bytes still read from a program that has ended

std::int64_t system_now_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

Mux::Options completed(Mux::Options options) {
    if (!options.now_ms) options.now_ms = system_now_ms;
    return options;
}

std::string exit_message(const Pane& pane, const terminal::ExitStatus& status, ExitMessage how_much) {
    const std::string how = status.signal ? "ended by signal " + std::to_string(status.signal)
                                          : "exited with code " + std::to_string(status.code);
    std::string message;
    switch (how_much) {
    case ExitMessage::none: return {};
    case ExitMessage::terse: message = how; break;
    case ExitMessage::brief: message = pane.program() + " " + how; break;
    case ExitMessage::verbose:
        message = pane.program() + " " + how + "; the pane stays because of exit_behavior";
        break;
    }
    return "\r\n\x1b[0m[" + message + "]\r\n";
}

// Both keys are for deleting; keyboards and programs disagree on which way.
model::KeyEvent with_swapped_deletes(model::KeyEvent key) noexcept {
    if (key.key == model::Key::backspace)
        key.key = model::Key::delete_;
    else if (key.key == model::Key::delete_)
        key.key = model::Key::backspace;
    return key;
}

} // namespace

Mux::Mux(Options options)
    : options_{completed(std::move(options))},
      spawner_{options_.environment, options_.version},
      processes_{options_.processes},
      snapshots_{{next_id()}} {
    show_domains();
    app_.active_workspace = settings_.default_workspace;
    app_.config = model::config_schema().make({});
    app_.outer = model::outer_schema().make({});
    app_.host = options_.host;
}

Mux::~Mux() {
    for (const Id pane : objects_.pane_ids()) {
        if (options_.loop) options_.loop->unwatch(pane);
        objects_.pane(pane)->pane->release();
    }
}

// ---- configuration and the outer terminal

void Mux::set_config(Ref<model::ConfigInfo> config) {
    settings_ = Settings::from_config(*config);
    model::set_width_rules(settings_.width_rules);
    raise_limits(settings_.least_open_files, settings_.least_processes);
    domains_ = Domains{config->options};
    show_domains();
    app_.config = std::move(config);
    if (objects_.windows().empty()) app_.active_workspace = settings_.default_workspace;
    processes_.next_generation();
    for (const Id id : objects_.pane_ids()) {
        Pane& pane = *objects_.pane(id)->pane;
        pane.terminal().set_scrollback_lines(settings_.scrollback_lines);
        pane.terminal().set_preferences(settings_.terminal);
        if (pane.terminal().title().empty()) processes_.ask(id);
        objects_.touch_pane(id);
    }
    for (const auto& window : objects_.windows()) update_layout(*window);
    objects_.touch_app();
}

void Mux::set_window_config(Id id, Ref<model::ConfigInfo> config) {
    Window* window = objects_.window(id);
    if (!window) return;
    if (config)
        window_settings_.insert_or_assign(id, Settings::from_config(*config));
    else
        window_settings_.erase(id);
    window->state.config = std::move(config);
    objects_.touch_window(id);
    update_layout(*window);
}

const Settings& Mux::settings_of(Id window) const {
    const auto found = window_settings_.find(window);
    return found == window_settings_.end() ? settings_ : found->second;
}

void Mux::set_palette(const terminal::Palette& palette) {
    spawner_.set_palette(palette);
    for (const Id id : objects_.pane_ids()) objects_.pane(id)->pane->set_palette(palette);
}

void Mux::set_key_releases(bool told) {
    spawner_.set_key_releases(told);
    for (const Id id : objects_.pane_ids()) objects_.pane(id)->pane->terminal().set_key_releases(told);
}

void Mux::set_outer(const model::OuterInfo& outer, CellSize cell, std::vector<std::string> environment) {
    if (!environment.empty()) set_environment(std::move(environment));
    if (!(*app_.outer == outer)) {
        app_.outer = model::outer_schema().make(app_.outer.id(), outer);
        objects_.touch_app();
    }
    outer_ = outer;
    if (outer.is_attached) cell_ = cell;
    show_window(app_.active_window);
}

void Mux::set_ui_state(Id id, const UiState& state) {
    Window* window = objects_.window(id);
    if (!window) return;
    window->state.active_key_table = state.active_key_table;
    window->state.leader_is_active = state.leader_is_active;
    window->state.composition_status = state.composition_status;
    window->state.keyboard_modifiers = state.keyboard_modifiers;
    window->state.keyboard_leds = state.keyboard_leds;
    window->state.hovered_tab = state.hovered_tab;
    window->state.current_event = state.current_event;
    objects_.touch_window(id);
}

// ---- input and output

Pane::ReadResult Mux::on_readable(Id id, std::size_t& budget) {
    PaneEntry* entry = objects_.pane(id);
    if (!entry || budget == 0) return {0, entry != nullptr, false};
    const Pane::ReadResult result = entry->pane->read(budget);
    budget -= std::min(budget, result.bytes);
    if (result.bytes > 0) after_output(id);
    if (result.closed) {
        if (const auto status = entry->pane->poll_exit()) finish(id, *status);
        // Nobody holds the tty, but the program lives on: wait for its end only.
        else if (options_.loop)
            options_.loop->watch(id, -1, entry->pane->exit_fd());
    }
    return result;
}

void Mux::after_output(Id id) {
    PaneEntry* entry = objects_.pane(id);
    objects_.touch_pane(id);
    const std::size_t first_new = events_.size();
    entry->pane->take_events(events_);
    for (std::size_t i = first_new; i < events_.size(); ++i)
        if (auto* notice = std::get_if<Notification>(&events_[i]))
            if (const Window* window = objects_.window_of(id)) notice->window = window->record;
    if (!entry->pane->terminal().title().empty())
        processes_.note_activity(id);
    else if (!processes_.ask(id))
        processes_.note_activity(id); // its title says what runs
    update_writable(id);
}

void Mux::on_writable(Id id) {
    if (PaneEntry* entry = objects_.pane(id)) entry->pane->flush();
    update_writable(id);
}

void Mux::update_writable(Id id) {
    const PaneEntry* entry = objects_.pane(id);
    const bool wanted = entry && entry->pane->wants_write();
    bool& current = writing_[id];
    const bool changed = current != wanted;
    current = wanted;
    if (!wanted) writing_.erase(id);
    if (changed && entry && options_.loop) options_.loop->want_write(id, wanted);
}

void Mux::on_exit(Id id) {
    PaneEntry* entry = objects_.pane(id);
    if (!entry) return;
    const auto status = entry->pane->poll_exit();
    if (!status) return;
    std::size_t drained = 0;
    while (drained < drained_at_exit) {
        const std::size_t bytes = entry->pane->read(drained_at_exit - drained).bytes;
        if (bytes == 0) break;
        drained += bytes;
    }
    if (drained > 0) after_output(id);
    finish(id, *status);
}

void Mux::finish(Id id, const terminal::ExitStatus& status) {
    Pane& pane = *objects_.pane(id)->pane;
    if (pane.is_dead()) return;
    const Window* window = objects_.window_of(id);
    const Settings& settings = settings_of(window ? window->record : 0);
    const auto& codes = settings.clean_exit_codes;
    const bool clean = status.signal == 0 && (status.code == 0 || std::find(codes.begin(), codes.end(),
                                                                            status.code) != codes.end());
    if (settings.exit_behavior == ExitBehavior::hold ||
        (settings.exit_behavior == ExitBehavior::close_on_clean_exit && !clean)) {
        pane.hold(exit_message(pane, status, settings.exit_message));
        if (options_.loop) options_.loop->unwatch(id);
        objects_.touch_pane(id);
        update_writable(id);
        return;
    }
    close_pane(id);
}

void Mux::send_key(Id id, const model::KeyEvent& key) {
    PaneEntry* entry = objects_.pane(id);
    if (!entry) return;
    const Window* window = objects_.window_of(id);
    if (settings_of(window ? window->record : 0).swap_backspace_and_delete)
        send_bytes(id, entry->pane->terminal().encode_key(with_swapped_deletes(key)));
    else
        send_bytes(id, entry->pane->terminal().encode_key(key));
}

void Mux::send_bytes(Id id, std::string bytes) {
    PaneEntry* entry = objects_.pane(id);
    if (!entry || bytes.empty()) return;
    const Window* window = objects_.window_of(id);
    if (entry->pane->viewport_top() && settings_of(window ? window->record : 0).scroll_to_bottom_on_input)
        entry->pane->scroll_to({});
    if (!entry->pane->type(std::move(bytes)))
        emit(Notification{id, objects_.window_of(id)->record, "",
                          "The program in this pane does not read its input.", "", 0});
    processes_.note_activity(id);
    update_writable(id);
}

void Mux::paste(Id id, std::string_view bytes, bool first, bool last) {
    PaneEntry* entry = objects_.pane(id);
    if (!entry) return;
    if (first && entry->pane->viewport_top()) entry->pane->scroll_to({});
    if (!entry->pane->paste_piece(bytes, first, last))
        emit(Notification{id, objects_.window_of(id)->record, "",
                          "The program in this pane does not read what was pasted: the rest is dropped.", "",
                          0});
    processes_.note_activity(id);
    update_writable(id);
}

// ---- time

void Mux::watch_process(Id pane) { processes_.ask(pane); }

void Mux::tick() {
    for (ProcessWatcher::Result& result : processes_.take_results()) {
        PaneEntry* entry = objects_.pane(result.pane);
        if (!entry || !result.report) continue;
        entry->pane->set_process(*result.report);
        objects_.touch_pane(result.pane);
    }
    processes_.start_due(now(), [this](Id id) -> std::optional<pid_t> {
        const PaneEntry* entry = objects_.pane(id);
        return entry && !entry->pane->is_dead() ? entry->pane->foreground_group() : std::nullopt;
    });
    expire_waiting();
    std::erase_if(dying_, [](terminal::Pty& pty) { return pty.poll_exit().has_value(); });
}

// ---- what others read

void Mux::update_focus() {
    const Window* window = objects_.window(app_.active_window);
    const bool focused = window && outer_.is_attached && outer_.is_focused;
    const Id now_focused = focused ? active_pane(window->record) : 0;
    if (now_focused == focused_) return;
    const Id before = std::exchange(focused_, now_focused);
    for (const Id id : {before, now_focused})
        if (PaneEntry* entry = objects_.pane(id)) {
            if (std::string report = entry->pane->terminal().encode_focus(id == now_focused); !report.empty())
                entry->pane->type(std::move(report));
            update_writable(id);
        }
}

Ref<model::AppInfo> Mux::snapshot() {
    show_something();
    update_focus();
    if (Window* window = objects_.window(app_.active_window)) {
        const Id shown = active_pane(window->record);
        PaneEntry* entry = objects_.pane(shown);
        if (entry && outer_.is_attached && entry->pane->mark_seen()) objects_.touch_pane(shown);
        const bool focused = outer_.is_attached && outer_.is_focused;
        if (window->state.is_focused != focused) {
            window->state.is_focused = focused;
            objects_.touch_window(window->record);
        }
    }
    return snapshots_.build(objects_, app_);
}

std::vector<Event> Mux::take_events() { return std::exchange(events_, {}); }

Pane* Mux::pane(Id id) noexcept {
    PaneEntry* entry = objects_.pane(id);
    return entry ? entry->pane.get() : nullptr;
}

const Pane* Mux::pane(Id id) const noexcept {
    const PaneEntry* entry = objects_.pane(id);
    return entry ? entry->pane.get() : nullptr;
}

Id Mux::pane_by_number(std::int64_t pane_id) const noexcept {
    for (const Id id : objects_.pane_ids())
        if (objects_.pane(id)->pane->pane_id() == pane_id) return id;
    return 0;
}

Id Mux::active_pane(Id id) const noexcept {
    const Window* window = objects_.window(id);
    const Tab* tab = window ? objects_.tab(window->active_tab()) : nullptr;
    return tab ? tab->active() : 0;
}

} // namespace lunette::mux
