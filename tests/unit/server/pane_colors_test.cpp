#include "server/pane_colors.h"

#include "wezterm/config_convert.h"

#include <gtest/gtest.h>

namespace lunette::server {
namespace {

using model::TextColor;

PaneColors colors(std::vector<MapEntry> options, Value setup = {}) {
    auto converted = wezterm::convert_options(Value::map(std::move(options)));
    EXPECT_TRUE(converted);
    converted->config.setup = std::move(setup);
    const Value set = converted->config.set_options;
    return PaneColors{model::ConfigView{model::config_schema().make(std::move(converted->config))}, set};
}

Value scheme() { return Value::map({{"foreground", "#c0c0c0"}, {"background", "#101010"}}); }

ui::FrameStyle shown(const PaneColors& colors, ui::FrameStyle style, bool active = true) {
    return colors.shown(style, colors.palette().value_or(terminal::Palette::standard()), active);
}

TEST(PaneColors, WithoutAnyTheOuterTerminalsOwnPassThrough) {
    const PaneColors none = colors({});
    ui::FrameStyle style;
    style.foreground = TextColor::indexed(1);
    style.attributes = ui::FrameStyle::bold;
    EXPECT_EQ(shown(none, style), style);
    EXPECT_EQ(shown(none, style, false), style);
    EXPECT_EQ(none.blank(), ui::FrameStyle{});
    EXPECT_FALSE(none.palette());
}

TEST(PaneColors, ThoseOfTheConfigurationAreShown) {
    const PaneColors set = colors({{"colors", scheme()}});
    const ui::FrameStyle plain = shown(set, {});
    EXPECT_EQ(plain.foreground, TextColor::direct(0xC0, 0xC0, 0xC0));
    EXPECT_EQ(plain.background, TextColor::direct(0x10, 0x10, 0x10));
    EXPECT_EQ(set.blank().background, plain.background);
    ui::FrameStyle red;
    red.foreground = TextColor::indexed(1);
    EXPECT_EQ(shown(set, red).foreground, TextColor::direct(0xCC, 0x55, 0x55)) << "WezTerm's own red";
    red.attributes = ui::FrameStyle::bold;
    EXPECT_EQ(shown(set, red).foreground, TextColor::direct(0xFF, 0x55, 0x55)) << "bold is bright";
    red.foreground = TextColor::direct(1, 2, 3);
    EXPECT_EQ(shown(set, red).foreground, red.foreground);
}

TEST(PaneColors, ASeeThroughBackgroundIsNotPainted) {
    const PaneColors glass = colors({{"colors", scheme()}, {"window_background_opacity", 0.8}});
    EXPECT_TRUE(shown(glass, {}).background.is_inherited());
    EXPECT_TRUE(glass.blank().background.is_inherited());
    ui::FrameStyle inverse;
    inverse.attributes = ui::FrameStyle::inverse;
    EXPECT_EQ(shown(glass, inverse).background, TextColor::direct(0x10, 0x10, 0x10));
}

TEST(PaneColors, InactivePanesAreDimmed) {
    const Value dim = Value::map({{"hue", 1.0}, {"saturation", 1.0}, {"brightness", 0.5}});
    const PaneColors known = colors({{"colors", scheme()}, {"inactive_pane_hsb", dim}});
    EXPECT_EQ(shown(known, {}, false).foreground, TextColor::direct(0x60, 0x60, 0x60));
    EXPECT_EQ(shown(known, {}, true).foreground, TextColor::direct(0xC0, 0xC0, 0xC0));
    const PaneColors unknown = colors({{"inactive_pane_hsb", dim}});
    EXPECT_EQ(shown(unknown, {}, false).attributes, ui::FrameStyle::faint);
    EXPECT_EQ(shown(unknown, {}, true).attributes, 0);
}

TEST(PaneColors, BoldTextFollowsTheOption) {
    ui::FrameStyle red;
    red.foreground = TextColor::indexed(1);
    red.attributes = ui::FrameStyle::bold;
    EXPECT_EQ(shown(colors({{"bold_brightens_ansi_colors", "No"}}), red), red);
    EXPECT_EQ(shown(colors({{"bold_brightens_ansi_colors", true}}), red).foreground, TextColor::indexed(9));
    const ui::FrameStyle only = shown(colors({{"bold_brightens_ansi_colors", "BrightOnly"}}), red);
    EXPECT_EQ(only.foreground, TextColor::indexed(9));
    EXPECT_EQ(only.attributes, 0);
}

TEST(PaneColors, TheOuterPaletteOnRequest) {
    const PaneColors outer = colors({{"colors", scheme()}}, Value::map({{"palette", "outer"}}));
    EXPECT_FALSE(outer.palette());
    EXPECT_EQ(shown(outer, {}), ui::FrameStyle{});
}

TEST(PaneColors, TheCursorHasItsColourUnlessReversed) {
    const Value cursor = Value::map({{"cursor_bg", "#ff0000"}});
    EXPECT_TRUE(colors({{"colors", cursor}}).colors_cursor());
    EXPECT_FALSE(colors({{"colors", cursor}, {"force_reverse_video_cursor", true}}).colors_cursor());
    EXPECT_FALSE(colors({}).colors_cursor());
}

} // namespace
} // namespace lunette::server
