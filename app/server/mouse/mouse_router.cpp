#include "server/mouse/mouse_router.h"

#include "server/ui_actions.h"
#include "server/ui_loop.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

using On = model::MouseBinding::On;

terminal::MouseInput to_input(const Mouse& mouse, int x, int y) {
    using Button = terminal::MouseButton;
    terminal::MouseInput input;
    switch (mouse.kind) {
    case Mouse::Kind::wheel_up: input.button = Button::wheel_up; break;
    case Mouse::Kind::wheel_down: input.button = Button::wheel_down; break;
    case Mouse::Kind::wheel_left: input.button = Button::wheel_left; break;
    case Mouse::Kind::wheel_right: input.button = Button::wheel_right; break;
    default:
        switch (mouse.button) {
        case Mouse::Button::none: break;
        case Mouse::Button::left: input.button = Button::left; break;
        case Mouse::Button::middle: input.button = Button::middle; break;
        case Mouse::Button::right: input.button = Button::right; break;
        case Mouse::Button::back: input.button = Button::back; break;
        case Mouse::Button::forward: input.button = Button::forward; break;
        }
    }
    input.action = mouse.kind == Mouse::Kind::move      ? terminal::MouseAction::motion
                   : mouse.kind == Mouse::Kind::release ? terminal::MouseAction::release
                                                        : terminal::MouseAction::press;
    input.modifiers = mouse.modifiers;
    input.x = x;
    input.y = y;
    return input;
}

model::Modifiers without(model::Modifiers set, model::Modifiers removed) noexcept {
    return static_cast<model::Modifiers>(static_cast<unsigned>(set) & ~static_cast<unsigned>(removed));
}

model::MouseBinding::Button to_button(const Mouse& mouse) noexcept {
    using Button = model::MouseBinding::Button;
    switch (mouse.kind) {
    case Mouse::Kind::wheel_up: return Button::wheel_up;
    case Mouse::Kind::wheel_down: return Button::wheel_down;
    case Mouse::Kind::wheel_left: return Button::wheel_left;
    case Mouse::Kind::wheel_right: return Button::wheel_right;
    default: break;
    }
    switch (mouse.button) {
    case Mouse::Button::left: return Button::left;
    case Mouse::Button::middle: return Button::middle;
    case Mouse::Button::right: return Button::right;
    case Mouse::Button::none:
    case Mouse::Button::back: // no binding names them
    case Mouse::Button::forward: break;
    }
    return Button::none;
}

} // namespace

MouseRouter::MouseRouter(UiLoop& loop)
    : loop_{loop}, bar_{loop}, split_{loop.mux_}, selection_{loop.mux_}, links_{loop} {}

std::vector<std::string> MouseRouter::set_config(const model::ConfigView& config) {
    bindings_ = config.mouse();
    bypass_ = model::parse_modifiers(config.text("bypass_mouse_reporting_modifiers", "SHIFT"))
                  .value_or(model::KeyModifiers{model::Modifiers::shift, false})
                  .set;
    selection_.set_boundary(
        std::string{config.text("selection_word_boundary", MouseSelection::default_boundary)});
    return links_.set_config(config);
}

// ---- where

int MouseRouter::bar_row() const {
    const model::WindowInfo& shown = *loop_.window();
    if (!shown.tab_bar_visible) return -1;
    return loop_.bar_is_at_bottom_ ? static_cast<int>(shown.rows) - 1 : 0;
}

int MouseRouter::panes_left() const { return loop_.window()->padding.left; }

int MouseRouter::panes_top() const { return (bar_row() == 0 ? 1 : 0) + loop_.window()->padding.top; }

std::optional<MouseRouter::Target> MouseRouter::target_at(const Mouse& mouse) const {
    const model::WindowInfo* shown = loop_.window();
    if (!shown || !shown->active_tab) return std::nullopt;
    const model::TabInfo& tab = *shown->active_tab;
    const int before = panes_left();
    const int top = panes_top();
    // What the padding's cells are pointed at is the nearest cell of a pane.
    const int x = std::clamp(mouse.x, before, std::max(before + static_cast<int>(tab.cols) - 1, before));
    const int y = std::clamp(mouse.y, top, std::max(top + static_cast<int>(tab.rows) - 1, top));
    const auto& panes = tab.panes;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        const model::PaneInfo& pane = *panes[i];
        const int left = static_cast<int>(pane.left) + before;
        const int above = static_cast<int>(pane.top) + top;
        const int columns = std::max(static_cast<int>(pane.width), 1);
        const int rows = std::max(static_cast<int>(pane.height), 1);
        const bool inside = x >= left && x < left + columns && y >= above && y < above + rows;
        if (held_ ? held_->pane != panes[i].id() : !inside) continue;
        Target target{panes[i].id(), std::clamp(mouse.x - left, 0, columns - 1),
                      std::clamp(mouse.y - above, 0, rows - 1), 0};
        if (mouse.y < above) target.beyond = mouse.y - above;
        if (mouse.y >= above + rows) target.beyond = mouse.y - above - rows + 1;
        // No mouse gets beyond the outer terminal's own edges.
        if (mouse.y == 0 && above == 0) target.beyond = -1;
        if (mouse.y == shown->rows - 1 && above + rows == shown->rows) target.beyond = 1;
        return target;
    }
    return std::nullopt;
}

std::optional<PanePoint> MouseRouter::point_of(const Target& target) const {
    const mux::Pane* pane = loop_.mux_.pane(target.pane);
    if (!pane) return std::nullopt;
    return PanePoint{target.pane, {target.x, pane->viewport_top().value_or(pane->physical_top()) + target.y}};
}

std::optional<PanePoint> MouseRouter::hovered_point() const {
    return target_ && !held_ ? point_of(*target_) : std::nullopt;
}

// ---- whom

void MouseRouter::take(const Mouse& mouse) {
    if (!loop_.window()) return;
    last_ = mouse;
    target_.reset();
    if (mouse.kind == Mouse::Kind::press || mouse.kind == Mouse::Kind::release) scroll_at_ms_.reset();
    const int left = panes_left();
    const int top = panes_top();
    if (split_.is_active()) {
        if (mouse.kind == Mouse::Kind::release)
            split_.end();
        else if (mouse.kind == Mouse::Kind::move)
            split_.move(mouse.x - left, mouse.y - top);
        return;
    }
    const bool here = mouse.kind != Mouse::Kind::leave;
    const bool on_bar = here && mouse.y == bar_row() && !held_;
    bar_.hover(on_bar ? loop_.tab_bar_.at(mouse.x) : std::nullopt);
    if (on_bar) {
        links_.hover({});
        return bar_.take(mouse);
    }
    if (!here || (!held_ && loop_.overlays_.takes(mouse))) return links_.hover({});
    target_ = target_at(mouse);
    if (!target_ && mouse.kind == Mouse::Kind::press && mouse.button == Mouse::Button::left &&
        loop_.window()->active_tab)
        split_.begin(*loop_.window()->active_tab, mouse.x - left, mouse.y - top);
    over_panes(mouse);
}

void MouseRouter::observe() {
    links_.observe(hovered_point());
    if (!event_.ticket || !loop_.engine_.settled(event_.ticket)) return;
    event_ = {};
    loop_.update_ui_state();
}

void MouseRouter::leave() {
    held_.reset();
    split_.end();
    scroll_at_ms_.reset();
    take({Mouse::Kind::leave, -1, -1});
}

void MouseRouter::tick(std::int64_t now_ms) {
    if (!scroll_at_ms_ || now_ms < *scroll_at_ms_) return;
    scroll_at_ms_.reset();
    if (!held_ || !last_) return;
    Mouse again = *last_;
    again.kind = Mouse::Kind::move;
    again.button = held_->button;
    take(again);
}

void MouseRouter::over_panes(const Mouse& mouse) {
    if (!target_) {
        held_.reset();
        return links_.hover({});
    }
    const Target target = *target_;
    if (!loop_.mux_.pane(target.pane)) return;
    if (mouse.kind == Mouse::Kind::press) {
        press_on(target, mouse);
    } else if (mouse.kind == Mouse::Kind::move && mouse.button == Mouse::Button::none) {
        hover_panes();
        tell_program(target, mouse, Bypass::allowed);
    } else if (!is_wheel(mouse.kind)) {
        follow_press(target, mouse);
    } else if (!run_binding(target, mouse, Bypass::allowed)) {
        tell_program(target, mouse, Bypass::allowed);
    }
    if (mouse.kind == Mouse::Kind::release) held_.reset();
}

// Movement with a button, and its release, go where the press went; neither if that was swallowed or
// elsewhere.
void MouseRouter::follow_press(const Target& target, const Mouse& mouse) {
    if (!held_ || held_->by == Held::By::nobody) return;
    const bool of_program = held_->by == Held::By::program;
    if (!run_binding(target, mouse, of_program ? Bypass::no : Bypass::allowed) && of_program)
        tell_program(target, mouse, Bypass::no);
}

void MouseRouter::hover_panes() {
    links_.hover(hovered_point());
    if (held_ || !loop_.option("pane_focus_follows_mouse").boolean_or(false)) return;
    if (loop_.mux_.active_pane(loop_.mux_.active_window()) != target_->pane)
        loop_.mux_.apply(model::ActivatePane{target_->pane});
}

void MouseRouter::press_on(const Target& target, const Mouse& mouse) {
    streak_.press(mouse.button, mouse.x, mouse.y, loop_.now_ms());
    held_ = Held{target.pane, mouse.button, Held::By::nobody};
    const bool focuses = loop_.mux_.active_pane(loop_.mux_.active_window()) != target.pane;
    if (focuses) {
        loop_.mux_.apply(model::ActivatePane{target.pane});
        if (loop_.option("swallow_mouse_click_on_pane_focus").boolean_or(false)) return;
    }
    held_->by = Held::By::binding;
    if (run_binding(target, mouse, Bypass::allowed)) return;
    held_->by = Held::By::program;
    tell_program(target, mouse, Bypass::allowed);
}

std::optional<model::MouseTrigger> MouseRouter::trigger_of(const Mouse& mouse) const {
    model::MouseTrigger trigger;
    trigger.button = to_button(mouse);
    trigger.modifiers = mouse.modifiers;
    if (is_wheel(mouse.kind)) return trigger;
    trigger.on = mouse.kind == Mouse::Kind::press     ? On::down
                 : mouse.kind == Mouse::Kind::release ? On::up
                                                      : On::drag;
    Mouse::Button button = mouse.button;
    // Some terminals do not say which button was let go.
    if (button == Mouse::Button::none && held_) {
        button = held_->button;
        trigger.button = to_button({Mouse::Kind::press, 0, 0, button});
    }
    trigger.streak = streak_.of(button);
    if (trigger.streak == 0 || trigger.button == model::MouseBinding::Button::none) return std::nullopt;
    return trigger;
}

// The configured ones, or ALT, because many terminals keep SHIFT for themselves.
model::Modifiers MouseRouter::bypass_of(model::Modifiers modifiers) const noexcept {
    if (bypass_ != model::Modifiers::none && model::contains(modifiers, bypass_)) return bypass_;
    return modifiers & model::Modifiers::alt;
}

const model::MouseBinding* MouseRouter::binding_of(const mux::Pane& pane, model::MouseTrigger trigger,
                                                   Bypass bypass) const {
    const terminal::Terminal& terminal = pane.terminal();
    // In a mode the mouse is not the program's.
    trigger.alt_screen = terminal.alternate_screen() && !pane.is_frozen();
    trigger.mouse_reporting =
        terminal.modes().mouse_tracking != terminal::MouseTracking::off && !pane.is_frozen();
    if (!trigger.mouse_reporting) return model::find_mouse_binding(bindings_, trigger);
    if (const auto* binding = model::find_mouse_binding(bindings_, trigger)) return binding;
    const model::Modifiers removed = bypass_of(trigger.modifiers);
    if (bypass == Bypass::no || removed == model::Modifiers::none) return nullptr;
    trigger.mouse_reporting = false;
    trigger.modifiers = without(trigger.modifiers, removed);
    return model::find_mouse_binding(bindings_, trigger);
}

bool MouseRouter::run_binding(const Target& target, const Mouse& mouse, Bypass bypass) {
    const auto trigger = trigger_of(mouse);
    const model::MouseBinding* binding =
        trigger ? binding_of(*loop_.mux_.pane(target.pane), *trigger, bypass) : nullptr;
    if (!binding || binding->action.name == "DisableDefaultAssignment") return false;
    const model::KeyAssignment action = binding->action; // it may reload the configuration
    Event before = std::exchange(event_, {model::to_value(*trigger), 0});
    loop_.update_ui_state();
    loop_.report(action, UiActions{loop_}.perform(0, target.pane, action, true));
    if (!event_.ticket) {
        event_ = std::move(before); // nobody was called: somebody of before may still run
        loop_.update_ui_state();
    }
    loop_.pacer_.damage(monotonic_ns());
    return true;
}

void MouseRouter::tell_program(const Target& target, const Mouse& mouse, Bypass bypass) {
    mux::Pane* pane = loop_.mux_.pane(target.pane);
    if (!pane || pane->is_frozen()) return;
    const bool tracked = pane->terminal().modes().mouse_tracking != terminal::MouseTracking::off;
    if (tracked && bypass == Bypass::allowed && bypass_of(mouse.modifiers) != model::Modifiers::none) return;
    terminal::MouseInput input = to_input(mouse, target.x, target.y);
    input.wheel_lines = static_cast<int>(
        std::clamp<std::int64_t>(loop_.option("alternate_buffer_wheel_scroll_speed").integer_or(3), 0, 100));
    std::string bytes = pane->terminal().encode_mouse(input);
    if (bytes.empty()) return;
    if (tracked && mouse.kind != Mouse::Kind::move && pane->viewport_top()) {
        pane->scroll_to({}); // the program thinks that the mouse is on its screen
        loop_.pacer_.damage(monotonic_ns());
    }
    loop_.mux_.send_bytes(target.pane, std::move(bytes));
}

bool MouseRouter::wants_all_motion() const {
    const model::WindowInfo* shown = loop_.window();
    if (!shown) return false;
    if (shown->tab_bar_visible || links_.has_rules()) return true;
    if (!shown->active_tab) return false;
    const auto& panes = shown->active_tab->panes;
    if (panes.size() > 1 && loop_.option("pane_focus_follows_mouse").boolean_or(false)) return true;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        const mux::Pane* pane = loop_.mux_.pane(panes[i].id());
        if (pane && pane->terminal().modes().mouse_tracking == terminal::MouseTracking::any_motion)
            return true;
    }
    return false;
}

} // namespace lunette::server
