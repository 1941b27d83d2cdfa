#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Colours as wezterm.color knows them. Pure values; any thread.
namespace lunette::wezterm {

struct Hsla {
    double hue = 0; // degrees, 0 <= hue < 360
    double saturation = 0;
    double lightness = 0;
    double alpha = 1;
};

struct Laba {
    double lightness = 0; // 0..100
    double a = 0;
    double b = 0;
    double alpha = 1;
};

// sRGB with straight alpha, channels 0..1. Kept as float, as WezTerm does, so that the percentages
// it prints and the truncation to 8 bits come out the same.
struct Rgba {
    float red = 0;
    float green = 0;
    float blue = 0;
    float alpha = 1;

    static Rgba from_bytes(std::uint8_t red, std::uint8_t green, std::uint8_t blue,
                           std::uint8_t alpha = 255) noexcept;
    static Rgba from_hsla(double hue, double saturation, double lightness, double alpha) noexcept;

    // "#rrggbb", or "rgba(r% g% b% a%)" unless the colour is opaque. parse_color() takes both.
    std::string to_string() const;

    std::array<std::uint8_t, 4> bytes() const noexcept;
    Hsla hsla() const noexcept;
    // CIE L*a*b*, white point D65.
    Laba laba() const noexcept;
    // Gamma removed; alpha as it is.
    std::array<double, 4> linear() const noexcept;

    // `factor` moves the channel by that share of the way to its end: saturate(0.5) goes half the
    // way to full saturation, saturate(-0.5) (desaturate) half the way to none.
    Rgba saturate(double factor) const noexcept;
    Rgba lighten(double factor) const noexcept;
    // Adds the amount, -1..1; the result is held within 0..1.
    Rgba saturate_fixed(double amount) const noexcept;
    Rgba lighten_fixed(double amount) const noexcept;

    Rgba adjust_hue_fixed(double degrees) const noexcept;
    // On the painters' red-yellow-blue wheel.
    Rgba adjust_hue_fixed_ryb(double degrees) const noexcept;
    Rgba complement() const noexcept { return adjust_hue_fixed(180); }
    Rgba complement_ryb() const noexcept { return adjust_hue_fixed_ryb(180); }
    std::array<Rgba, 2> triad() const noexcept { return {adjust_hue_fixed(120), adjust_hue_fixed(-120)}; }
    std::array<Rgba, 3> square() const noexcept {
        return {adjust_hue_fixed(90), adjust_hue_fixed(270), adjust_hue_fixed(180)};
    }

    // By HSL lightness, as WezTerm computes it (not WCAG's relative luminance). 1..21.
    double contrast_ratio(const Rgba& other) const noexcept;
    // CIEDE2000: 0 equal, 1 just noticeable, 100 opposite.
    double delta_e(const Rgba& other) const noexcept;

    friend bool operator==(const Rgba&, const Rgba&) = default;
};

// Everything WezTerm takes for a colour: "#rgb" to "#rrrrggggbbbb", "#rrggbbaa", X11's "rgb:r/g/b",
// "rgba:r/g/b/a" and "rgba:r g b a", "hsl:h s l", CSS functions rgb() rgba() hsl() hsla() hwb()
// hsv(), CSS and X11 names, "transparent", "none", "clear". Letters of either case.
std::optional<Rgba> parse_color(std::string_view text);

// Only what CSS takes (a gradient's colours): there "#rgb" repeats its digits ("#f00" is "#ff0000"),
// whereas X11's rule, which parse_color() follows, shifts them ("#f00" is "#f00000").
std::optional<Rgba> parse_css_color(std::string_view text);

} // namespace lunette::wezterm
