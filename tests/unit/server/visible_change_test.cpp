#include "server/visible_change.h"

#include <gtest/gtest.h>

namespace lunette::server {

namespace {

struct Shown {
    Ref<model::WindowInfo> window() const {
        model::TabInfo t = tab;
        t.panes = List<model::PaneInfo>{{model::pane_schema().make(1, pane)}};
        t.active_pane = t.panes[0];
        model::WindowInfo w = info;
        w.active_tab = model::tab_schema().make(2, t);
        w.active_pane = t.active_pane;
        return model::window_schema().make(3, w);
    }
    model::PaneInfo pane;
    model::TabInfo tab;
    model::WindowInfo info;
};

TEST(VisibleChangeTest, WhatIsNotSeenIsNoChange) {
    const Ref<model::WindowInfo> before = Shown{}.window();
    Shown after;
    after.pane.foreground_process_name = "/bin/sleep";
    after.pane.has_unseen_output = true;
    after.info.right_status = "a view shows it";
    EXPECT_FALSE(looks_different(before, after.window()));
    EXPECT_FALSE(looks_different({}, {}));
}

TEST(VisibleChangeTest, WhatIsSeenIsAChange) {
    const Ref<model::WindowInfo> before = Shown{}.window();
    EXPECT_TRUE(looks_different({}, before));
    EXPECT_TRUE(looks_different(before, {}));
    Shown cursor, content, place, hover, size;
    cursor.pane.cursor_x = 1;
    content.pane.content_sequence = 1;
    place.pane.left = 1;
    hover.info.hovered_tab = 0;
    size.info.columns = 1;
    for (const Shown* after : {&cursor, &content, &place, &hover, &size})
        EXPECT_TRUE(looks_different(before, after->window()));
}

} // namespace

} // namespace lunette::server
