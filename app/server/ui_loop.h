#pragma once

#include "model/config_view.h"
#include "mux/mux.h"
#include "server/copied_text.h"
#include "server/debug_panel.h"
#include "server/desktop/system_clipboard.h"
#include "server/engine_setup.h"
#include "server/frame_pacer.h"
#include "server/instruments.h"
#include "server/key_fence.h"
#include "server/key_router.h"
#include "server/loop_io.h"
#include "server/modes/pane_modes.h"
#include "server/mouse/mouse_router.h"
#include "server/notice_line.h"
#include "server/outer.h"
#include "server/overlays.h"
#include "server/own_overlays.h"
#include "server/pane_colors.h"
#include "server/pane_reader.h"
#include "server/tab_bar_presenter.h"
#include "server/terminal_cells.h"
#include "server/toasts.h"
#include "server/window_events.h"
#include "server/window_views.h"
#include "ui/composer.h"
#include "ui/highlight_styles.h"

#include <lunette/engine.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lunette::server {

// The thread that draws: reads panes, applies commands, publishes snapshots, reads views, composes frames and
// gives them to the outer. Owns the engine and the multiplexer. Everything here is of the UI thread, and
// nothing waits for Lua (but the frames of the mode that measures what waiting costs).
class UiLoop {
public:
    struct Options {
        ConfigSource config;
        Outer* outer = nullptr; // outlives the loop, or is detached; null: none is attached yet
        int fps = 60;           // 0: as the configuration's `max_fps` says
        bool sync = false;      // each rebuild of the tab bar waits for Lua, as terminals do today
        bool trace = false;
        FailoverOptions failover{};
        bool test_module = false;     // handlers may `require 'lunette.test'`
        ManualClock* clock = nullptr; // of everything but frames, fences and processes; null: the system's
        std::vector<std::string> environment;
        mux::ProcessReader process_reader; // empty: /proc
        bool greets = false;               // says what was loaded, and to newcomers which keys there are
        std::string data_directory;        // what is remembered beyond the session; empty: nothing
        std::string log_path;              // for people
        std::string notice;                // shown at the start; may be empty
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

    // Another terminal shows the session. `environment`, unless empty, is that of programs started from now
    // on.
    void attach(Outer& outer, std::vector<std::string> environment = {});
    // None does. Everything goes on, but nothing is drawn and the status clock stands still.
    void detach();
    bool is_attached() const noexcept { return options_.outer != nullptr; }
    // Once, when the configuration is loaded: lets it make windows (gui-startup). Returns a ticket for
    // Engine::settled(), or 0.
    std::uint64_t start_up(const Value& command) { return events_.start(command); }
    // What the configuration's programs, keys and commands ask of whoever runs the loop.
    enum class Request : std::uint8_t { detach, quit };
    std::vector<Request> take_requests() { return std::exchange(requests_, {}); }

    // Input, decoded.
    void key(const model::KeyEvent& key);
    void mouse(const Mouse& mouse) { mouse_.take(mouse); }
    // A piece of a paste, for the active pane; all pieces of one go to the same. False when what follows
    // should come later: too much waits to be read by the program.
    bool paste(std::string_view bytes, bool first, bool last);
    bool takes_paste();
    // The outer has another size.
    void resized();
    void focus(bool focused);
    void invalidate(std::string_view event);
    // For the active window and pane. False when there is none.
    bool emit(std::string_view event) { return events_.emit(event) != 0; }

    // Applies what Lua has asked for by now; turn() does it too.
    void take_commands();
    // Called after each frame with the time at which it was shown.
    void on_frame(std::function<void(std::int64_t)> shown) { on_frame_ = std::move(shown); }
    std::vector<LogRecord> take_log();
    // Calls back once with what the script thread tells about itself, when it does.
    void ask_report(std::function<void(const EngineReport&)> take);

    LoopIo& io() noexcept { return io_; }
    Engine& engine() noexcept { return engine_; }
    mux::Mux& mux() noexcept { return mux_; }
    const mux::Mux& mux() const noexcept { return mux_; }
    Instruments& instruments() noexcept { return instruments_; }
    const Instruments& instruments() const noexcept { return instruments_; }
    const Ref<model::AppInfo>& root() const noexcept { return root_; }
    // Null while there is none.
    const model::WindowInfo* window() const noexcept;
    const TabBarPresenter& tab_bar() const noexcept { return tab_bar_; }
    // Nothing is to be read, drawn, or released.
    bool idle() const noexcept;

private:
    friend class UiActions;
    friend class BarMouse;
    friend class LinkMouse;
    friend class MouseRouter;
    friend class Overlays;
    friend class CloseInquiry;
    friend class OwnOverlays;
    friend class DebugPanel;
    friend class PaneModes;

    std::int64_t now_ms() const noexcept;
    std::int64_t wait_time(std::int64_t at_most, std::int64_t now) const noexcept;
    void hand_over();
    void read_panes();
    void tick();
    Expected<Value> apply(const Command& command);
    void take_config();
    void apply_overrides(Id window);
    void ask_labels();
    void ask_program(const mux::FixupWanted& wanted);
    void take_mux_events();
    void ring();
    void toast(Toasts::Toast toast);
    void toast_from(const mux::Notification& notice);
    bool may_notify(Id pane) const;
    void collect_log();
    void greet(bool is_first);
    void say_what_failed(const LoadResult& load);
    void observe_scripting();
    void draw_notices(bool bar_is_last);
    void flash_bar();
    void tell_outer();
    void publish();
    std::uint8_t wanted_key_flags() const;
    void copy(std::string_view selections, const std::string& text);
    // `source` as PasteFrom names it. Keys wait until the text is there.
    mux::Reply paste_from(Id pane, std::string_view source);
    void release_keys();
    void deliver_paste(std::string_view bytes, bool first, bool last);
    void route(const model::KeyEvent& key);
    void report(const model::KeyAssignment& action, const mux::Reply& reply);
    void update_ui_state();
    // The key table of the active pane's mode is the router's.
    void follow_mode();
    const Value& option(std::string_view name) const;
    // One line for the user, for a while.
    void notify(std::string text);
    void draw();
    void wait_for_titles();
    bool may_draw() const;
    void compose(std::int64_t now);
    // Null when the pane is gone.
    TerminalCells* cells(Id pane);
    void set_pane_colors(PaneColors colors);
    bool bar_is_out_of_date();

    Options options_;
    LoopIo io_;
    std::atomic<bool> processes_ready_{false};
    Engine engine_;
    std::optional<Engine::Turn> handing_over_; // from the end of one wait to the beginning of the next
    mux::Mux mux_;
    PaneReader reader_{io_};
    Instruments instruments_;
    FramePacer pacer_;
    KeyRouter router_;
    KeyFence fence_;
    NoticeLine notice_;
    Toasts toasts_;
    CopiedText copied_;
    Helpers helpers_;
    SystemClipboard clipboard_;
    WindowEvents events_;
    WindowViews views_;
    TabBarPresenter tab_bar_;
    ui::Composer composer_;
    MouseRouter mouse_;
    Overlays overlays_;
    OwnOverlays own_overlays_;
    DebugPanel debug_panel_;
    PaneModes modes_;
    ui::HighlightStyles highlight_styles_;
    std::map<Id, TerminalCells> cells_;
    std::function<void(std::int64_t)> on_frame_;
    std::vector<std::function<void(const EngineReport&)>> report_wanted_;

    Ref<model::AppInfo> root_;
    RecordRef published_;
    std::uint64_t published_seq_ = 0;
    Ref<model::ConfigInfo> config_;
    PaneColors pane_colors_;
    Value presented_options_; // that the tab bar's style was made from
    struct Paste {
        std::string bytes;
        bool first = false;
        bool last = false;
    };
    std::deque<std::variant<model::KeyEvent, Paste>> keys_; // behind the fence
    std::deque<LogRecord> log_;
    std::vector<Request> requests_;
    Id pasted_pane_ = 0;
    static constexpr std::int64_t paste_patience_ns = 2'000'000'000;
    std::int64_t paste_stands_since_ = 0; // it waits, and its program reads nothing; 0: it does
    std::size_t paste_stands_at_ = 0;     // bytes that wait
    int awaited_clipboards_ = 0;          // keys wait for them, as behind the fence
    std::int64_t last_bell_ms_ = 0;
    std::int64_t flash_until_ms_ = 0;
    std::deque<std::int64_t> program_toasts_ms_; // when programs sent the last ones
    bool greeted_ = false;
    bool load_failed_ = false; // the last one
    bool scripting_is_on_ = true;
    std::int64_t blank_until_ = 0; // a session that has nothing to show yet is not drawn before
    std::string title_;
    std::string bar_inputs_; // of the sync mode: what the tab bar was last rebuilt for
    std::int64_t end_ = INT64_MAX;
    std::int64_t held_until_ = INT64_MAX; // when a pane's synchronized update is shown unfinished
    bool explains_keys_ = false;          // debug_key_events
    bool bar_is_at_bottom_ = false;
    bool focused_ = true;
};

} // namespace lunette::server
