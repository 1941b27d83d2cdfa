#include "cli/fixed_model.h"

#include "server/config_records.h"

#include <algorithm>
#include <set>
#include <utility>

namespace lunette::cli {

namespace {

constexpr std::int64_t columns = 120;
constexpr std::int64_t rows = 40;
constexpr std::int64_t cell_width = 8;
constexpr std::int64_t cell_height = 16;
constexpr const char* home = "/home/user";

Value process(std::int64_t pid, const std::string& program, const std::string& folder) {
    const std::string name = program.substr(program.rfind('/') + 1);
    return Value::map({{"pid", pid},
                       {"ppid", 1000},
                       {"name", name},
                       {"executable", program},
                       {"cwd", folder},
                       {"argv", Value::list({name})},
                       {"status", "Sleep"},
                       {"start_time", 1'700'000'000},
                       {"children", Value::map({})}});
}

} // namespace

Value FixedModel::batteries() {
    return Value::list({Value::map({{"state_of_charge", 0.8},
                                    {"vendor", "unknown"},
                                    {"model", "unknown"},
                                    {"serial", "unknown"},
                                    {"state", "Discharging"},
                                    {"time_to_empty", 7200.0}})});
}

FixedModel::FixedModel() {
    model::DomainInfo domain;
    domain.name = "local";
    domain.label = "local";
    domain.state = "Attached";
    domain.has_any_panes = true;
    domain_ = model::domain_schema().make(domain);

    model::OuterInfo outer;
    outer.is_attached = true;
    outer.is_focused = true;
    outer.tty_name = "/dev/pts/0";
    outer.term = "xterm-256color";
    outer.appearance = "Dark";
    outer.columns = columns;
    outer.rows = rows;
    outer.pixel_width = columns * cell_width;
    outer.pixel_height = rows * cell_height;
    outer_ = model::outer_schema().make(outer);

    model::ConfigInfo none;
    none.options = Value::map({});
    config_ = model::config_schema().make(config_id_, std::move(none));

    Window window = make_window(workspace_);
    window.info.title = "check";
    window.tabs.push_back(make_tab({make_pane("zsh", "/usr/bin/zsh", home)}));
    window.tabs.push_back(make_tab({make_pane("nvim src/main.cpp", "/usr/bin/nvim", "/home/user/project"),
                                    make_pane("zsh", "/usr/bin/zsh", "/home/user/project")}));
    window.tabs.push_back(
        make_tab({make_pane("cargo build", "/usr/bin/cargo", "/home/user/project/engine")}));
    window.tabs[1].panes[0].info.user_vars = Value::map({{"PROG", "nvim"}});
    window.active = 1;
    active_window_ = window.id;
    windows_.push_back(std::move(window));
    build();
}

FixedModel::Pane FixedModel::make_pane(std::string title, std::string program, std::string folder) {
    Pane pane;
    model::PaneInfo& info = pane.info;
    info.pane_id = next_pane_++;
    info.title = std::move(title);
    info.user_vars = Value::map({});
    info.progress = "None";
    info.cursor_shape = "Default";
    info.cursor_visibility = "Visible";
    info.domain_name = "local";
    info.tty_name = "/dev/pts/" + std::to_string(info.pane_id + 1);
    info.pid = 1001 + info.pane_id;
    info.foreground_process_info = process(info.pid, program, folder);
    info.foreground_process_name = std::move(program);
    info.current_working_dir = "file://localhost" + folder;
    return pane;
}

FixedModel::Tab FixedModel::make_tab(std::vector<Pane> panes) {
    Tab tab;
    tab.tab_id = next_tab_++;
    tab.panes = std::move(panes);
    return tab;
}

FixedModel::Window FixedModel::make_window(std::string workspace) {
    Window window;
    model::WindowInfo& info = window.info;
    info.window_id = next_window_++;
    info.workspace = std::move(workspace);
    info.columns = columns;
    info.rows = rows;
    info.pixel_width = columns * cell_width;
    info.pixel_height = rows * cell_height;
    info.dpi = 96;
    info.tab_bar_visible = true;
    return window;
}

void FixedModel::hover(std::optional<std::int64_t> tab) {
    windows_.front().info.hovered_tab = tab;
    build();
}

void FixedModel::set_config(model::ConfigInfo config) {
    config_ = model::config_schema().make(config_id_, std::move(config));
    for (Window& window : windows_) window.applied_overrides = {};
    build();
}

Ref<model::WindowInfo> FixedModel::window() const { return root_->windows[0]; }
Ref<model::PaneInfo> FixedModel::pane() const { return root_->windows[0]->active_pane; }

FixedModel::Place FixedModel::find(Id id) {
    for (Window& window : windows_) {
        if (window.id == id) return {&window, nullptr, nullptr};
        for (Tab& tab : window.tabs) {
            if (tab.id == id) return {&window, &tab, nullptr};
            for (Pane& pane : tab.panes)
                if (pane.id == id) return {&window, &tab, &pane};
        }
    }
    return {};
}

// Panes share the tab in columns of equal width: nobody looks at how they were split.
Ref<model::TabInfo> FixedModel::build_tab(Window& window, std::size_t index) {
    Tab& tab = window.tabs[index];
    const auto count = static_cast<std::int64_t>(tab.panes.size());
    std::vector<Ref<model::PaneInfo>> all, shown;
    for (std::int64_t i = 0; i < count; ++i) {
        Pane& pane = tab.panes[static_cast<std::size_t>(i)];
        model::PaneInfo& info = pane.info;
        info.tab_id = tab.tab_id;
        info.window_id = window.info.window_id;
        info.tab_record = tab.id;
        info.window_record = window.id;
        info.pane_index = i;
        info.is_active = static_cast<std::size_t>(i) == tab.active;
        info.is_zoomed = tab.zoomed && info.is_active;
        info.left = columns * i / count;
        info.width = columns * (i + 1) / count - info.left - (i + 1 < count ? 1 : 0);
        info.height = rows - 1;
        info.pixel_width = info.width * cell_width;
        info.pixel_height = info.height * cell_height;
        info.dpi = 96;
        info.scrollback_rows = info.height;
        all.push_back(model::pane_schema().make(pane.id, info));
        if (!tab.zoomed || info.is_active) shown.push_back(all.back());
    }
    model::TabInfo info;
    info.tab_id = tab.tab_id;
    info.window_id = window.info.window_id;
    info.window_record = window.id;
    info.tab_index = static_cast<std::int64_t>(index);
    info.is_active = index == window.active;
    info.is_zoomed = tab.zoomed;
    info.tab_title = tab.title;
    info.window_title = window.info.title;
    info.active_pane = all[tab.active];
    info.panes = List<model::PaneInfo>{std::move(shown)};
    info.all_panes = List<model::PaneInfo>{std::move(all)};
    info.cols = columns;
    info.rows = rows - 1;
    info.pixel_width = columns * cell_width;
    info.pixel_height = info.rows * cell_height;
    info.dpi = 96;
    return model::tab_schema().make(tab.id, std::move(info));
}

Ref<model::WindowInfo> FixedModel::build_window(Window& window) {
    std::vector<Ref<model::TabInfo>> tabs;
    for (std::size_t i = 0; i < window.tabs.size(); ++i) tabs.push_back(build_tab(window, i));
    model::WindowInfo info = window.info;
    info.is_active = window.id == active_window_;
    info.is_focused = info.is_active;
    info.active_tab = tabs[window.active];
    info.active_pane = info.active_tab->active_pane;
    info.tabs = List<model::TabInfo>{std::move(tabs)};
    if (!(info.config_overrides == window.applied_overrides)) {
        window.applied_overrides = info.config_overrides;
        window.config = server::window_config(*config_, info.config_overrides, problems_);
    }
    info.config = window.config;
    return model::window_schema().make(window.id, std::move(info));
}

void FixedModel::build() {
    model::AppInfo app;
    std::vector<Ref<model::WindowInfo>> windows;
    std::set<std::string> workspaces;
    for (Window& window : windows_) {
        windows.push_back(build_window(window));
        workspaces.insert(window.info.workspace);
        if (window.id == active_window_) app.active_window = windows.back();
    }
    app.windows = List<model::WindowInfo>{std::move(windows)};
    app.active_workspace = workspace_;
    app.workspaces = Value::list({workspaces.begin(), workspaces.end()});
    app.domains = List<model::DomainInfo>{{domain_}};
    app.default_domain_id = domain_->domain_id;
    app.config = config_;
    app.outer = outer_;
    root_ = model::app_schema().make(app_id_, std::move(app));
}

} // namespace lunette::cli
