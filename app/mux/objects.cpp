#include "mux/objects.h"

#include <algorithm>

namespace lunette::mux {

Rect Tab::place_of(Id pane) const noexcept {
    if (pane == zoomed) return {0, 0, tree.columns(), tree.rows()};
    return tree.place_of(pane).value_or(Rect{});
}

void make_most_recent(std::vector<Id>& recent, Id id) {
    std::erase(recent, id);
    recent.push_back(id);
}

Window& Objects::add_window() {
    auto window = std::make_unique<Window>();
    window->record = next_id();
    window->state.window_id = next_window_id_++;
    windows_.push_back(std::move(window));
    touch_window(windows_.back()->record);
    touch_app();
    return *windows_.back();
}

Tab& Objects::add_tab(Window& window, std::size_t index) {
    auto tab = std::make_unique<Tab>();
    tab->record = next_id();
    tab->tab_id = next_tab_id_++;
    tab->window = window.record;
    Tab& added = *tab;
    tabs_.emplace(added.record, std::move(tab));
    index = std::min(index, window.tabs.size());
    window.tabs.insert(window.tabs.begin() + static_cast<std::ptrdiff_t>(index), added.record);
    window.recent.insert(window.recent.begin(), added.record);
    touch_tabs_of(window);
    return added;
}

PaneEntry& Objects::add_pane(std::unique_ptr<Pane> pane) {
    const Id id = pane->record();
    PaneEntry& entry = panes_[id];
    entry.pane = std::move(pane);
    touch_pane(id);
    return entry;
}

void Objects::erase_pane(Id pane) { panes_.erase(pane); }

void Objects::erase_tab(Id id) {
    const Tab* gone = tab(id);
    if (!gone) return;
    if (Window* owner = window(gone->window)) {
        std::erase(owner->tabs, id);
        std::erase(owner->recent, id);
        touch_tabs_of(*owner);
    }
    tabs_.erase(id);
}

void Objects::erase_window(Id id) {
    std::erase_if(windows_, [&](const auto& window) { return window->record == id; });
    touch_app();
}

PaneEntry* Objects::pane(Id id) noexcept {
    const auto found = panes_.find(id);
    return found == panes_.end() ? nullptr : &found->second;
}
const PaneEntry* Objects::pane(Id id) const noexcept {
    const auto found = panes_.find(id);
    return found == panes_.end() ? nullptr : &found->second;
}
Tab* Objects::tab(Id id) noexcept {
    const auto found = tabs_.find(id);
    return found == tabs_.end() ? nullptr : found->second.get();
}
const Tab* Objects::tab(Id id) const noexcept {
    const auto found = tabs_.find(id);
    return found == tabs_.end() ? nullptr : found->second.get();
}
const Window* Objects::window(Id id) const noexcept {
    for (const auto& window : windows_)
        if (window->record == id) return window.get();
    return nullptr;
}
Window* Objects::window(Id id) noexcept {
    return const_cast<Window*>(static_cast<const Objects*>(this)->window(id));
}

std::vector<Id> Objects::pane_ids() const {
    std::vector<Id> ids;
    ids.reserve(panes_.size());
    for (const auto& [id, entry] : panes_) ids.push_back(id);
    return ids;
}

Tab* Objects::tab_of(Id id) noexcept {
    const PaneEntry* entry = pane(id);
    return entry ? tab(entry->tab) : nullptr;
}

Window* Objects::window_of(Id id) noexcept {
    const Tab* owner = tab_of(id);
    return owner ? window(owner->window) : nullptr;
}

void Objects::touch_pane(Id id) {
    PaneEntry* entry = pane(id);
    if (!entry || entry->changed) return;
    entry->changed = true;
    changed_.panes.push_back(id);
}

void Objects::touch_tab(Id id) {
    Tab* found = tab(id);
    if (!found || found->changed) return;
    found->changed = true;
    changed_.tabs.push_back(id);
}

void Objects::touch_window(Id id) {
    Window* found = window(id);
    if (!found || found->changed) return;
    found->changed = true;
    changed_.windows.push_back(id);
}

void Objects::touch_panes_of(const Tab& tab) {
    touch_tab(tab.record);
    for (const Placed& placed : tab.tree.placed()) touch_pane(placed.pane);
}

void Objects::touch_tabs_of(const Window& window) {
    touch_window(window.record);
    for (const Id tab : window.tabs) touch_tab(tab);
}

} // namespace lunette::mux
