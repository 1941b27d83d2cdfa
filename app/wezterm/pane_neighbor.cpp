#include "wezterm/pane_neighbor.h"

#include <algorithm>

namespace lunette::wezterm {

namespace {

using model::Direction;
using model::PaneInfo;

// Cells of edge that `to` shares with `from` when it lies on that side of it, one cell of border between
// them; 0 when it does not.
std::int64_t shared_edge(const PaneInfo& from, const PaneInfo& to, Direction direction) noexcept {
    const bool sideways = direction == Direction::left || direction == Direction::right;
    const bool touches = [&] {
        switch (direction) {
        case Direction::left: return to.left + to.width + 1 == from.left;
        case Direction::right: return from.left + from.width + 1 == to.left;
        case Direction::up: return to.top + to.height + 1 == from.top;
        default: return from.top + from.height + 1 == to.top;
        }
    }();
    if (!touches) return 0;
    const std::int64_t begin = sideways ? std::max(from.top, to.top) : std::max(from.left, to.left);
    const std::int64_t end = sideways ? std::min(from.top + from.height, to.top + to.height)
                                      : std::min(from.left + from.width, to.left + to.width);
    return std::max<std::int64_t>(end - begin, 0);
}

} // namespace

std::optional<Ref<PaneInfo>> pane_neighbor(const model::TabInfo& tab, Direction direction) {
    const auto& panes = tab.all_panes;
    if (!tab.active_pane || panes.empty()) return std::nullopt;
    if (direction == Direction::next || direction == Direction::previous) {
        const std::size_t step = direction == Direction::next ? 1 : panes.size() - 1;
        for (std::size_t i = 0; i < panes.size(); ++i)
            if (panes[i].id() == tab.active_pane.id()) return panes[(i + step) % panes.size()];
        return std::nullopt;
    }
    std::optional<Ref<PaneInfo>> best;
    std::int64_t most = 0;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        const std::int64_t shared = shared_edge(*tab.active_pane, panes.at(i), direction);
        if (shared > most) {
            most = shared;
            best = panes[i];
        }
    }
    return best;
}

} // namespace lunette::wezterm
