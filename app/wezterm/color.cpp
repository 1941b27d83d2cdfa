#include "wezterm/color.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace lunette::wezterm {

namespace {

double wrap_degrees(double degrees) noexcept {
    if (!std::isfinite(degrees)) return 0;
    const double wrapped = std::fmod(degrees, 360.0);
    return wrapped < 0 ? wrapped + 360.0 : wrapped;
}

double unit(double value) noexcept { return value >= 0 ? std::min(value, 1.0) : 0; } // NaN becomes 0

std::uint8_t byte(float channel) noexcept { // truncates, as WezTerm does
    const float scaled = channel * 255.0F;
    return !(scaled > 0) ? 0 : scaled >= 255 ? 255 : static_cast<std::uint8_t>(scaled);
}

double scaled_channel(double current, double factor) noexcept {
    const double room = factor >= 0 ? 1 - current : current;
    return std::max(current + std::max(room, 0.0) * factor, 0.0);
}

// Corresponding hues of the red-green-blue and the red-yellow-blue wheel, linear in between
// (color-types/src/lib.rs:rgb_hue_to_ryb_hue).
constexpr std::array<double, 8> rgb_hues{0, 35, 60, 120, 180, 240, 300, 360};
constexpr std::array<double, 8> ryb_hues{0, 60, 122, 165, 218, 275, 330, 360};

double map_hue(double hue, const std::array<double, 8>& from, const std::array<double, 8>& to) noexcept {
    std::size_t i = 1;
    while (i + 1 < from.size() && hue >= from[i]) ++i;
    return to[i - 1] + (hue - from[i - 1]) * (to[i] - to[i - 1]) / (from[i] - from[i - 1]);
}

void append_percent(std::string& out, float channel) {
    char buffer[64];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, channel * 100.0F, std::chars_format::fixed);
    if (end.ec == std::errc{})
        out.append(buffer, end.ptr);
    else
        out += '0';
    out += '%';
}

double radians(double degrees) noexcept { return degrees * std::numbers::pi / 180; }
double degrees(double radians) noexcept { return wrap_degrees(radians * 180 / std::numbers::pi); }

} // namespace

Rgba Rgba::from_bytes(std::uint8_t red, std::uint8_t green, std::uint8_t blue, std::uint8_t alpha) noexcept {
    return {static_cast<float>(red) / 255, static_cast<float>(green) / 255, static_cast<float>(blue) / 255,
            static_cast<float>(alpha) / 255};
}

Rgba Rgba::from_hsla(double hue, double saturation, double lightness, double alpha) noexcept {
    const double h = wrap_degrees(hue);
    const double s = unit(saturation);
    const double l = unit(lightness);
    const double spread = s * std::min(l, 1 - l);
    const auto channel = [&](double offset) { // CSS Color 4, 7.1
        const double k = std::fmod(offset + h / 30, 12);
        return static_cast<float>(unit(l - spread * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}))));
    };
    return {channel(0), channel(8), channel(4), static_cast<float>(unit(alpha))};
}

std::string Rgba::to_string() const {
    std::string text;
    if (alpha == 1.0F) {
        constexpr std::string_view digits = "0123456789abcdef";
        text = "#";
        const std::array<std::uint8_t, 4> channels = bytes();
        for (std::size_t i = 0; i < 3; ++i) {
            text += digits[channels[i] >> 4];
            text += digits[channels[i] & 15];
        }
        return text;
    }
    text = "rgba(";
    append_percent(text, red);
    for (float channel : {green, blue, alpha}) {
        text += ' ';
        append_percent(text, channel);
    }
    text += ')';
    return text;
}

std::array<std::uint8_t, 4> Rgba::bytes() const noexcept {
    return {byte(red), byte(green), byte(blue), byte(alpha)};
}

Hsla Rgba::hsla() const noexcept {
    const double r = red;
    const double g = green;
    const double b = blue;
    const double high = std::max({r, g, b});
    const double low = std::min({r, g, b});
    Hsla result{0, 0, (high + low) / 2, alpha};
    const double range = high - low;
    if (range == 0) return result;
    result.saturation = result.lightness < 0.5 ? range / (high + low) : range / (2 - high - low);
    const double sixth = high == r ? (g - b) / range : high == g ? 2 + (b - r) / range : 4 + (r - g) / range;
    result.hue = wrap_degrees(sixth * 60);
    return result;
}

std::array<double, 4> Rgba::linear() const noexcept {
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return {channel(red), channel(green), channel(blue), alpha};
}

Laba Rgba::laba() const noexcept {
    const std::array<double, 4> rgb = linear();
    // sRGB to XYZ (IEC 61966-2-1), divided by the D65 white point.
    const double x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
    const double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
    const double z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;
    const auto f = [](double t) {
        constexpr double epsilon = 216.0 / 24389;
        constexpr double kappa = 24389.0 / 27;
        return t > epsilon ? std::cbrt(t) : (kappa * t + 16) / 116;
    };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z)), alpha};
}

Rgba Rgba::saturate(double factor) const noexcept {
    const Hsla c = hsla();
    return from_hsla(c.hue, scaled_channel(c.saturation, factor), c.lightness, c.alpha);
}

Rgba Rgba::lighten(double factor) const noexcept {
    const Hsla c = hsla();
    return from_hsla(c.hue, c.saturation, scaled_channel(c.lightness, factor), c.alpha);
}

Rgba Rgba::saturate_fixed(double amount) const noexcept {
    const Hsla c = hsla();
    return from_hsla(c.hue, c.saturation + amount, c.lightness, c.alpha);
}

Rgba Rgba::lighten_fixed(double amount) const noexcept {
    const Hsla c = hsla();
    return from_hsla(c.hue, c.saturation, c.lightness + amount, c.alpha);
}

Rgba Rgba::adjust_hue_fixed(double amount) const noexcept {
    const Hsla c = hsla();
    return from_hsla(c.hue + amount, c.saturation, c.lightness, c.alpha);
}

Rgba Rgba::adjust_hue_fixed_ryb(double amount) const noexcept {
    const Hsla c = hsla();
    const double ryb = wrap_degrees(map_hue(c.hue, rgb_hues, ryb_hues) + amount);
    return from_hsla(map_hue(ryb, ryb_hues, rgb_hues), c.saturation, c.lightness, c.alpha);
}

double Rgba::contrast_ratio(const Rgba& other) const noexcept {
    const double a = hsla().lightness + 0.05;
    const double b = other.hsla().lightness + 0.05;
    return std::max(a, b) / std::min(a, b);
}

// Sharma, Wu, Dalal: "The CIEDE2000 color-difference formula" (2005); the names are the paper's.
double Rgba::delta_e(const Rgba& other) const noexcept {
    const Laba one = laba();
    const Laba two = other.laba();
    const double mean_c = (std::hypot(one.a, one.b) + std::hypot(two.a, two.b)) / 2;
    const auto seventh = [](double c) {
        return std::sqrt(std::pow(c, 7) / (std::pow(c, 7) + std::pow(25.0, 7)));
    };
    const double g = 0.5 * (1 - seventh(mean_c));
    const double a1 = (1 + g) * one.a;
    const double a2 = (1 + g) * two.a;
    const double c1 = std::hypot(a1, one.b);
    const double c2 = std::hypot(a2, two.b);
    const bool grey = c1 * c2 == 0;
    const double h1 = c1 == 0 ? 0 : degrees(std::atan2(one.b, a1));
    const double h2 = c2 == 0 ? 0 : degrees(std::atan2(two.b, a2));

    double turn = grey ? 0 : h2 - h1;
    if (turn > 180)
        turn -= 360;
    else if (turn < -180)
        turn += 360;
    const double delta_l = two.lightness - one.lightness;
    const double delta_c = c2 - c1;
    const double delta_h = 2 * std::sqrt(c1 * c2) * std::sin(radians(turn / 2));

    const double mean_l = (one.lightness + two.lightness) / 2;
    const double mean_cp = (c1 + c2) / 2;
    double mean_h = h1 + h2;
    if (!grey) {
        if (std::abs(h1 - h2) <= 180)
            mean_h /= 2;
        else
            mean_h = (mean_h + (mean_h < 360 ? 360 : -360)) / 2;
    }
    const double t = 1 - 0.17 * std::cos(radians(mean_h - 30)) + 0.24 * std::cos(radians(2 * mean_h)) +
                     0.32 * std::cos(radians(3 * mean_h + 6)) - 0.20 * std::cos(radians(4 * mean_h - 63));
    const double from_50 = (mean_l - 50) * (mean_l - 50);
    const double s_l = 1 + 0.015 * from_50 / std::sqrt(20 + from_50);
    const double s_c = 1 + 0.045 * mean_cp;
    const double s_h = 1 + 0.015 * mean_cp * t;
    const double theta = 30 * std::exp(-std::pow((mean_h - 275) / 25, 2));
    const double r_t = -2 * seventh(mean_cp) * std::sin(radians(2 * theta));
    const double l = delta_l / s_l;
    const double c = delta_c / s_c;
    const double h = delta_h / s_h;
    return std::sqrt(std::max(0.0, l * l + c * c + h * h + r_t * c * h));
}

} // namespace lunette::wezterm
