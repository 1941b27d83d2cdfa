#include "server/visible_change.h"

namespace lunette::server {

namespace {

bool looks_different(const Ref<model::PaneInfo>& before, const Ref<model::PaneInfo>& after) noexcept {
    if (before == after) return false;
    if (before.id() != after.id()) return true;
    const model::PaneInfo& a = *before;
    const model::PaneInfo& b = *after;
    return a.left != b.left || a.top != b.top || a.width != b.width || a.height != b.height ||
           a.content_sequence != b.content_sequence || a.cursor_x != b.cursor_x || a.cursor_y != b.cursor_y ||
           a.cursor_shape != b.cursor_shape || a.cursor_visibility != b.cursor_visibility ||
           a.is_dead != b.is_dead || a.has_selection != b.has_selection || a.reverse_video != b.reverse_video;
}

} // namespace

bool looks_different(const Ref<model::WindowInfo>& before, const Ref<model::WindowInfo>& after) noexcept {
    if (before == after) return false;
    if (!before || !after || before.id() != after.id()) return true;
    const model::WindowInfo& a = *before;
    const model::WindowInfo& b = *after;
    if (a.columns != b.columns || a.rows != b.rows || a.tab_bar_visible != b.tab_bar_visible ||
        a.padding != b.padding || a.hovered_tab != b.hovered_tab || a.active_tab.id() != b.active_tab.id() ||
        a.active_pane.id() != b.active_pane.id() || !(a.config == b.config))
        return true;
    if (a.active_tab == b.active_tab) return false;
    const auto& panes_before = a.active_tab->panes;
    const auto& panes_after = b.active_tab->panes;
    if (panes_before.size() != panes_after.size()) return true;
    for (std::size_t i = 0; i < panes_after.size(); ++i)
        if (looks_different(panes_before[i], panes_after[i])) return true;
    return false;
}

} // namespace lunette::server
