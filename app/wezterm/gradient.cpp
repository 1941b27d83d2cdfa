#include "wezterm/gradient.h"

#include "wezterm/sorted_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lunette::wezterm {

namespace {

constexpr char presets_text[] =
#include "../../data/gradient_presets.inc"
    ;
constexpr SortedLines spline_presets{{presets_text, sizeof presets_text - 1}};

// Presets that are formulas. The coefficients are those of d3-scale-chromatic and its sources.
constexpr std::array<std::string_view, 7> computed_presets{
    "Cividis", "Cool", "CubeHelixDefault", "Rainbow", "Sinebow", "Turbo", "Warm"};

using Channels = std::array<double, 4>;

Rgba to_rgba(const Channels& c) noexcept {
    return {static_cast<float>(c[0]), static_cast<float>(c[1]), static_cast<float>(c[2]),
            static_cast<float>(c[3])};
}

Channels encode_linear(const Channels& linear) noexcept {
    Channels result = linear;
    for (std::size_t i = 0; i < 3; ++i) {
        result[i] = linear[i] >= 0.0031308 ? 1.055 * std::pow(linear[i], 1 / 2.4) - 0.055 : 12.92 * linear[i];
    }
    return result;
}

// Björn Ottosson, "A perceptual color space for image processing" (2020).
Channels to_oklab(const Channels& linear) noexcept {
    const auto [r, g, b, alpha] = linear;
    const double l = std::cbrt(0.4121656120 * r + 0.5362752080 * g + 0.0514575653 * b);
    const double m = std::cbrt(0.2118591070 * r + 0.6807189584 * g + 0.1074065790 * b);
    const double s = std::cbrt(0.0883097947 * r + 0.2818474174 * g + 0.6302613616 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s, alpha};
}

Channels from_oklab(const Channels& lab) noexcept {
    const auto cube = [](double v) { return v * v * v; };
    const double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    const double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    const double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    return encode_linear({4.0767245293 * l - 3.3072168827 * m + 0.2307590544 * s,
                          -1.2681437731 * l + 2.6093323231 * m - 0.3411344290 * s,
                          -0.0041119885 * l - 0.7034763098 * m + 1.7068625689 * s, lab[3]});
}

Channels to_hsv(const Rgba& color) noexcept {
    const Hsla hsl = color.hsla();
    const double value = std::max({color.red, color.green, color.blue});
    const double low = std::min({color.red, color.green, color.blue});
    return {hsl.hue, value == 0 ? 0 : (value - low) / value, value, color.alpha};
}

Channels from_hsv(const Channels& hsv) noexcept {
    const double lightness = hsv[2] * (1 - hsv[1] / 2);
    const double room = std::min(lightness, 1 - lightness);
    const Rgba color =
        Rgba::from_hsla(hsv[0], room == 0 ? 0 : (hsv[2] - lightness) / room, lightness, hsv[3]);
    return {color.red, color.green, color.blue, color.alpha};
}

Channels encode(const Rgba& color, BlendMode mode) noexcept {
    switch (mode) {
    case BlendMode::linear_rgb: return color.linear();
    case BlendMode::hsv: return to_hsv(color);
    case BlendMode::oklab: return to_oklab(color.linear());
    case BlendMode::rgb: break;
    }
    return {color.red, color.green, color.blue, color.alpha};
}

Rgba decode(const Channels& channels, BlendMode mode) noexcept {
    switch (mode) {
    case BlendMode::linear_rgb: return to_rgba(encode_linear(channels));
    case BlendMode::hsv: return to_rgba(from_hsv(channels));
    case BlendMode::oklab: return to_rgba(from_oklab(channels));
    case BlendMode::rgb: break;
    }
    return to_rgba(channels);
}

double basis(double t, double before, double from, double to,
             double after) noexcept { // uniform cubic B-spline
    const double t2 = t * t;
    const double t3 = t2 * t;
    return ((1 - 3 * t + 3 * t2 - t3) * before + (4 - 6 * t2 + 3 * t3) * from +
            (1 + 3 * t + 3 * t2 - 3 * t3) * to + t3 * after) /
           6;
}

double catmull_rom(double t, double before, double from, double to, double after) noexcept { // centripetal
    const double t1 = std::sqrt(std::abs(before - from));
    const double t2 = t1 + std::sqrt(std::abs(from - to));
    const double t3 = t2 + std::sqrt(std::abs(to - after));
    const auto tangent = [](double value) { return std::isnan(value) ? 0 : value; };
    const double m1 =
        tangent((t2 - t1) * ((before - from) / -t1 - (before - to) / -t2 + (from - to) / (t1 - t2)));
    const double m2 = tangent(
        (t2 - t1) * ((from - to) / (t1 - t2) - (from - after) / (t1 - t3) + (to - after) / (t2 - t3)));
    return ((2 * from - 2 * to + m1 + m2) * t + (-3 * from + 3 * to - 2 * m1 - m2)) * t * t + m1 * t + from;
}

double blend_hue(double from, double to, double t) noexcept { // the short way round
    const double turn = std::fmod(std::fmod(to - from, 360) + 540, 360) - 180;
    return std::fmod(from + t * turn + 360, 360);
}

// Evenly spaced stops. REQUIRES: at least two.
class Spline {
public:
    Spline(std::vector<Rgba> stops, Interpolation interpolation, BlendMode mode)
        : stops_{std::move(stops)},
          interpolation_{interpolation},
          mode_{mode == BlendMode::hsv && interpolation != Interpolation::linear ? BlendMode::rgb : mode} {
        values_.reserve(stops_.size());
        for (const Rgba& stop : stops_) values_.push_back(encode(stop, mode_));
    }

    Rgba at(double position) const noexcept {
        if (position <= 0) return stops_.front();
        if (position >= 1) return stops_.back();
        const double scaled = position * static_cast<double>(stops_.size() - 1);
        const std::size_t i = std::min(static_cast<std::size_t>(scaled), stops_.size() - 2);
        const double t = scaled - static_cast<double>(i);
        Channels result{};
        for (std::size_t k = 0; k < result.size(); ++k) {
            const double from = values_[i][k];
            const double to = values_[i + 1][k];
            const double before = i > 0 ? values_[i - 1][k] : 2 * from - to;
            const double after = i + 2 < values_.size() ? values_[i + 2][k] : 2 * to - from;
            switch (interpolation_) {
            case Interpolation::linear:
                result[k] =
                    k == 0 && mode_ == BlendMode::hsv ? blend_hue(from, to, t) : from + t * (to - from);
                break;
            case Interpolation::basis: result[k] = basis(t, before, from, to, after); break;
            case Interpolation::catmull_rom: result[k] = catmull_rom(t, before, from, to, after); break;
            }
        }
        return decode(result, mode_);
    }

private:
    std::vector<Rgba> stops_;
    std::vector<Channels> values_;
    Interpolation interpolation_;
    BlendMode mode_;
};

double polynomial(double t, const std::array<double, 6>& coefficients) noexcept {
    double value = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) value = value * t + coefficients[i];
    return std::clamp(std::round(value) / 255, 0.0, 1.0);
}

Rgba cubehelix(double hue, double saturation, double lightness) noexcept { // D. A. Green, 2011
    const double angle = (hue + 120) * std::numbers::pi / 180;
    const double amplitude = saturation * lightness * (1 - lightness);
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const auto channel = [&](double value) { return std::clamp(value, 0.0, 1.0); };
    return to_rgba({channel(lightness - amplitude * std::min(0.14861 * c - 1.78277 * s, 1.0)),
                    channel(lightness - amplitude * std::min(0.29227 * c + 0.90649 * s, 1.0)),
                    channel(lightness + amplitude * 1.97294 * c), 1});
}

Rgba computed_preset(std::string_view name, double t) noexcept {
    if (name == "Cividis") {
        return to_rgba({polynomial(t, {-4.54, -35.34, 2381.73, -6402.7, 7024.72, -2710.57}),
                        polynomial(t, {32.49, 170.73, 52.82, -131.46, 176.58, -67.37}),
                        polynomial(t, {81.24, 442.36, -2482.43, 6167.24, -6614.94, 2475.67}), 1});
    }
    if (name == "Turbo") {
        return to_rgba({polynomial(t, {34.61, 1172.33, -10793.56, 33300.12, -38394.49, 14825.05}),
                        polynomial(t, {23.31, 557.33, 1225.33, -3574.96, 1073.77, 707.56}),
                        polynomial(t, {27.2, 3211.1, -15327.97, 27814.0, -22569.18, 6838.66}), 1});
    }
    if (name == "Sinebow") {
        const double angle = (0.5 - t) * std::numbers::pi;
        const auto wave = [&](double shift) {
            return std::pow(std::sin(angle + shift * std::numbers::pi / 3), 2);
        };
        return to_rgba({wave(0), wave(1), wave(2), 1});
    }
    if (name == "Rainbow") {
        const double off = std::abs(t - 0.5);
        return cubehelix(360 * t - 100, 1.5 - 1.5 * off, 0.8 - 0.9 * off);
    }
    if (name == "Warm") return cubehelix(-100 + 180 * t, 0.75 + 0.75 * t, 0.35 + 0.45 * t);
    if (name == "Cool") return cubehelix(260 - 180 * t, 0.75 + 0.75 * t, 0.35 + 0.45 * t);
    return cubehelix(300 - 540 * t, 0.5, t); // CubeHelixDefault
}

std::vector<Rgba> run_together(std::string_view digits) {
    std::vector<Rgba> colors;
    for (; digits.size() >= 6; digits.remove_prefix(6))
        colors.push_back(*parse_css_color(digits.substr(0, 6)));
    return colors;
}

tl::expected<std::vector<Rgba>, std::string> stops_of(const Gradient& gradient) {
    std::vector<Rgba> stops;
    std::string unknown;
    for (const std::string& text : gradient.colors) {
        if (std::optional<Rgba> color = parse_css_color(text))
            stops.push_back(*color);
        else
            unknown += (unknown.empty() ? "'" : ", '") + text + "'";
    }
    if (!unknown.empty()) return tl::make_unexpected("invalid html colors: " + unknown);
    if (stops.empty()) stops = {Rgba{0, 0, 0, 1}, Rgba{1, 1, 1, 1}};
    if (stops.size() == 1) stops.push_back(stops.front());
    return stops;
}

double position(std::size_t index, std::size_t count) noexcept {
    return count < 2 ? 0 : static_cast<double>(index) / static_cast<double>(count - 1);
}

template<class At>
std::vector<Rgba> sample(const At& at, std::size_t count) {
    std::vector<Rgba> colors;
    colors.reserve(count);
    for (std::size_t i = 0; i < count; ++i) colors.push_back(at(position(i, count)));
    return colors;
}

// Bands of equal width; smoothness 0..1 is the share of a band that fades into its neighbours.
Rgba banded(const std::vector<Rgba>& bands, double smoothness, double t) noexcept {
    const double scaled = std::clamp(t, 0.0, 1.0) * static_cast<double>(bands.size());
    const double fade = std::clamp(smoothness, 0.0, 1.0) / 4;
    // A border belongs to the band on its left.
    const std::size_t i =
        std::min(static_cast<std::size_t>(std::max(std::ceil(scaled), 1.0)), bands.size()) - 1;
    const double within = scaled - static_cast<double>(i);
    std::size_t from = i;
    double share = 0;
    if (i > 0 && within < fade) {
        from = i - 1;
        share = (within + fade) / (2 * fade);
    } else if (i + 1 < bands.size() && within > 1 - fade) {
        share = (within - (1 - fade)) / (2 * fade);
    }
    if (share == 0) return bands[from];
    const Rgba& a = bands[from];
    const Rgba& b = bands[from + 1];
    const auto mix = [&](float x, float y) { return static_cast<float>(x + share * (y - x)); };
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue), mix(a.alpha, b.alpha)};
}

} // namespace

std::optional<Interpolation> parse_interpolation(std::string_view name) noexcept {
    if (name == "Linear") return Interpolation::linear;
    if (name == "Basis") return Interpolation::basis;
    if (name == "CatmullRom") return Interpolation::catmull_rom;
    return std::nullopt;
}

std::optional<BlendMode> parse_blend_mode(std::string_view name) noexcept {
    if (name == "Rgb") return BlendMode::rgb;
    if (name == "LinearRgb") return BlendMode::linear_rgb;
    if (name == "Hsv") return BlendMode::hsv;
    if (name == "Oklab") return BlendMode::oklab;
    return std::nullopt;
}

tl::expected<std::vector<Rgba>, std::string> gradient_colors(const Gradient& gradient, std::size_t count) {
    if (count > max_gradient_colors || gradient.segment_size.value_or(0) > max_gradient_colors) {
        return tl::make_unexpected("a gradient has at most " + std::to_string(max_gradient_colors) +
                                   " colors");
    }
    if (gradient.segment_size.has_value() != gradient.segment_smoothness.has_value()) {
        return tl::make_unexpected(
            std::string{"a gradient must specify both segment_size and segment_smoothness, or neither"});
    }
    const auto finish = [&](const auto& at) {
        if (!gradient.segment_size) return sample(at, count);
        const std::vector<Rgba> bands =
            *gradient.segment_size > 1 ? sample(at, *gradient.segment_size) : std::vector<Rgba>(2, at(0));
        return sample([&](double t) { return banded(bands, *gradient.segment_smoothness, t); }, count);
    };

    if (gradient.preset) {
        if (const std::string_view digits = spline_presets.find(*gradient.preset); !digits.empty()) {
            const Spline spline{run_together(digits), Interpolation::basis, BlendMode::rgb};
            return finish([&](double t) { return spline.at(t); });
        }
        const auto known = std::find(computed_presets.begin(), computed_presets.end(), *gradient.preset);
        if (known == computed_presets.end())
            return tl::make_unexpected("unknown gradient preset '" + *gradient.preset + "'");
        return finish([&](double t) { return computed_preset(*known, t); });
    }
    auto stops = stops_of(gradient);
    if (!stops) return tl::make_unexpected(std::move(stops.error()));
    const Spline spline{std::move(*stops), gradient.interpolation, gradient.blend};
    return finish([&](double t) { return spline.at(t); });
}

const std::vector<std::string_view>& gradient_presets() {
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> result{computed_presets.begin(), computed_presets.end()};
        for (std::string_view rest = spline_presets.text(); !rest.empty();) {
            result.push_back(SortedLines::first_field(SortedLines::take_line(rest)));
        }
        std::sort(result.begin(), result.end());
        return result;
    }();
    return all;
}

} // namespace lunette::wezterm
