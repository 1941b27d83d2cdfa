#pragma once

#include "model/records.h"
#include "mux/events.h"

#include <lunette/engine.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace lunette::server {

// Emits WezTerm's window events: compares snapshots, takes what the multiplexer tells, and keeps the status
// timer (wezterm-gui/src/termwindow/mod.rs: update_title, emit_status_event). Times are milliseconds of one
// monotonic clock. UI thread only; never waits.
class WindowEvents {
public:
    explicit WindowEvents(Engine& engine) : engine_{engine} {}

    // Another generation of the configuration is in force.
    void config_changed(const Ref<model::AppInfo>& root, std::int64_t status_interval_ms,
                        std::int64_t now_ms);
    // The newest snapshot: what the others speak of.
    void set_root(const Ref<model::AppInfo>& root) { root_ = root; }
    // Emits what is different in the newest snapshot. Nothing of it is shown, so it may wait for the frame.
    void observe();
    bool is_behind() const noexcept { return root_.record() != observed_.record(); }
    void take(const mux::Event& event);
    void tick(std::int64_t now_ms);
    // Nothing while there is no handler or no interval.
    std::optional<std::int64_t> next_deadline_ms() const;

    // The configuration is loaded: emits mux-startup and gui-startup, once; there need be no window yet.
    // `command`: what was asked to be started, as a SpawnCommand, or nil. Returns the last one's ticket, 0 if
    // nobody handles them.
    std::uint64_t start(const Value& command);
    // There is a window: emits what is due at the start, and gui-attached once per attached().
    void started();
    void attached() noexcept { attached_ = true; }
    // Emits `event` for the active window, with further arguments. Returns the ticket; 0 without a window.
    std::uint64_t emit(std::string_view event, const Args& more = {}, Id pane = 0, EmitOptions options = {});

private:
    // What of a window makes its status out of date.
    struct Seen {
        Id active_tab = 0;
        Id active_pane = 0;
        std::int64_t columns = 0;
        std::int64_t rows = 0;
        std::optional<std::string> key_table;
        bool leader = false;
        bool focused = false;
        std::string modifiers;
        std::optional<std::int64_t> hovered;
        bool known = false;
    };
    static Seen look(const Ref<model::WindowInfo>& window);
    void emit_to(const Ref<model::WindowInfo>& window, std::string_view event, const Args& more = {});
    void update_status(const Ref<model::WindowInfo>& window);
    bool has_status_handler() const;
    model::PanePlace place_of(Id pane) const;

    Engine& engine_;
    Ref<model::AppInfo> root_;
    Ref<model::AppInfo> observed_;
    std::map<Id, Seen> seen_;
    std::int64_t interval_ms_ = 1000;
    std::int64_t next_status_ms_ = 0;
    bool started_ = false;
    bool attached_ = true; // gui-attached is due
};

} // namespace lunette::server
