#include "server/mouse/split_drag.h"

namespace lunette::server {

std::optional<SplitDrag::Held> SplitDrag::find(const model::TabInfo& tab, int x, int y) {
    for (std::size_t i = 0; i < tab.panes.size(); ++i) {
        const model::PaneInfo& pane = tab.panes.at(i);
        const bool beside = y >= pane.top && y < pane.top + pane.height;
        const bool below = x >= pane.left && x < pane.left + pane.width;
        if (beside && x == pane.left + pane.width && x < tab.cols)
            return Held{tab.panes[i].id(), model::Direction::right, static_cast<int>(pane.left)};
        if (below && y == pane.top + pane.height && y < tab.rows)
            return Held{tab.panes[i].id(), model::Direction::down, static_cast<int>(pane.top)};
    }
    return std::nullopt;
}

bool SplitDrag::begin(const model::TabInfo& tab, int x, int y) {
    held_ = find(tab, x, y);
    // Where lines meet no pane ends.
    if (!held_) held_ = find(tab, x, y - 1);
    if (!held_) held_ = find(tab, x - 1, y);
    return held_.has_value();
}

void SplitDrag::move(int x, int y) {
    const mux::Pane* pane = mux_.pane(held_->pane);
    if (!pane) return end();
    const bool sideways = held_->side == model::Direction::right;
    // The terminal's size is the newest: a snapshot may be of before the last movement.
    const int line = held_->origin + (sideways ? pane->terminal().columns() : pane->terminal().rows());
    const int cells = (sideways ? x : y) - line;
    if (cells != 0) mux_.apply(model::AdjustPaneSize{held_->pane, held_->side, cells});
}

} // namespace lunette::server
