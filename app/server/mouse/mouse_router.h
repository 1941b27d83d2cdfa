#pragma once

#include "model/mouse_lookup.h"
#include "server/mouse/bar_mouse.h"
#include "server/mouse/click_streak.h"
#include "server/mouse/link_mouse.h"
#include "server/mouse/mouse.h"
#include "server/mouse/mouse_selection.h"
#include "server/mouse/split_drag.h"

#include <lunette/record.h>

#include <cstdint>
#include <optional>

namespace lunette::server {

class UiLoop;

// Whom the mouse concerns: the tab bar, a line between panes, a pane's program, or a binding of
// `mouse_bindings` (wezterm-gui/src/termwindow/mouseevent.rs). What a button goes down on gets what follows
// until it is up. UI thread only.
class MouseRouter {
public:
    static constexpr std::int64_t scroll_every_ms = 40; // while text is selected beyond a pane's edge

    explicit MouseRouter(UiLoop& loop);

    // Returns what is wrong with it.
    std::vector<std::string> set_config(const model::ConfigView& config);
    void take(const Mouse& mouse);
    // The mouse is nowhere any more.
    void leave();
    // After each turn: what lies under the mouse may be something else.
    void observe();
    void tick(std::int64_t now_ms);
    std::optional<std::int64_t> next_deadline_ms() const noexcept { return scroll_at_ms_; }

    // Nothing when the action needs no mouse.
    std::optional<mux::Reply> perform(Id window, Id pane, const model::KeyAssignment& action);

    // What window:current_event() gives: the trigger of a binding, while callbacks of it may run.
    const Value& current_event() const noexcept { return event_.trigger; }
    // An action called Lua, by this ticket of the engine.
    void called(std::uint64_t ticket) noexcept { event_.ticket = event_.trigger.is_nil() ? 0 : ticket; }

    // tab_id of the tab under the mouse.
    std::optional<std::int64_t> hovered_tab() const noexcept { return bar_.hovered_tab(); }
    // Movements without a button are of use to somebody.
    bool wants_all_motion() const;

private:
    struct Target {
        Id pane = 0;
        int x = 0; // in the pane, inside it
        int y = 0;
        int beyond = 0; // rows above (negative) or below it, of a mouse that is held
    };
    // What a button went down on.
    struct Held {
        Id pane = 0;
        Mouse::Button button = Mouse::Button::none;
        enum class By : std::uint8_t { nobody, program, binding } by = By::nobody;
    };

    int bar_row() const;
    // The upper left cell of the panes' area.
    int panes_left() const;
    int panes_top() const;
    std::optional<Target> target_at(const Mouse& mouse) const;
    std::optional<PanePoint> hovered_point() const;
    std::optional<PanePoint> point_of(const Target& target) const;
    void over_panes(const Mouse& mouse);
    void hover_panes();
    void press_on(const Target& target, const Mouse& mouse);
    void follow_press(const Target& target, const Mouse& mouse);
    // Whether a modifier takes the mouse from a program that wants it.
    enum class Bypass : std::uint8_t { no, allowed };
    bool run_binding(const Target& target, const Mouse& mouse, Bypass bypass);
    void tell_program(const Target& target, const Mouse& mouse, Bypass bypass);
    std::optional<model::MouseTrigger> trigger_of(const Mouse& mouse) const;
    const model::MouseBinding* binding_of(const mux::Pane& pane, model::MouseTrigger trigger,
                                          Bypass bypass) const;
    // The modifiers that take the mouse from a program; none: they do not.
    model::Modifiers bypass_of(model::Modifiers modifiers) const noexcept;

    mux::Reply select_text(Id pane, const Value& mode);
    mux::Reply extend_selection(Id pane, const Value& mode);
    mux::Reply complete_selection(Id window, Id pane, const Value& destination, bool or_link);
    mux::Reply scroll_by_wheel(Id pane);
    // False at the end of what there is.
    bool scroll(Id pane, int rows);

    UiLoop& loop_;
    BarMouse bar_;
    SplitDrag split_;
    MouseSelection selection_;
    LinkMouse links_;
    ClickStreak streak_;
    std::vector<model::MouseBinding> bindings_;
    model::Modifiers bypass_ = model::Modifiers::shift;
    std::optional<Held> held_;
    std::optional<Mouse> last_;    // as it came last
    std::optional<Target> target_; // of last_, over a pane
    std::optional<std::int64_t> scroll_at_ms_;
    struct Event {
        Value trigger;
        std::uint64_t ticket = 0; // of the callback; 0: none yet
    };
    Event event_;
};

} // namespace lunette::server
