#pragma once

#include "model/styled_text.h"

#include <lunette/record.h>

#include <cstdint>
#include <string>
#include <vector>

namespace lunette::model {

// A window's tab bar as the script side computes it: both passes of all tabs with the titles they have under
// the mouse, and the statuses. One record, so that widths and titles always belong together.
struct TabBarContent {
    struct Tab {
        std::int64_t tab_id = 0;
        StyledText title;
        StyledText hovered; // the title while the mouse is over it
        friend bool operator==(const Tab&, const Tab&) = default;
    };
    std::vector<Tab> tabs; // in the order of the window's
    int columns = 0;       // that the widths were computed for
    int width_cap = 0;     // see tab_width_cap()
    StyledText left_status;
    StyledText right_status;

    // All of the above as one string: what the schema compares. Filled in by make_tab_bar_content().
    std::string signature;
};

const TypedSchema<TabBarContent>& tab_bar_content_schema();

// `id`: the same for all versions of one window's tab bar.
Ref<TabBarContent> make_tab_bar_content(Id id, TabBarContent content);

} // namespace lunette::model
