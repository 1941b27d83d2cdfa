#pragma once

#include "model/styled_text.h"

#include <lunette/record.h>

#include <cstdint>
#include <span>
#include <vector>

// Where the tab bar's parts stand: one rule for the script side, which computes titles for the widths they
// will get, and for the UI side, which draws them. Pure functions; any thread.
namespace lunette::model {

struct TabBarOptions {
    bool fancy = true;
    int tab_max_width = 16;
    bool show_tabs = true;
    bool show_new_tab_button = true;
    bool show_close_tab_button = true; // fancy only
    bool show_index = true;
    bool zero_based = false;
    StyledText new_tab{" + "};
    StyledText new_tab_hover{" + "};

    // From the effective configuration.
    static TabBarOptions from_options(const Value& options);
};

// Styles of the areas; a title's own style lies over them. The defaults are WezTerm's.
struct TabBarColors {
    TextStyle background;
    TextStyle active_tab;
    TextStyle inactive_tab;
    TextStyle inactive_tab_hover;
    TextStyle new_tab;
    TextStyle new_tab_hover;
    TextColor edge; // between fancy tabs

    static TabBarColors standard() noexcept;
};

// The max_width of the first pass, in which no tab is hovered.
int pass_one_max_width(const TabBarOptions& options) noexcept;
// What no tab may exceed, given the widths of the first pass's titles.
int tab_width_cap(std::span<const int> pass_one_widths, int columns, const TabBarOptions& options) noexcept;
// The max_width of each tab in the second pass, whose titles are drawn.
std::vector<int> pass_two_max_widths(std::span<const int> pass_one_widths, int columns,
                                     const TabBarOptions& options);

struct TabBarTab {
    StyledText title;
    bool active = false;
    bool hover = false; // ignored for the active one
};

struct TabBarInput {
    std::vector<TabBarTab> tabs;
    int width_cap = 0; // of tab_width_cap(); used by the retro bar
    StyledText left_status;
    StyledText right_status;
    bool new_tab_hover = false;
};

struct TabBarArea {
    enum class Kind : std::uint8_t { left_status, tab, close_tab, new_tab, right_status };
    Kind kind = Kind::tab;
    int tab = -1; // index, of tab and close_tab
    int left = 0;
    int width = 0;
    friend bool operator==(const TabBarArea&, const TabBarArea&) = default;
};

struct TabBarLayout {
    StyledText row;                // exactly as wide as asked for, all styles resolved
    std::vector<TabBarArea> areas; // from left to right; close buttons lie beside the rest of their tabs

    // What is at a column; null for the bar itself.
    const TabBarArea* at(int column) const noexcept;
};

TabBarLayout layout_tab_bar(const TabBarInput& input, int columns, const TabBarOptions& options,
                            const TabBarColors& colors);

} // namespace lunette::model
