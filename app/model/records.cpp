#include "model/records.h"

namespace lunette::model {

const TypedSchema<PaneInfo>& pane_schema() {
    using T = PaneInfo;
    static const TypedSchema<PaneInfo> schema =
        lunette::schema<T>("PaneInfo")
            .field("pane_id", &T::pane_id)
            .field("tab_id", &T::tab_id)
            .field("window_id", &T::window_id)
            .field("pane_index", &T::pane_index)
            .field("is_active", &T::is_active)
            .field("is_zoomed", &T::is_zoomed)
            .field("left", &T::left)
            .field("top", &T::top)
            .field("width", &T::width)
            .field("height", &T::height)
            .field("pixel_width", &T::pixel_width)
            .field("pixel_height", &T::pixel_height)
            .field("dpi", &T::dpi)
            .field("title", &T::title)
            .field("user_vars", &T::user_vars)
            .field("progress", &T::progress)
            .field("has_unseen_output", &T::has_unseen_output)
            .field("has_unseen_bell", &T::has_unseen_bell)
            .field("is_alt_screen_active", &T::is_alt_screen_active)
            .field("reverse_video", &T::reverse_video)
            .field("password_input", &T::password_input)
            .field("is_dead", &T::is_dead)
            .field("has_selection", &T::has_selection)
            .field("cursor_x", &T::cursor_x)
            .field("cursor_y", &T::cursor_y)
            .field("cursor_shape", &T::cursor_shape)
            .field("cursor_visibility", &T::cursor_visibility)
            // get_dimensions() calls the pane's size so.
            .field("cols", &T::width)
            .field("viewport_rows", &T::height)
            .field("scrollback_rows", &T::scrollback_rows)
            .field("physical_top", &T::physical_top)
            .field("scrollback_top", &T::scrollback_top)
            .field("content_sequence", &T::content_sequence)
            .field("domain_name", &T::domain_name)
            .field("domain_id", &T::domain_id)
            .field("tty_name", &T::tty_name)
            .field("pid", &T::pid)
            .field("foreground_process_name", &T::foreground_process_name)
            .field("foreground_process_info", &T::foreground_process_info)
            .field("current_working_dir", &T::current_working_dir);
    return schema;
}

const TypedSchema<TabInfo>& tab_schema() {
    using T = TabInfo;
    static const TypedSchema<TabInfo> schema = lunette::schema<T>("TabInfo")
                                                   .field("tab_id", &T::tab_id)
                                                   .field("window_id", &T::window_id)
                                                   .field("tab_index", &T::tab_index)
                                                   .field("is_active", &T::is_active)
                                                   .field("is_last_active", &T::is_last_active)
                                                   .field("is_zoomed", &T::is_zoomed)
                                                   .field("tab_title", &T::tab_title)
                                                   .field("title", &T::tab_title) // MuxTab:get_title()
                                                   .field("window_title", &T::window_title)
                                                   .list("panes", &T::panes, pane_schema())
                                                   .list("all_panes", &T::all_panes, pane_schema())
                                                   .record("active_pane", &T::active_pane, pane_schema())
                                                   .field("cols", &T::cols)
                                                   .field("rows", &T::rows)
                                                   .field("pixel_width", &T::pixel_width)
                                                   .field("pixel_height", &T::pixel_height)
                                                   .field("dpi", &T::dpi);
    return schema;
}

const TypedSchema<ConfigInfo>& config_schema() {
    static const TypedSchema<ConfigInfo> schema = lunette::schema<ConfigInfo>("ConfigInfo")
                                                      .field("generation", &ConfigInfo::generation)
                                                      .field("options", &ConfigInfo::options);
    return schema;
}

const TypedSchema<WindowInfo>& window_schema() {
    using T = WindowInfo;
    static const TypedSchema<WindowInfo> schema = lunette::schema<T>("WindowInfo")
                                                      .field("window_id", &T::window_id)
                                                      .field("workspace", &T::workspace)
                                                      .field("title", &T::title)
                                                      .field("is_active", &T::is_active)
                                                      .list("tabs", &T::tabs, tab_schema())
                                                      .record("active_tab", &T::active_tab, tab_schema())
                                                      .record("active_pane", &T::active_pane, pane_schema())
                                                      .field("columns", &T::columns)
                                                      .field("rows", &T::rows)
                                                      .field("pixel_width", &T::pixel_width)
                                                      .field("pixel_height", &T::pixel_height)
                                                      .field("dpi", &T::dpi)
                                                      .field("is_focused", &T::is_focused)
                                                      .field("is_full_screen", &T::is_full_screen)
                                                      .field("active_key_table", &T::active_key_table)
                                                      .field("leader_is_active", &T::leader_is_active)
                                                      .field("composition_status", &T::composition_status)
                                                      .field("keyboard_modifiers", &T::keyboard_modifiers)
                                                      .field("keyboard_leds", &T::keyboard_leds)
                                                      .field("left_status", &T::left_status)
                                                      .field("right_status", &T::right_status)
                                                      .field("tab_bar_visible", &T::tab_bar_visible)
                                                      .field("hovered_tab", &T::hovered_tab)
                                                      .field("current_event", &T::current_event)
                                                      .field("config_overrides", &T::config_overrides)
                                                      .record("config", &T::config, config_schema());
    return schema;
}

const TypedSchema<DomainInfo>& domain_schema() {
    using T = DomainInfo;
    static const TypedSchema<DomainInfo> schema = lunette::schema<T>("DomainInfo")
                                                      .field("domain_id", &T::domain_id)
                                                      .field("name", &T::name)
                                                      .field("label", &T::label)
                                                      .field("state", &T::state)
                                                      .field("is_spawnable", &T::is_spawnable)
                                                      .field("has_any_panes", &T::has_any_panes);
    return schema;
}

const TypedSchema<OuterInfo>& outer_schema() {
    using T = OuterInfo;
    static const TypedSchema<OuterInfo> schema = lunette::schema<T>("OuterInfo")
                                                     .field("is_attached", &T::is_attached)
                                                     .field("tty_name", &T::tty_name)
                                                     .field("term", &T::term)
                                                     .field("program", &T::program)
                                                     .field("appearance", &T::appearance)
                                                     .field("is_focused", &T::is_focused)
                                                     .field("columns", &T::columns)
                                                     .field("rows", &T::rows)
                                                     .field("pixel_width", &T::pixel_width)
                                                     .field("pixel_height", &T::pixel_height);
    return schema;
}

const TypedSchema<AppInfo>& app_schema() {
    using T = AppInfo;
    static const TypedSchema<AppInfo> schema =
        lunette::schema<T>("AppInfo")
            .list("windows", &T::windows, window_schema())
            .record("active_window", &T::active_window, window_schema())
            .field("active_workspace", &T::active_workspace)
            .field("workspaces", &T::workspaces)
            .list("domains", &T::domains, domain_schema())
            .field("default_domain_id", &T::default_domain_id)
            .record("config", &T::config, config_schema())
            .record("outer", &T::outer, outer_schema());
    return schema;
}

const WindowInfo* find_window(const AppInfo& app, std::int64_t window_id) noexcept {
    for (std::size_t i = 0; i < app.windows.size(); ++i)
        if (app.windows.at(i).window_id == window_id) return &app.windows.at(i);
    return nullptr;
}

const TabInfo* find_tab(const AppInfo& app, std::int64_t tab_id) noexcept {
    for (std::size_t w = 0; w < app.windows.size(); ++w) {
        const List<TabInfo>& tabs = app.windows.at(w).tabs;
        for (std::size_t i = 0; i < tabs.size(); ++i)
            if (tabs.at(i).tab_id == tab_id) return &tabs.at(i);
    }
    return nullptr;
}

const PaneInfo* find_pane(const AppInfo& app, std::int64_t pane_id) noexcept {
    for (std::size_t w = 0; w < app.windows.size(); ++w) {
        const List<TabInfo>& tabs = app.windows.at(w).tabs;
        for (std::size_t t = 0; t < tabs.size(); ++t) {
            const List<PaneInfo>& panes = tabs.at(t).all_panes;
            for (std::size_t i = 0; i < panes.size(); ++i)
                if (panes.at(i).pane_id == pane_id) return &panes.at(i);
        }
    }
    return nullptr;
}

PanePlace place_of(const AppInfo& app, Id pane) {
    for (std::size_t w = 0; w < app.windows.size(); ++w) {
        const List<TabInfo>& tabs = app.windows.at(w).tabs;
        for (std::size_t t = 0; t < tabs.size(); ++t) {
            const List<PaneInfo>& panes = tabs.at(t).all_panes;
            for (std::size_t i = 0; i < panes.size(); ++i)
                if (panes[i].id() == pane) return {app.windows[w], tabs[t], panes[i]};
        }
    }
    return {};
}

bool has_pane(const TabInfo& tab, Id pane) noexcept {
    for (std::size_t i = 0; i < tab.all_panes.size(); ++i)
        if (tab.all_panes[i].id() == pane) return true;
    return false;
}

} // namespace lunette::model
