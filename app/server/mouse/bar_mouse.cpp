#include "server/mouse/bar_mouse.h"

#include "server/ui_actions.h"
#include "server/ui_loop.h"

#include "wezterm/requests.h"

#include <string_view>
#include <utility>

namespace lunette::server {

namespace {

using Area = model::TabBarArea::Kind;
using Button = Mouse::Button;

std::string_view name_of(Button button) noexcept {
    return button == Button::left ? "Left" : button == Button::middle ? "Middle" : "Right";
}

} // namespace

void BarMouse::take(const Mouse& mouse) {
    if (is_wheel(mouse.kind)) return turn_wheel(mouse);
    const auto spot = loop_.tab_bar_.at(mouse.x);
    if (spot && mouse.kind == Mouse::Kind::press && mouse.button != Button::none &&
        mouse.button <= Button::right)
        press(mouse, *spot);
}

void BarMouse::hover(const std::optional<TabBarPresenter::Spot>& spot) {
    const bool over_tab = spot && (spot->kind == Area::tab || spot->kind == Area::close_tab);
    if (loop_.tab_bar_.hover_new_tab(spot && spot->kind == Area::new_tab))
        loop_.pacer_.damage(monotonic_ns());
    const auto hovered = over_tab ? std::optional{spot->tab_id} : std::nullopt;
    if (std::exchange(hovered_tab_, hovered) != hovered) loop_.update_ui_state();
}

void BarMouse::turn_wheel(const Mouse& mouse) {
    if (!loop_.option("mouse_wheel_scrolls_tabs").boolean_or(true)) return;
    if (mouse.kind != Mouse::Kind::wheel_up && mouse.kind != Mouse::Kind::wheel_down) return;
    const std::int64_t step = mouse.kind == Mouse::Kind::wheel_up ? -1 : 1;
    UiActions{loop_}.perform(0, 0, {"ActivateTabRelative", step}, false);
}

void BarMouse::press(const Mouse& mouse, const TabBarPresenter::Spot& spot) {
    if (spot.kind == Area::new_tab)
        press_new_tab(mouse.button);
    else if (spot.kind == Area::tab || spot.kind == Area::close_tab)
        press_tab(mouse, spot);
}

// As WezTerm: the handler is told what would be done, and may keep it from being done.
void BarMouse::press_new_tab(Button button) {
    std::optional<model::KeyAssignment> action;
    if (button == Button::left) action = {"SpawnTab", "CurrentPaneDomain"};
    if (button == Button::right) action = {"ShowLauncher", {}};
    if (loop_.engine_.has_handler("new-tab-button-click")) {
        EmitOptions options;
        if (action)
            options.otherwise =
                wezterm::request(model::PerformAction{loop_.mux_.active_window(), 0, *action});
        loop_.events_.emit("new-tab-button-click", {name_of(button), action ? action->to_value() : Value{}},
                           0, std::move(options));
    } else if (action) {
        loop_.report(*action, UiActions{loop_}.perform(0, 0, *action, false));
    }
}

void BarMouse::press_tab(const Mouse& mouse, const TabBarPresenter::Spot& spot) {
    const model::WindowInfo& shown = *loop_.window();
    for (std::size_t i = 0; i < shown.tabs.size(); ++i) {
        const model::TabInfo& tab = shown.tabs.at(i);
        if (tab.tab_id != spot.tab_id) continue;
        const bool closes = spot.kind == Area::close_tab && mouse.button == Button::left;
        if (closes || mouse.button == Button::middle)
            UiActions{loop_}.perform(0, tab.active_pane.id(),
                                     {"CloseCurrentTab", Value::map({{"confirm", true}})}, false);
        else if (mouse.button == Button::left)
            loop_.mux_.apply(model::ActivateTab{shown.tabs[i].id()});
        else
            UiActions{loop_}.perform(0, 0, {"ShowTabNavigator", {}}, false);
        return;
    }
}

} // namespace lunette::server
