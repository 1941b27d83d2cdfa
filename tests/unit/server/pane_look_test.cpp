#include "server/ui_loop_fixture.h"

namespace lunette::server {

namespace {

class PaneLookTest : public UiLoopTest {};

TEST_F(PaneLookTest, PanesShowTheColoursOfTheConfiguration) {
    start("return { colors = { foreground = '#c0c0c0', background = '#101010', split = '#ff0000' } }");
    loop->mux().pane(pane())->inject("\x1b[31mred\x1b[0m");
    ASSERT_TRUE(shows("red"));
    const ui::Frame& frame = *outer.last();
    const auto at = [&frame](int x, int y) {
        return frame.style_at(frame.row(y)[static_cast<std::size_t>(x)].style);
    };
    EXPECT_EQ(at(0, 1).foreground, model::TextColor::direct(0xCC, 0x55, 0x55));
    EXPECT_EQ(at(0, 1).background, model::TextColor::direct(0x10, 0x10, 0x10));
    EXPECT_EQ(at(70, 5).background, model::TextColor::direct(0x10, 0x10, 0x10));
    EXPECT_EQ(loop->mux().pane(pane())->terminal().palette().background, (terminal::Rgb{0x10, 0x10, 0x10}));
}

TEST_F(PaneLookTest, AScrolledPaneShowsItsThumb) {
    start(R"(
        local act = require('wezterm').action
        return { enable_scroll_bar = true, enable_tab_bar = false, keys = {
            { key = 'u', mods = 'ALT', action = act.ScrollByPage(-1) },
            { key = 'b', mods = 'ALT', action = act.ScrollToBottom },
        } }
    )");
    for (int i = 0; i < 200; ++i) loop->mux().pane(pane())->inject("line\r\n");
    ASSERT_TRUE(shows("line"));
    EXPECT_EQ(outer.screen().find("▐"), std::string::npos);
    loop->key(model::character_key(U'u', model::Modifiers::alt));
    EXPECT_TRUE(shows("▐"));
    loop->key(model::character_key(U'b', model::Modifiers::alt));
    EXPECT_TRUE(run_until([this] { return outer.screen().find("▐") == std::string::npos; }));
}

} // namespace
} // namespace lunette::server
