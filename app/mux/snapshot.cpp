#include "mux/snapshot.h"

#include <algorithm>
#include <set>
#include <utility>

namespace lunette::mux {

namespace {

constexpr std::int64_t assumed_dpi = 96; // a terminal does not tell

// The old list when it holds the same records, so that nobody sees a change.
template<class T>
List<T> share_list(const List<T>& before, std::vector<Ref<T>> items) {
    bool same = before.size() == items.size() && before.node();
    for (std::size_t i = 0; same && i < items.size(); ++i) same = before[i] == items[i];
    return same ? before : List<T>{std::move(items)};
}

} // namespace

template<class T>
void SnapshotBuilder::update(Ref<T>& current, const TypedSchema<T>& schema, Id id, T&& value, bool& changed) {
    if (current && *current == value) return;
    current = schema.make(id, std::move(value));
    ++made_;
    changed = true;
}

const Ref<model::AppInfo>& SnapshotBuilder::build(Objects& objects, const App& app) {
    Objects::Changed& changed = objects.changed();
    // Building a pane may touch its tab, a tab its window: each list is complete when its turn comes.
    for (std::size_t i = 0; i < changed.panes.size(); ++i) build_pane(objects, app, changed.panes[i]);
    changed.panes.clear();
    for (std::size_t i = 0; i < changed.tabs.size(); ++i) build_tab(objects, changed.tabs[i]);
    changed.tabs.clear();
    for (std::size_t i = 0; i < changed.windows.size(); ++i) build_window(objects, app, changed.windows[i]);
    changed.windows.clear();
    if (objects.take_app_changed() || app_stale_) build_app(objects, app);
    app_stale_ = false;
    return newest_;
}

void SnapshotBuilder::build_pane(Objects& objects, const App& app, Id id) {
    PaneEntry* entry = objects.pane(id);
    if (!entry) return; // closed since
    entry->changed = false;
    const Tab* tab = objects.tab(entry->tab);
    const Window* window = tab ? objects.window(tab->window) : nullptr;
    if (!window) return;
    model::PaneInfo info;
    entry->pane->fill(info, app.host);
    info.tab_id = tab->tab_id;
    info.window_id = window->state.window_id;
    info.tab_record = tab->record;
    info.window_record = window->record;
    const auto& placed = tab->tree.placed();
    const auto here =
        std::find_if(placed.begin(), placed.end(), [&](const Placed& p) { return p.pane == id; });
    info.pane_index = here - placed.begin();
    info.is_active = tab->active() == id;
    info.is_zoomed = tab->zoomed == id;
    const Rect rect = tab->place_of(id);
    info.left = rect.left;
    info.top = rect.top;
    info.width = rect.columns;
    info.height = rect.rows;
    info.pixel_width = rect.columns * window->cell.width;
    info.pixel_height = rect.rows * window->cell.height;
    info.dpi = assumed_dpi;
    const auto domain = static_cast<std::size_t>(entry->pane->domain());
    const model::DomainInfo& shown = app.domains[domain < app.domains.size() ? domain : 0];
    info.domain_id = shown.domain_id;
    info.domain_name = shown.name;
    bool changed = false;
    update(entry->info, model::pane_schema(), id, std::move(info), changed);
    if (changed) objects.touch_tab(entry->tab);
}

void SnapshotBuilder::build_tab(Objects& objects, Id id) {
    Tab* tab = objects.tab(id);
    if (!tab) return;
    tab->changed = false;
    const Window* window = objects.window(tab->window);
    if (!window) return;
    model::TabInfo info;
    info.tab_id = tab->tab_id;
    info.window_id = window->state.window_id;
    info.window_record = window->record;
    info.tab_index = std::find(window->tabs.begin(), window->tabs.end(), id) - window->tabs.begin();
    info.is_active = window->active_tab() == id;
    info.is_last_active = window->last_active_tab() == id;
    info.is_zoomed = tab->zoomed != 0;
    info.tab_title = tab->title;
    info.window_title = window->state.title;
    std::vector<Ref<model::PaneInfo>> all;
    for (const Placed& placed : tab->tree.placed()) all.push_back(objects.pane(placed.pane)->info);
    const model::TabInfo before = tab->info ? *tab->info : model::TabInfo{};
    info.all_panes = share_list(before.all_panes, std::move(all));
    info.panes = tab->zoomed ? share_list(before.panes, {objects.pane(tab->zoomed)->info}) : info.all_panes;
    if (const PaneEntry* active = objects.pane(tab->active())) info.active_pane = active->info;
    info.cols = tab->tree.columns();
    info.rows = tab->tree.rows();
    info.pixel_width = info.cols * window->cell.width;
    info.pixel_height = info.rows * window->cell.height;
    info.dpi = assumed_dpi;
    bool changed = false;
    update(tab->info, model::tab_schema(), id, std::move(info), changed);
    if (changed) objects.touch_window(tab->window);
}

void SnapshotBuilder::build_window(Objects& objects, const App& app, Id id) {
    Window* window = objects.window(id);
    if (!window) return;
    window->changed = false;
    model::WindowInfo info = window->state;
    info.is_active = app.active_window == id;
    std::vector<Ref<model::TabInfo>> tabs;
    tabs.reserve(window->tabs.size());
    for (const Id tab : window->tabs) tabs.push_back(objects.tab(tab)->info);
    info.tabs = share_list(window->info ? window->info->tabs : List<model::TabInfo>{}, std::move(tabs));
    if (const Tab* active = objects.tab(window->active_tab())) {
        info.active_tab = active->info;
        info.active_pane = active->info->active_pane;
    }
    info.pixel_width = info.columns * window->cell.width;
    info.pixel_height = info.rows * window->cell.height;
    info.dpi = assumed_dpi;
    bool changed = false;
    update(window->info, model::window_schema(), id, std::move(info), changed);
    if (changed) app_stale_ = true;
}

void SnapshotBuilder::build_app(Objects& objects, const App& app) {
    model::AppInfo info;
    const model::AppInfo before = newest_ ? *newest_ : model::AppInfo{};
    std::vector<Ref<model::WindowInfo>> windows;
    std::set<std::string> names;
    for (const auto& window : objects.windows()) {
        windows.push_back(window->info);
        names.insert(window->state.workspace);
        if (window->record == app.active_window) info.active_window = window->info;
    }
    info.windows = share_list(before.windows, std::move(windows));
    info.active_workspace = app.active_workspace;
    std::vector<Value> workspaces{names.begin(), names.end()};
    info.workspaces = Value::list(std::move(workspaces));
    domains_.resize(app.domains.size());
    while (domain_records_.size() < domains_.size()) domain_records_.push_back(next_id());
    std::vector<bool> in_use(domains_.size());
    for (const Id pane : objects.pane_ids())
        if (const auto at = static_cast<std::size_t>(objects.pane(pane)->pane->domain()); at < in_use.size())
            in_use[at] = true;
    bool changed = false;
    for (std::size_t i = 0; i < app.domains.size(); ++i) {
        model::DomainInfo domain = app.domains[i];
        domain.has_any_panes = in_use[i];
        update(domains_[i], model::domain_schema(), domain_records_[i], std::move(domain), changed);
    }
    info.domains = share_list(before.domains, domains_);
    info.default_domain_id = app.default_domain_id;
    info.config = app.config;
    info.outer = app.outer;
    update(newest_, model::app_schema(), app_record_, std::move(info), changed);
}

} // namespace lunette::mux
