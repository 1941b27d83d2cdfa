#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>

// The records of the terminal multiplexer, as callbacks see them. Each schema field has the name of WezTerm's
// field or get_x() method of that meaning, where there is one. The multiplexer makes them on the UI thread;
// any thread may read them. Commands and queries name objects by record id, not by the small ids in the
// fields.
namespace lunette::model {

struct PaneInfo {
    std::int64_t pane_id = 0;
    std::int64_t tab_id = 0;
    std::int64_t window_id = 0;
    Id tab_record = 0;    // not in the schema; changes only with tab_id
    Id window_record = 0; // likewise, with window_id

    // Place in the tab, in cells from the upper left corner of the panes' area: beside the tab bar, inside of
    // the window's padding.
    std::int64_t pane_index = 0;
    bool is_active = false;
    bool is_zoomed = false;
    std::int64_t left = 0;
    std::int64_t top = 0;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t pixel_width = 0;
    std::int64_t pixel_height = 0;
    std::int64_t dpi = 0;

    // What the program said or shows.
    std::string title;
    Value user_vars; // map of strings
    Value progress;  // "None", "Indeterminate", {Percentage=n}, {Error=n}
    bool has_unseen_output = false;
    bool has_unseen_bell = false; // not WezTerm's
    bool is_alt_screen_active = false;
    bool reverse_video = false;
    bool password_input = false; // the tty reads lines without echo
    bool is_dead = false;        // the program has ended and the pane is held open
    bool has_selection = false;

    // Rows are stable: counted from the first one that the pane ever had.
    std::int64_t cursor_x = 0;
    std::int64_t cursor_y = 0;
    std::string cursor_shape;         // "Default", "SteadyBlock", "BlinkingBar", …
    std::string cursor_visibility;    // "Visible", "Hidden"
    std::int64_t scrollback_rows = 0; // with the visible ones
    std::int64_t physical_top = 0;
    std::int64_t scrollback_top = 0;
    std::int64_t content_sequence = 0;

    std::string domain_name;
    std::int64_t domain_id = 0;
    std::optional<std::string> tty_name;
    std::int64_t pid = 0;                           // of the program that the pane was started with
    std::string foreground_process_name;            // full path; "" while unknown
    Value foreground_process_info;                  // LocalProcessInfo as a map, or nil while unknown
    std::optional<std::string> current_working_dir; // "file://host/path"

    friend bool operator==(const PaneInfo&, const PaneInfo&) = default;
};

struct TabInfo {
    std::int64_t tab_id = 0;
    std::int64_t window_id = 0;
    Id window_record = 0; // not in the schema
    std::int64_t tab_index = 0;
    bool is_active = false;
    bool is_last_active = false; // ActivateLastTab goes here
    bool is_zoomed = false;
    std::string tab_title; // as set by the user; "" when not
    std::string window_title;
    List<PaneInfo> panes;     // in the order of pane_index; only the zoomed one when one is
    List<PaneInfo> all_panes; // whatever is zoomed
    Ref<PaneInfo> active_pane;
    std::int64_t cols = 0;
    std::int64_t rows = 0;
    std::int64_t pixel_width = 0;
    std::int64_t pixel_height = 0;
    std::int64_t dpi = 0;

    friend bool operator==(const TabInfo&, const TabInfo&) = default;
};

// One generation of the configuration, or what a window's overrides made of it.
struct ConfigInfo {
    std::int64_t generation = 0;
    Value options; // map of all options, defaults included
    // Not in the schema; ConfigView reads them.
    Value bindings;    // effective key tables, leader and mouse bindings, WezTerm's defaults merged in
    Value set_options; // list of the names that the main file gave a value, known or not
    Value setup;       // what `require 'lunette'.setup` was given: prefix, palette, super; nil: never called

    friend bool operator==(const ConfigInfo&, const ConfigInfo&) = default;
};

// Columns and rows that a window keeps free around its panes.
struct Padding {
    int left = 0;
    int right = 0;
    int top = 0;
    int bottom = 0;

    friend bool operator==(const Padding&, const Padding&) = default;
};

struct WindowInfo {
    std::int64_t window_id = 0;
    std::string workspace;
    std::string title;      // as set by the user; "" when not
    bool is_active = false; // the outer terminal shows this one
    List<TabInfo> tabs;
    Ref<TabInfo> active_tab;
    Ref<PaneInfo> active_pane;
    std::int64_t columns = 0; // of the whole window, tab bar included
    std::int64_t rows = 0;
    std::int64_t pixel_width = 0;
    std::int64_t pixel_height = 0;
    std::int64_t dpi = 0;
    bool is_focused = false;
    bool is_full_screen = false;
    std::optional<std::string> active_key_table;
    bool leader_is_active = false;
    std::optional<std::string> composition_status;
    std::string keyboard_modifiers; // "SHIFT|CTRL", "" for none
    std::string keyboard_leds;
    std::string left_status; // as set: may hold SGR escapes
    std::string right_status;
    bool tab_bar_visible = false;
    Padding padding;                         // not in the schema: the sizes of tabs and panes change with it
    std::optional<std::int64_t> hovered_tab; // tab_id; nothing while the mouse is elsewhere
    Value current_event;                     // of the mouse, while a callback runs for it; nil otherwise
    Value config_overrides;                  // as set_config_overrides got it; nil for none
    Ref<ConfigInfo> config;                  // empty without overrides: AppInfo::config holds

    friend bool operator==(const WindowInfo&, const WindowInfo&) = default;
};

struct DomainInfo {
    std::int64_t domain_id = 0;
    std::string name;
    std::string label;
    std::string state; // "Attached", "Detached"
    bool is_spawnable = true;
    bool has_any_panes = false;

    friend bool operator==(const DomainInfo&, const DomainInfo&) = default;
};

// The attached terminal that shows a window.
struct OuterInfo {
    bool is_attached = false;
    std::string tty_name;
    std::string term;       // its TERM
    std::string program;    // what it calls itself (XTVERSION); "" while unknown
    std::string appearance; // "Dark", "Light"
    bool is_focused = false;
    std::int64_t columns = 0;
    std::int64_t rows = 0;
    std::int64_t pixel_width = 0;
    std::int64_t pixel_height = 0;

    friend bool operator==(const OuterInfo&, const OuterInfo&) = default;
};

// The root of a snapshot.
struct AppInfo {
    List<WindowInfo> windows;
    Ref<WindowInfo> active_window; // empty when there is none
    std::string active_workspace;
    Value workspaces; // list of names, sorted
    List<DomainInfo> domains;
    std::int64_t default_domain_id = 0;
    Ref<ConfigInfo> config;
    Ref<OuterInfo> outer;

    friend bool operator==(const AppInfo&, const AppInfo&) = default;
};

const TypedSchema<PaneInfo>& pane_schema();
const TypedSchema<TabInfo>& tab_schema();
const TypedSchema<WindowInfo>& window_schema();
const TypedSchema<DomainInfo>& domain_schema();
const TypedSchema<ConfigInfo>& config_schema();
const TypedSchema<OuterInfo>& outer_schema();
const TypedSchema<AppInfo>& app_schema();

// Finding by the ids that people see. Null when absent. Cost: the objects passed over.
const WindowInfo* find_window(const AppInfo& app, std::int64_t window_id) noexcept;
const TabInfo* find_tab(const AppInfo& app, std::int64_t tab_id) noexcept;
const PaneInfo* find_pane(const AppInfo& app, std::int64_t pane_id) noexcept;

// Where a pane is, by record id. Empty when absent. Cost: the panes passed over.
struct PanePlace {
    Ref<WindowInfo> window;
    Ref<TabInfo> tab;
    Ref<PaneInfo> pane;
    explicit operator bool() const noexcept { return static_cast<bool>(pane); }
};
PanePlace place_of(const AppInfo& app, Id pane);
bool has_pane(const TabInfo& tab, Id pane) noexcept;

} // namespace lunette::model
