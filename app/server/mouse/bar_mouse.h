#pragma once

#include "server/mouse/mouse.h"
#include "server/tab_bar_presenter.h"

#include <cstdint>
#include <optional>

namespace lunette::server {

class UiLoop;

// The mouse over the tab bar: which tab it points at, clicks, and the wheel. UI thread only.
class BarMouse {
public:
    explicit BarMouse(UiLoop& loop) noexcept : loop_{loop} {}

    void take(const Mouse& mouse);
    // It points at this; nothing: elsewhere.
    void hover(const std::optional<TabBarPresenter::Spot>& spot);
    // tab_id of the tab under the mouse.
    std::optional<std::int64_t> hovered_tab() const noexcept { return hovered_tab_; }

private:
    void press(const Mouse& mouse, const TabBarPresenter::Spot& spot);
    void press_new_tab(Mouse::Button button);
    void press_tab(const Mouse& mouse, const TabBarPresenter::Spot& spot);
    void turn_wheel(const Mouse& mouse);

    UiLoop& loop_;
    std::optional<std::int64_t> hovered_tab_;
};

} // namespace lunette::server
