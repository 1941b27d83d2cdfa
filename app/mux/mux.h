#pragma once

#include "model/commands.h"
#include "model/key.h"
#include "model/queries.h"
#include "model/records.h"
#include "mux/domains.h"
#include "mux/events.h"
#include "mux/objects.h"
#include "mux/process_watcher.h"
#include "mux/settings.h"
#include "mux/snapshot.h"
#include "mux/spawner.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lunette::mux {

// What the multiplexer asks of the loop that it lives in. Called on the UI thread, from within calls of Mux.
class LoopPort {
public:
    virtual ~LoopPort() = default;
    // Call on_readable() and on_exit() when these become readable; -1 is none. Replaces an earlier call.
    virtual void watch(Id pane, int fd, int exit_fd) = 0;
    // Call on_writable() when the pane's fd takes bytes, until told otherwise.
    virtual void want_write(Id pane, bool wanted) = 0;
    // The descriptors are about to be closed. May come again for a pane that is no longer watched.
    virtual void unwatch(Id pane) = 0;
};

// What a command or a query gives back; the error is a sentence for the user.
using Reply = tl::expected<Value, std::string>;

// The multiplexer: windows, tabs, panes, workspaces; applies commands and makes snapshots. Owns all panes
// with their ptys. UI thread only; nothing here blocks or runs Lua.
class Mux {
public:
    struct Options {
        LoopPort* loop = nullptr; // outlives the Mux; may be null
        std::vector<std::string> environment;
        std::string host; // ours, as OSC 7 names it
        std::string version = "0.1.0";
        std::function<std::int64_t()> now_ms; // monotonic; empty: the system's
        ProcessWatcher::Options processes;
    };

    explicit Mux(Options options);
    ~Mux(); // hangs up all panes
    Mux(const Mux&) = delete;
    Mux& operator=(const Mux&) = delete;

    void set_config(Ref<model::ConfigInfo> config);
    // What a window's overrides make of the configuration; empty: as for all.
    void set_window_config(Id window, Ref<model::ConfigInfo> config);
    void set_palette(const terminal::Palette& palette);
    // Attach, detach, focus, size. The shown window takes the size of an attached terminal.
    // Whether the outer terminal tells when keys are released.
    void set_key_releases(bool told);
    void set_outer(const model::OuterInfo& outer, CellSize cell, std::vector<std::string> environment = {});
    // Of programs started from now on.
    void set_environment(std::vector<std::string> environment) {
        spawner_.set_environment(std::move(environment));
    }

    // The state of the user interface that callbacks may read.
    struct UiState {
        std::optional<std::string> active_key_table;
        bool leader_is_active = false;
        std::optional<std::string> composition_status;
        std::string keyboard_modifiers;
        std::string keyboard_leds;
        std::optional<std::int64_t> hovered_tab;
        Value current_event;
    };
    void set_ui_state(Id window, const UiState& state);

    // Input and output. `budget` (bytes) is shared by all panes of a turn and counted down.
    Pane::ReadResult on_readable(Id pane, std::size_t& budget);
    void on_writable(Id pane);
    void on_exit(Id pane);
    void send_key(Id pane, const model::KeyEvent& key);
    // Raw input, as for mouse reports.
    void send_bytes(Id pane, std::string bytes);
    // A piece of a paste; all of its pieces go to the same pane.
    void paste(Id pane, std::string_view bytes, bool first, bool last);
    // Call when ProcessWatcher's wake was called, and at next_deadline_ms().
    void tick();
    std::optional<std::int64_t> next_deadline_ms() const;

    // The answer to FixupWanted: what is started in the pane, or why nothing is.
    void start_program(Id pane, tl::expected<model::SpawnOptions, std::string> command);
    void set_domain_label(std::string_view domain, std::string label);
    const Domains& domains() const noexcept { return domains_; }

    Reply apply(const model::Command& command);
    // In order; no snapshot comes between them.
    std::vector<Reply> apply(std::span<const model::Command> batch);
    // Nothing when the action belongs to the user interface.
    std::optional<Reply> perform(Id window, Id pane, const model::KeyAssignment& action);
    Reply answer(const model::Query& query) const;

    // Equal data give the same object.
    Ref<model::AppInfo> snapshot();
    std::vector<Event> take_events();

    // Null or 0 when there is none.
    Pane* pane(Id id) noexcept;
    const Pane* pane(Id id) const noexcept;
    Id pane_by_number(std::int64_t pane_id) const noexcept;
    Id active_window() const noexcept { return app_.active_window; }
    Id active_pane(Id window) const noexcept;
    std::vector<Id> panes() const { return objects_.pane_ids(); }
    std::size_t records_made() const noexcept { return snapshots_.made(); }

    // Panes of one tab change places.
    Reply swap_panes(Id pane, Id other);

    // For changes that a pane does not report by itself, such as a selection.
    void touch(Id pane) { objects_.touch_pane(pane); }

private:
    friend class CommandApplier;
    friend class ActionPerformer;

    std::int64_t now() const { return options_.now_ms(); }
    void emit(Event event) { events_.push_back(std::move(event)); }
    const Settings& settings_of(Id window) const;

    // Structure.
    tl::expected<Id, std::string> open_pane(const model::SpawnOptions& options, const Rect& rect,
                                            CellSize cell, Id beside);
    Id open_waiting_pane(const Spawner::Request& request, const Domain& domain);
    tl::expected<void, std::string> launch(Pane& pane, const model::SpawnOptions& options);
    void refuse_program(Id pane, const std::string& domain, const std::string& why);
    void expire_waiting();
    tl::expected<model::Spawned, std::string> open_tab(Window& window, const model::SpawnOptions& options);
    tl::expected<model::Spawned, std::string> open_window(const model::SpawnWindow& command);
    tl::expected<Id, std::string> split(const model::SplitPane& command);
    model::Spawned adopt_in_new_tab(Window& window, Id pane);
    void show_domains();
    Window& new_window(const std::string& workspace, std::optional<std::int64_t> columns,
                       std::optional<std::int64_t> rows);
    void detach_pane(Id pane); // from its tab; closes an emptied tab and window
    void close_pane(Id pane);
    void close_tab(Id tab);
    void drop_tab(Id tab);
    void drop_window(Id window);
    void activate_tab(Window& window, Id tab);
    void show_window(Id window);
    bool show_workspace(const std::string& workspace);
    void show_something();
    void update_layout(Window& window);
    void resize_window(Window& window, int columns, int rows, CellSize cell);

    void after_output(Id pane);
    void finish(Id pane, const terminal::ExitStatus& status);
    void update_writable(Id pane);
    void update_focus();
    void watch_process(Id pane);

    Options options_;
    Domains domains_;
    Settings settings_;
    std::unordered_map<Id, Settings> window_settings_; // of those with overrides
    Objects objects_;
    Spawner spawner_;
    ProcessWatcher processes_;
    SnapshotBuilder snapshots_;
    SnapshotBuilder::App app_;
    model::OuterInfo outer_;
    CellSize cell_;
    std::map<std::string, Id> last_shown_; // workspace -> window
    std::vector<Event> events_;
    std::vector<terminal::Pty> dying_;
    struct Waiting {
        std::string domain;
        std::int64_t until_ms = 0;
    };
    std::map<Id, Waiting> waiting_;        // panes without a program yet
    std::unordered_map<Id, bool> writing_; // panes whose want_write is on
    Id focused_ = 0;                       // pane that believes to have the focus
};

} // namespace lunette::mux
