#include "mux/tab_operations.h"

#include <algorithm>

namespace lunette::mux {

using model::Direction;

void fit_panes(Objects& objects, const Tab& tab) {
    const Window* window = objects.window(tab.window);
    const CellSize cell = window ? window->cell : CellSize{};
    for (const Placed& placed : tab.tree.placed())
        if (PaneEntry* entry = objects.pane(placed.pane))
            entry->pane->resize(tab.place_of(placed.pane), cell);
    objects.touch_panes_of(tab);
}

void resize_tab(Objects& objects, Tab& tab, int columns, int rows) {
    if (tab.tree.columns() == columns && tab.tree.rows() == rows) return;
    tab.tree.resize(columns, rows);
    fit_panes(objects, tab);
}

void focus_pane(Objects& objects, Tab& tab, Id pane) {
    if (tab.active() == pane) return;
    objects.touch_pane(tab.active());
    make_most_recent(tab.recent, pane);
    objects.touch_pane(pane);
    objects.touch_tab(tab.record);
    if (tab.zoomed && tab.zoomed != pane) set_zoomed(objects, tab, 0);
}

Id pane_in_direction(const Tab& tab, Id from, Direction direction) {
    const auto& placed = tab.tree.placed();
    if (direction == Direction::next || direction == Direction::previous) {
        const auto here =
            std::find_if(placed.begin(), placed.end(), [&](const Placed& p) { return p.pane == from; });
        if (here == placed.end() || placed.size() < 2) return 0;
        const std::size_t index = static_cast<std::size_t>(here - placed.begin());
        const std::size_t step = direction == Direction::next ? 1 : placed.size() - 1;
        return placed[(index + step) % placed.size()].pane;
    }
    Id best = 0;
    std::ptrdiff_t best_rank = -1;
    for (const Id candidate : tab.tree.neighbours(from, direction)) {
        const auto rank = std::find(tab.recent.begin(), tab.recent.end(), candidate) - tab.recent.begin();
        if (rank > best_rank) {
            best = candidate;
            best_rank = rank;
        }
    }
    return best;
}

bool set_zoomed(Objects& objects, Tab& tab, Id pane) {
    if (tab.zoomed == pane) return false;
    tab.zoomed = pane;
    fit_panes(objects, tab);
    return true;
}

bool adjust_size(Objects& objects, Tab& tab, Id pane, Direction direction, int cells) {
    if (!tab.tree.adjust(pane, direction, cells)) return false;
    fit_panes(objects, tab);
    return true;
}

void rotate(Objects& objects, Tab& tab, bool clockwise) {
    std::vector<Id> order;
    for (const Placed& placed : tab.tree.placed()) order.push_back(placed.pane);
    if (order.size() < 2) return;
    const auto active = std::find(order.begin(), order.end(), tab.active()) - order.begin();
    if (clockwise)
        std::rotate(order.begin(), order.end() - 1, order.end());
    else
        std::rotate(order.begin(), order.begin() + 1, order.end());
    tab.tree.assign(order);
    tab.zoomed = 0;
    make_most_recent(tab.recent, order[static_cast<std::size_t>(active)]);
    fit_panes(objects, tab);
}

void swap_panes(Objects& objects, Tab& tab, Id pane, Id other) {
    std::vector<Id> order;
    for (const Placed& placed : tab.tree.placed()) order.push_back(placed.pane);
    std::iter_swap(std::find(order.begin(), order.end(), pane), std::find(order.begin(), order.end(), other));
    tab.tree.assign(order);
    tab.zoomed = 0;
    fit_panes(objects, tab);
}

bool take_out(Objects& objects, Tab& tab, Id pane) {
    objects.touch_panes_of(tab);
    tab.tree.remove(pane);
    std::erase(tab.recent, pane);
    if (tab.zoomed) tab.zoomed = 0;
    if (tab.tree.empty()) return false;
    fit_panes(objects, tab);
    return true;
}

} // namespace lunette::mux
