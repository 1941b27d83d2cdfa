#include "mux/mux.h"
#include "mux/tab_operations.h"

#include <algorithm>
#include <utility>

// Opening, closing and moving: the part of Mux that changes which objects there are.
namespace lunette::mux {

namespace {

int rows_beside_bar(const Window& window) noexcept {
    return std::max(static_cast<int>(window.state.rows) - (window.state.tab_bar_visible ? 1 : 0), 1);
}

Rect area_of(const Window& window) noexcept {
    const model::Padding& padding = window.state.padding;
    return {0, 0, static_cast<int>(window.state.columns) - padding.left - padding.right,
            rows_beside_bar(window) - padding.top - padding.bottom};
}

// A small window has none: panes keep at least half of it, and each of them a cell.
void pad(Window& window, model::Padding wanted, int least_columns, int least_rows) noexcept {
    const int columns = static_cast<int>(window.state.columns);
    const int rows = rows_beside_bar(window);
    if (columns - wanted.left - wanted.right < std::max(least_columns, (columns + 1) / 2))
        wanted.left = wanted.right = 0;
    if (rows - wanted.top - wanted.bottom < std::max(least_rows, (rows + 1) / 2))
        wanted.top = wanted.bottom = 0;
    window.state.padding = wanted;
}

} // namespace

void Mux::show_domains() {
    app_.domains.clear();
    for (const Domain& domain : domains_.all()) {
        model::DomainInfo info;
        info.domain_id = domain.id;
        info.name = domain.name;
        info.label = domain.label.empty() ? domain.name : domain.label;
        info.state = "Attached";
        app_.domains.push_back(std::move(info));
    }
    app_.default_domain_id = domains_.default_id();
    objects_.touch_app();
}

tl::expected<Id, std::string> Mux::open_pane(const model::SpawnOptions& options, const Rect& rect,
                                             CellSize cell, Id beside) {
    const Pane* neighbour = pane(beside);
    const std::size_t known = domains_.all().size();
    const auto domain =
        domains_.choose(options.domain, neighbour ? std::optional{neighbour->domain()} : std::nullopt);
    if (!domain) return tl::unexpected{domain.error()};
    if (domains_.all().size() != known) show_domains();
    Spawner::Request request{&options, objects_.next_pane_id(), rect, cell, {}, *domain};
    if (neighbour && domains_.of(neighbour->domain()).is_local())
        request.cwd = neighbour->working_directory(options_.host);
    if (!(*domain)->fixup.empty()) return open_waiting_pane(request, **domain);
    auto spawned = spawner_.spawn(request, settings_);
    if (!spawned) return tl::unexpected{std::move(spawned.error())};
    const Id id = spawned->pane->record();
    spawned->pane->set_domain((*domain)->id);
    Pane& opened = *objects_.add_pane(std::move(spawned->pane)).pane;
    if (options_.loop) options_.loop->watch(id, opened.fd(), opened.exit_fd());
    if (!spawned->notice.empty()) {
        opened.inject("\x1b[33m" + spawned->notice + "\x1b[0m\r\n");
        emit(Notification{id, 0, "", std::move(spawned->notice), "", 0});
    }
    processes_.ask(id);
    emit(PaneOpened{id});
    objects_.touch_app();
    return id;
}

Window& Mux::new_window(const std::string& workspace, std::optional<std::int64_t> columns,
                        std::optional<std::int64_t> rows) {
    Window& window = objects_.add_window();
    window.state.workspace = workspace;
    window.cell = cell_;
    const bool shown = outer_.is_attached && outer_.columns > 0;
    window.state.columns = shown ? outer_.columns : columns && rows ? *columns : settings_.initial_columns;
    window.state.rows = shown ? outer_.rows : columns && rows ? *rows : settings_.initial_rows;
    window.state.columns = std::clamp<std::int64_t>(window.state.columns, 1, terminal::Terminal::max_columns);
    window.state.rows = std::clamp<std::int64_t>(window.state.rows, 1, terminal::Terminal::max_rows);
    window.state.tab_bar_visible = settings_.enable_tab_bar && !settings_.hide_tab_bar_if_only_one_tab;
    pad(window, settings_.padding, 1, 1);
    return window;
}

model::Spawned Mux::adopt_in_new_tab(Window& window, Id pane) {
    Tab& tab = objects_.add_tab(window, window.tabs.size());
    objects_.pane(pane)->tab = tab.record;
    const Rect area = area_of(window);
    tab.tree.set_root(pane, area.columns, area.rows);
    tab.recent.push_back(pane);
    activate_tab(window, tab.record);
    update_layout(window);
    fit_panes(objects_, tab);
    return {tab.record, pane, window.record};
}

tl::expected<model::Spawned, std::string> Mux::open_tab(Window& window, const model::SpawnOptions& options) {
    const auto pane = open_pane(options, area_of(window), window.cell, active_pane(window.record));
    if (!pane) return tl::unexpected{pane.error()};
    return adopt_in_new_tab(window, *pane);
}

tl::expected<model::Spawned, std::string> Mux::open_window(const model::SpawnWindow& command) {
    const Id beside = active_pane(app_.active_window);
    const std::string workspace = command.workspace.value_or(app_.active_workspace);
    Window& window = new_window(workspace, command.columns, command.rows);
    const auto pane = open_pane(command.spawn, area_of(window), window.cell, beside);
    if (!pane) {
        objects_.erase_window(window.record);
        return tl::unexpected{pane.error()};
    }
    const model::Spawned spawned = adopt_in_new_tab(window, *pane);
    if (workspace == app_.active_workspace) show_window(window.record);
    return spawned;
}

tl::expected<Id, std::string> Mux::split(const model::SplitPane& command) {
    Tab* tab = objects_.tab_of(command.pane);
    if (!tab) return tl::unexpected{std::string{"the pane to split is gone"}};
    if (command.direction == model::Direction::next || command.direction == model::Direction::previous)
        return tl::unexpected{std::string{"a pane is split to the left, right, up or down"}};
    if (command.move_pane == command.pane)
        return tl::unexpected{std::string{"a pane cannot be moved into a split of itself"}};
    const Id tab_id = tab->record;

    // Try the geometry before anything is started.
    constexpr Id probe = ~Id{0};
    if (command.move_pane) {
        if (!objects_.pane(command.move_pane)) return tl::unexpected{std::string{"the pane to move is gone"}};
    }
    if (!tab->tree.split(command.pane, command.direction, command.size, command.top_level, probe))
        return tl::unexpected{std::string{"no room to split this pane"}};
    const Rect rect = *tab->tree.place_of(probe);
    const Window& window = *objects_.window(tab->window);

    Id added = command.move_pane;
    if (!added) {
        const auto opened = open_pane(command.spawn, rect, window.cell, command.pane);
        if (!opened) {
            tab->tree.remove(probe);
            return tl::unexpected{opened.error()};
        }
        added = *opened;
    } else {
        // In the same tab the tree holds it twice for a moment: the old place goes.
        detach_pane(added);
        tab = objects_.tab(tab_id);
    }
    std::vector<Id> order;
    for (const Placed& placed : tab->tree.placed())
        order.push_back(placed.pane == probe ? added : placed.pane);
    tab->tree.assign(order);
    objects_.pane(added)->tab = tab->record;
    tab->zoomed = 0;
    make_most_recent(tab->recent, added);
    fit_panes(objects_, *tab);
    return added;
}

Reply Mux::swap_panes(Id pane, Id other) {
    Tab* tab = objects_.tab_of(pane);
    if (!tab || pane == other || objects_.tab_of(other) != tab)
        return tl::unexpected{std::string{"panes of one tab change places"}};
    lunette::mux::swap_panes(objects_, *tab, pane, other);
    return Value{};
}

void Mux::detach_pane(Id id) {
    Tab* tab = objects_.tab_of(id);
    if (!tab) return;
    if (!take_out(objects_, *tab, id))
        drop_tab(tab->record);
    else
        update_layout(*objects_.window(tab->window)); // there may be room for the padding again
}

void Mux::close_pane(Id id) {
    PaneEntry* entry = objects_.pane(id);
    if (!entry) return;
    if (options_.loop) options_.loop->unwatch(id);
    terminal::Pty pty = entry->pane->release();
    if (pty.exit_fd() >= 0 && !pty.poll_exit()) dying_.push_back(std::move(pty));
    waiting_.erase(id);
    detach_pane(id);
    processes_.forget(id);
    writing_.erase(id);
    objects_.erase_pane(id);
    objects_.touch_app();
    emit(PaneClosed{id});
    if (objects_.pane_count() == 0) emit(Emptied{});
}

void Mux::close_tab(Id id) {
    std::vector<Id> panes;
    if (const Tab* tab = objects_.tab(id))
        for (const Placed& placed : tab->tree.placed()) panes.push_back(placed.pane);
    for (const Id pane : panes) close_pane(pane);
}

void Mux::drop_tab(Id id) {
    const Tab* tab = objects_.tab(id);
    Window* window = tab ? objects_.window(tab->window) : nullptr;
    if (!window) return;
    const bool was_active = window->active_tab() == id;
    const auto index = std::find(window->tabs.begin(), window->tabs.end(), id) - window->tabs.begin();
    objects_.erase_tab(id);
    if (window->tabs.empty()) {
        drop_window(window->record);
        return;
    }
    if (was_active && !settings_of(window->record).switch_to_last_active_tab_when_closing_tab) {
        // The one that moves to its place, as in WezTerm.
        const auto next = std::min<std::size_t>(static_cast<std::size_t>(index), window->tabs.size() - 1);
        make_most_recent(window->recent, window->tabs[next]);
    }
    update_layout(*window);
}

void Mux::drop_window(Id id) {
    objects_.erase_window(id);
    window_settings_.erase(id);
    std::erase_if(last_shown_, [&](const auto& shown) { return shown.second == id; });
    if (app_.active_window == id) app_.active_window = 0;
    emit(WindowClosed{id});
}

void Mux::activate_tab(Window& window, Id id) {
    if (window.active_tab() == id) return;
    // Three at most change: the new one, the old one, and the last one before.
    for (const Id tab : {window.active_tab(), window.last_active_tab(), id}) objects_.touch_tab(tab);
    make_most_recent(window.recent, id);
    objects_.touch_window(window.record);
}

void Mux::update_layout(Window& window) {
    const Settings& settings = settings_of(window.record);
    window.state.tab_bar_visible =
        settings.enable_tab_bar && (window.tabs.size() > 1 || !settings.hide_tab_bar_if_only_one_tab);
    int least_columns = 1;
    int least_rows = 1;
    for (const Id tab : window.tabs) {
        least_columns = std::max(least_columns, objects_.tab(tab)->tree.least_columns());
        least_rows = std::max(least_rows, objects_.tab(tab)->tree.least_rows());
    }
    pad(window, settings.padding, least_columns, least_rows);
    objects_.touch_window(window.record);
    const Rect area = area_of(window);
    for (const Id tab : window.tabs) resize_tab(objects_, *objects_.tab(tab), area.columns, area.rows);
}

void Mux::resize_window(Window& window, int columns, int rows, CellSize cell) {
    const bool same_cell = window.cell == cell;
    window.cell = cell;
    window.state.columns = std::clamp(columns, 1, terminal::Terminal::max_columns);
    window.state.rows = std::clamp(rows, 1, terminal::Terminal::max_rows);
    update_layout(window);
    if (same_cell) return;
    for (const Id tab : window.tabs) fit_panes(objects_, *objects_.tab(tab));
}

void Mux::show_window(Id id) {
    Window* window = objects_.window(id);
    if (!window) return;
    if (outer_.is_attached && outer_.columns > 0 && outer_.rows > 0 &&
        (window->state.columns != outer_.columns || window->state.rows != outer_.rows ||
         window->cell != cell_))
        resize_window(*window, static_cast<int>(outer_.columns), static_cast<int>(outer_.rows), cell_);
    if (app_.active_window != id) {
        if (Window* before = objects_.window(app_.active_window)) {
            before->state.is_focused = false;
            objects_.touch_window(before->record);
        }
        app_.active_window = id;
        objects_.touch_window(id);
        objects_.touch_app();
    }
    last_shown_[window->state.workspace] = id;
    if (app_.active_workspace != window->state.workspace) {
        app_.active_workspace = window->state.workspace;
        objects_.touch_app();
        emit(ActiveWorkspaceChanged{app_.active_workspace});
    }
}

bool Mux::show_workspace(const std::string& workspace) {
    if (const auto last = last_shown_.find(workspace); last != last_shown_.end()) {
        if (const Window* window = objects_.window(last->second);
            window && window->state.workspace == workspace) {
            show_window(window->record);
            return true;
        }
    }
    for (const auto& window : objects_.windows())
        if (window->state.workspace == workspace) {
            show_window(window->record);
            return true;
        }
    return false;
}

// After the shown window has gone, or before the first one.
void Mux::show_something() {
    if (app_.active_window || objects_.windows().empty()) return;
    if (!show_workspace(app_.active_workspace)) show_window(objects_.windows().back()->record);
}

} // namespace lunette::mux
