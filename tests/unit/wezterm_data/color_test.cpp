#include "wezterm/color.h"

#include <gtest/gtest.h>

#include <string>

namespace lunette::wezterm {
namespace {

std::string printed(std::string_view text) {
    const std::optional<Rgba> color = parse_color(text);
    return color ? color->to_string() : "error";
}

TEST(ParseColor, HashFormsTakeTheMostSignificantDigits) {
    EXPECT_EQ(printed("#fff"), "#f0f0f0"); // X11's rule, which WezTerm follows
    EXPECT_EQ(printed("#12ab9f"), "#12ab9f");
    EXPECT_EQ(printed("#12AB9F"), "#12ab9f");
    EXPECT_EQ(printed("#f00f00f00"), "#f0f0f0");
    EXPECT_EQ(printed("#123456789abc"), "#12569a");
}

TEST(ParseColor, HashWithAlpha) {
    EXPECT_EQ(parse_color("#11223380")->bytes(), (std::array<std::uint8_t, 4>{0x11, 0x22, 0x33, 0x80}));
    EXPECT_EQ(printed("#112233ff"), "#112233");
}

TEST(ParseColor, X11Components) {
    EXPECT_EQ(printed("rgb:D6/D6/D6"), "#d6d6d6");
    EXPECT_EQ(printed("rgb:f0f0/f0f0/f0f0"), "#f0f0f0");
    EXPECT_EQ(printed("rgb:f/0/8"), "#ff0088");
    EXPECT_EQ(printed("rgba:ff/00/00/ff"), "#ff0000");
    EXPECT_EQ(printed("rgba:100% 0 0 50%"), "rgba(100% 0% 0% 50%)");
    EXPECT_EQ(printed("rgb:1/2"), "error");
    EXPECT_EQ(printed("rgba:300 0 0 0"), "error");
}

TEST(ParseColor, HslForms) {
    EXPECT_EQ(printed("hsl:235 100  50"), "#0015ff");
    EXPECT_EQ(printed("hsl:-125 100 50"), "#0015ff");
    EXPECT_EQ(printed("hsl(120,100%,50%)"), "#00ff00");
    EXPECT_EQ(printed("hsl(120deg 100% 50%)"), "#00ff00");
    EXPECT_EQ(printed("hsl(-240 100% 50%)"), "#00ff00");
    EXPECT_EQ(parse_color("hsla(120,100%,50%,25%)")->alpha, 0.25F);
    EXPECT_EQ(printed("hsl:1.5 2 3"), "error");
}

TEST(ParseColor, CssFunctions) {
    EXPECT_EQ(printed("rgb(255,0,0)"), "#ff0000");
    EXPECT_EQ(printed("RGB( 100% 0% 0% )"), "#ff0000");
    EXPECT_EQ(printed("rgba(0, 0, 0, 0.5)"), "rgba(0% 0% 0% 50%)");
    EXPECT_EQ(printed("rgb(0 255 0 / 100%)"), "#00ff00");
    EXPECT_EQ(printed("rgb(300, -5, 0)"), "#ff0000");
    EXPECT_EQ(printed("hwb(120 0% 0%)"), "#00ff00");
    EXPECT_EQ(printed("hwb(0 60% 60%)"), "#7f7f7f");
    EXPECT_EQ(printed("hsv(120,100%,100%)"), "#00ff00");
    EXPECT_EQ(printed("rgb(1,2)"), "error");
    EXPECT_EQ(printed("rgb(1,2,50%)"), "error");
    EXPECT_EQ(printed("cmyk(1,2,3)"), "error");
    EXPECT_EQ(printed("rgb(nan,0,0)"), "error");
}

TEST(ParseColor, Names) {
    EXPECT_EQ(printed("DarkGreen"), "#006400");
    EXPECT_EQ(printed("dark green"), "#006400");
    EXPECT_EQ(printed("rebeccapurple"), "#663399");
    EXPECT_EQ(printed("AntiqueWhite3"), "#cdc0b0");
    EXPECT_EQ(printed("gray"), "#808080");
    EXPECT_EQ(printed("x11 gray"), "#bebebe");
    EXPECT_EQ(printed("green"), "#008000");
    for (const char* name : {"none", "clear", "transparent", "None"})
        EXPECT_EQ(printed(name), "rgba(0% 0% 0% 0%)");
}

TEST(ParseColor, RefusesNonsense) {
    for (const char* text : {"", "#", "#xyxyxy", "#12", "#12345", "notacolor", "rgb", "rgb(",
                             "rgb:", "hsl:", "#1234567890123", "r\xC3\xA9", "# ffffff"}) {
        EXPECT_FALSE(parse_color(text)) << text;
    }
}

TEST(ParseColor, CssRuleForShortHashes) {
    EXPECT_EQ(parse_css_color("#f00")->to_string(), "#ff0000");
    EXPECT_EQ(parse_css_color(" Gold ")->to_string(), "#ffd700");
    EXPECT_EQ(parse_css_color("00ff0080")->bytes()[3], 0x80);
    EXPECT_FALSE(parse_css_color("#12345"));
}

TEST(Rgba, PrintedFormCanBeReadBack) {
    const Rgba color{0.5F, 0.25F, 1.0F / 3, 0.1F};
    const std::optional<Rgba> again = parse_color(color.to_string());
    ASSERT_TRUE(again);
    EXPECT_NEAR(again->red, color.red, 1e-6);
    EXPECT_NEAR(again->blue, color.blue, 1e-6);
    EXPECT_NEAR(again->alpha, color.alpha, 1e-6);
}

TEST(Rgba, HslRoundTrip) {
    for (const char* text : {"#336699", "#ff0000", "#00ff7f", "#808080", "#000000", "#ffffff", "#fedcba"}) {
        const Rgba color = *parse_color(text);
        const Hsla hsl = color.hsla();
        const Rgba again = Rgba::from_hsla(hsl.hue, hsl.saturation, hsl.lightness, hsl.alpha);
        EXPECT_NEAR(color.red, again.red, 1e-6) << text;
        EXPECT_NEAR(color.green, again.green, 1e-6) << text;
        EXPECT_NEAR(color.blue, again.blue, 1e-6) << text;
    }
    EXPECT_NEAR(parse_color("#336699")->hsla().hue, 210, 1e-4);
}

TEST(Rgba, ScalesGoAShareOfTheWay) {
    const Rgba grey = *parse_color("#808080");
    EXPECT_NEAR(grey.lighten(0.5).hsla().lightness, 0.751, 1e-3);
    EXPECT_NEAR(grey.lighten(-0.5).hsla().lightness, 0.251, 1e-3);
    EXPECT_EQ(grey.lighten(1).to_string(), "#ffffff");
    const Rgba blue = *parse_color("#336699");
    EXPECT_NEAR(blue.saturate(0.5).hsla().saturation, 0.75, 1e-3);
    EXPECT_NEAR(blue.saturate(-1).hsla().saturation, 0, 1e-6);
}

TEST(Rgba, FixedAmountsAreAdded) {
    const Rgba blue = *parse_color("#336699"); // hsl 210 50% 40%
    EXPECT_NEAR(blue.lighten_fixed(0.2).hsla().lightness, 0.6, 1e-3);
    EXPECT_NEAR(blue.lighten_fixed(5).hsla().lightness, 1, 1e-6);
    EXPECT_NEAR(blue.saturate_fixed(-0.2).hsla().saturation, 0.3, 1e-3);
    EXPECT_NEAR(blue.lighten_fixed(-9).hsla().lightness, 0, 1e-6);
}

TEST(Rgba, HueWheels) {
    const Rgba red = *parse_color("#ff0000");
    EXPECT_EQ(red.complement().to_string(), "#00ffff");
    EXPECT_EQ(red.complement_ryb().hsla().hue > 100 && red.complement_ryb().hsla().hue < 150, true); // green
    EXPECT_EQ(red.triad()[0].to_string(), "#00ff00");
    EXPECT_EQ(red.triad()[1].to_string(), "#0000ff");
    EXPECT_NEAR(red.square()[0].hsla().hue, 90, 1e-3);
    EXPECT_NEAR(red.square()[1].hsla().hue, 270, 1e-3);
    EXPECT_NEAR(red.square()[2].hsla().hue, 180, 1e-3);
    for (double hue = 0; hue < 360; hue += 7) {
        const Rgba color = Rgba::from_hsla(hue, 1, 0.5, 1);
        EXPECT_NEAR(color.adjust_hue_fixed_ryb(0).hsla().hue, hue, 1e-3);
    }
}

TEST(Rgba, LabAndLinear) {
    const Laba white = parse_color("#ffffff")->laba();
    EXPECT_NEAR(white.lightness, 100, 1e-3);
    EXPECT_NEAR(white.a, 0, 1e-2);
    const Laba red = parse_color("#ff0000")->laba();
    EXPECT_NEAR(red.lightness, 53.24, 0.01);
    EXPECT_NEAR(red.a, 80.09, 0.02);
    EXPECT_NEAR(red.b, 67.20, 0.02);
    EXPECT_NEAR(parse_color("#808080")->linear()[0], 0.21586, 1e-4);
}

TEST(Rgba, ContrastAndDifference) {
    const Rgba black = *parse_color("black");
    const Rgba white = *parse_color("white");
    EXPECT_NEAR(black.contrast_ratio(white), 21, 1e-6);
    EXPECT_NEAR(white.contrast_ratio(black), 21, 1e-6);
    EXPECT_DOUBLE_EQ(black.contrast_ratio(black), 1);
    EXPECT_NEAR(black.delta_e(white), 100, 1e-2);
    EXPECT_NEAR(white.delta_e(white), 0, 1e-9);
    EXPECT_NEAR(parse_color("#ff0000")->delta_e(*parse_color("#00ff00")), 86.6, 0.1);
    EXPECT_NEAR(parse_color("#336699")->delta_e(*parse_color("#346699")), 0.25, 0.25);
}

} // namespace
} // namespace lunette::wezterm
