#pragma once

#include "model/config_view.h"
#include "mux/mux.h"
#include "server/engine_setup.h"
#include "server/frame_pacer.h"
#include "server/instruments.h"
#include "server/key_fence.h"
#include "server/key_router.h"
#include "server/loop_io.h"
#include "server/outer.h"
#include "server/tab_bar_presenter.h"
#include "server/terminal_cells.h"
#include "server/window_events.h"
#include "server/window_views.h"
#include "ui/composer.h"

#include <lunette/engine.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lunette::server {

struct Mouse {
    enum class Kind : std::uint8_t { move, press, release, wheel_up, wheel_down, leave };
    Kind kind = Kind::move;
    int x = 0; // cells of the outer, from 0
    int y = 0;
};

// The thread that draws: reads panes, applies commands, publishes snapshots, reads views, composes frames and
// gives them to the outer. Owns the engine and the multiplexer. Everything here is of the UI thread, and
// nothing waits for Lua (but the frames of the mode that measures what waiting costs).
class UiLoop {
public:
    struct Options {
        ConfigSource config;
        Outer* outer = nullptr; // outlives the loop
        int fps = 60;
        bool sync = false; // each rebuild of the tab bar waits for Lua, as terminals do today
        bool trace = false;
        ManualClock* clock = nullptr; // of everything but frames, fences and processes; null: the system's
        std::vector<std::string> environment;
        mux::ProcessReader process_reader; // empty: /proc
        // For tests: called where the UI thread talks to the script side.
        std::function<void()> probe;
    };

    explicit UiLoop(Options options);
    ~UiLoop();
    UiLoop(const UiLoop&) = delete;
    UiLoop& operator=(const UiLoop&) = delete;

    // One turn: waits at most this long for something to do, then does it.
    void turn(std::int64_t wait_at_most_ns);
    // After ManualClock::advance().
    void clock_changed();
    // Waits in sync mode end here. Nanoseconds of monotonic_ns().
    void set_end(std::int64_t end) noexcept { end_ = end; }

    // Input, decoded.
    void key(const model::KeyEvent& key);
    void mouse(const Mouse& mouse);
    // The outer has another size.
    void resized();
    void focus(bool focused);
    void invalidate(std::string_view event);
    // For the active window and pane. False when there is none.
    bool emit(std::string_view event) { return events_.emit(event) != 0; }

    // Called after each frame with the time at which it was shown.
    void on_frame(std::function<void(std::int64_t)> shown) { on_frame_ = std::move(shown); }
    std::vector<LogRecord> take_log();

    Engine& engine() noexcept { return engine_; }
    mux::Mux& mux() noexcept { return mux_; }
    Instruments& instruments() noexcept { return instruments_; }
    const Ref<model::AppInfo>& root() const noexcept { return root_; }
    // Null while there is none.
    const model::WindowInfo* window() const noexcept;
    const TabBarPresenter& tab_bar() const noexcept { return tab_bar_; }
    // Nothing is to be read, drawn, or released.
    bool idle() const noexcept;

private:
    friend class UiActions;

    std::int64_t now_ms() const noexcept;
    std::int64_t wait_time(std::int64_t at_most, std::int64_t now) const noexcept;
    void read_panes();
    void tick();
    void take_commands();
    Expected<Value> apply(const Command& command);
    void take_config();
    void apply_overrides(Id window);
    void take_mux_events();
    void publish();
    void release_keys();
    void route(const model::KeyEvent& key);
    void update_ui_state();
    void draw();
    void wait_for_titles();
    void compose(std::int64_t now);
    ui::PaneCells* cells(Id pane);
    bool bar_is_out_of_date();

    Options options_;
    LoopIo io_;
    std::atomic<bool> processes_ready_{false};
    Engine engine_;
    mux::Mux mux_;
    Instruments instruments_;
    FramePacer pacer_;
    KeyRouter router_;
    KeyFence fence_;
    WindowEvents events_;
    WindowViews views_;
    TabBarPresenter tab_bar_;
    ui::Composer composer_;
    std::map<Id, TerminalCells> cells_;
    std::function<void(std::int64_t)> on_frame_;

    Ref<model::AppInfo> root_;
    Ref<model::ConfigInfo> config_;
    Value presented_options_;          // that the tab bar's style was made from
    std::deque<model::KeyEvent> keys_; // behind the fence
    std::deque<LogRecord> log_;
    std::optional<std::int64_t> hovered_tab_;
    std::string title_;
    std::string bar_inputs_; // of the sync mode: what the tab bar was last rebuilt for
    std::int64_t end_ = INT64_MAX;
    std::size_t budget_ = 0;
    std::size_t first_pane_ = 0; // the pane that is read first takes turns
    bool focused_ = true;
    bool more_output_ = false;
};

} // namespace lunette::server
