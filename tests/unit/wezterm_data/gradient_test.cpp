#include "wezterm/gradient.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lunette::wezterm {
namespace {

std::vector<std::string> printed(const Gradient& gradient, std::size_t count) {
    std::vector<std::string> result;
    const auto colors = gradient_colors(gradient, count);
    if (!colors) return {colors.error()};
    for (const Rgba& color : *colors) result.push_back(color.to_string());
    return result;
}

Gradient of(std::vector<std::string> colors) {
    Gradient gradient;
    gradient.colors = std::move(colors);
    return gradient;
}

TEST(Gradient, LinearHitsItsStops) {
    EXPECT_EQ(printed(of({"red", "lime", "blue"}), 3),
              (std::vector<std::string>{"#ff0000", "#00ff00", "#0000ff"}));
    EXPECT_EQ(printed(of({"#000", "#fff"}), 3), (std::vector<std::string>{"#000000", "#7f7f7f", "#ffffff"}));
}

TEST(Gradient, FewColorsAndFewSamples) {
    EXPECT_EQ(printed({}, 2), (std::vector<std::string>{"#000000", "#ffffff"}));
    EXPECT_EQ(printed(of({"red"}), 2), (std::vector<std::string>{"#ff0000", "#ff0000"}));
    EXPECT_EQ(printed(of({"red", "blue"}), 1), (std::vector<std::string>{"#ff0000"}));
    EXPECT_TRUE(gradient_colors({}, 0)->empty());
}

TEST(Gradient, EveryInterpolationKeepsTheEnds) {
    for (Interpolation interpolation :
         {Interpolation::linear, Interpolation::basis, Interpolation::catmull_rom}) {
        for (BlendMode blend : {BlendMode::rgb, BlendMode::linear_rgb, BlendMode::hsv, BlendMode::oklab}) {
            Gradient gradient = of({"#112233", "deeppink", "deeppink", "gold"});
            gradient.interpolation = interpolation;
            gradient.blend = blend;
            const auto colors = gradient_colors(gradient, 50);
            ASSERT_TRUE(colors);
            EXPECT_EQ(colors->front().to_string(), "#112233");
            EXPECT_EQ(colors->back().to_string(), "#ffd700");
            for (const Rgba& color : *colors) EXPECT_TRUE(color.red > -0.5F && color.red < 1.5F);
        }
    }
}

TEST(Gradient, BlendModesDiffer) {
    Gradient gradient = of({"red", "blue"});
    EXPECT_EQ(printed(gradient, 3)[1], "#7f007f");
    gradient.blend = BlendMode::linear_rgb;
    EXPECT_EQ(printed(gradient, 3)[1], "#bb00bb");
    gradient.blend = BlendMode::hsv;
    EXPECT_EQ(printed(gradient, 3)[1], "#ff00ff"); // the short way, over magenta
    gradient.blend = BlendMode::oklab;
    const std::string middle = printed(gradient, 3)[1];
    EXPECT_NE(middle, "#7f007f");
    EXPECT_EQ(middle.substr(0, 3), "#8c");
}

TEST(Gradient, SegmentsAreSharp) {
    Gradient gradient = of({"black", "white"});
    gradient.segment_size = 2;
    gradient.segment_smoothness = 0;
    EXPECT_EQ(printed(gradient, 4), (std::vector<std::string>{"#000000", "#000000", "#ffffff", "#ffffff"}));
    EXPECT_EQ(printed(gradient, 3)[1], "#000000"); // the border belongs to the left
    gradient.segment_smoothness = 1;
    EXPECT_EQ(printed(gradient, 3)[1], "#7f7f7f");
    gradient.segment_size = 0;
    EXPECT_EQ(printed(gradient, 3), (std::vector<std::string>{"#000000", "#000000", "#000000"}));
}

TEST(Gradient, Errors) {
    Gradient half = of({"red"});
    half.segment_size = 3;
    EXPECT_FALSE(gradient_colors(half, 3));
    EXPECT_EQ(gradient_colors(of({"red", "nope", "#12345"}), 3).error(),
              "invalid html colors: 'nope', '#12345'");
    Gradient unknown;
    unknown.preset = "Nope";
    EXPECT_EQ(gradient_colors(unknown, 3).error(), "unknown gradient preset 'Nope'");
    EXPECT_FALSE(gradient_colors({}, max_gradient_colors + 1));
}

TEST(Gradient, Presets) {
    EXPECT_EQ(gradient_presets().size(), 38U);
    for (std::string_view name : gradient_presets()) {
        Gradient gradient;
        gradient.preset = std::string{name};
        const auto colors = gradient_colors(gradient, 16);
        ASSERT_TRUE(colors) << name;
        for (const Rgba& c : *colors) {
            for (float channel : {c.red, c.green, c.blue}) EXPECT_TRUE(channel >= 0 && channel <= 1) << name;
        }
        EXPECT_NE(colors->front(), (*colors)[8]) << name;
    }
    Gradient viridis;
    viridis.preset = "Viridis";
    EXPECT_EQ(printed(viridis, 2), (std::vector<std::string>{"#440154", "#fee825"}));
    Gradient rainbow;
    rainbow.preset = "Rainbow";
    EXPECT_EQ(printed(rainbow, 1)[0], "#6d3fa9"); // d3.interpolateRainbow(0) rounds to rgb(110, 64, 170)
    Gradient turbo;
    turbo.preset = "Turbo";
    EXPECT_EQ(printed(turbo, 1)[0], "#23171b");
}

TEST(Gradient, Names) {
    EXPECT_EQ(parse_interpolation("CatmullRom"), Interpolation::catmull_rom);
    EXPECT_EQ(parse_interpolation("linear"), std::nullopt);
    EXPECT_EQ(parse_blend_mode("Oklab"), BlendMode::oklab);
    EXPECT_EQ(parse_blend_mode(""), std::nullopt);
}

} // namespace
} // namespace lunette::wezterm
