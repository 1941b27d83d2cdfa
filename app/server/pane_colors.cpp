#include "server/pane_colors.h"

#include <algorithm>

#include <cmath>

namespace lunette::server {

using model::TextColor;

namespace {

terminal::Rgb rgb_of(TextColor color, terminal::Rgb otherwise) noexcept {
    if (color.kind() != TextColor::Kind::direct) return otherwise;
    return {color.red(), color.green(), color.blue()};
}

TextColor direct(terminal::Rgb color) noexcept {
    return TextColor::direct(color.red, color.green, color.blue);
}

terminal::Palette palette_of(const model::ConfigPalette& config) {
    terminal::Palette palette = terminal::Palette::standard();
    for (std::size_t i = 0; i < palette.colors.size(); ++i)
        palette.colors[i] = rgb_of(config.indexed[i], palette.colors[i]);
    palette.foreground = rgb_of(config.foreground, palette.foreground);
    palette.background = rgb_of(config.background, palette.background);
    palette.cursor = rgb_of(config.cursor_bg, palette.foreground);
    palette.selection_background = rgb_of(config.selection_bg, palette.selection_background);
    palette.selection_foreground = rgb_of(config.selection_fg, palette.selection_foreground);
    return palette;
}

bool is_see_through(const model::ConfigView& config) {
    const Value& opacity = config.option("window_background_opacity");
    return opacity.number_or(1) < 1 || config.option("background").size() > 0 ||
           !config.option("window_background_gradient").is_nil() ||
           !config.option("window_background_image").is_nil();
}

struct Hsv {
    double hue = 0, saturation = 0, value = 0; // 0..6, 0..1, 0..255
};

Hsv to_hsv(double red, double green, double blue) noexcept {
    const double most = std::max({red, green, blue});
    const double chroma = most - std::min({red, green, blue});
    if (most <= 0) return {};
    double hue = 0;
    if (chroma > 0) {
        if (most == red)
            hue = std::fmod((green - blue) / chroma + 6, 6);
        else if (most == green)
            hue = (blue - red) / chroma + 2;
        else
            hue = (red - green) / chroma + 4;
    }
    return {hue, chroma / most, most};
}

TextColor from_hsv(const Hsv& color) noexcept {
    const auto channel = [&color](double n) {
        const double k = std::fmod(n + color.hue, 6);
        const double part =
            color.value - color.value * color.saturation * std::clamp(std::min(k, 4 - k), 0.0, 1.0);
        return static_cast<std::uint8_t>(std::clamp(std::lround(part), 0L, 255L));
    };
    return TextColor::direct(channel(5), channel(3), channel(1));
}

} // namespace

PaneColors::PaneColors(const model::ConfigView& config, const Value& set_options) {
    const auto told = [&set_options](std::string_view option) {
        const auto& set = set_options.items();
        return std::any_of(set.begin(), set.end(),
                           [option](const Value& name) { return name.text() == option; });
    };
    if (config.palette().is_set && !config.outer_palette()) {
        palette_ = palette_of(config.palette());
        split_ = config.palette().split;
        colors_cursor_ = config.palette().cursor_bg.kind() == TextColor::Kind::direct &&
                         !config.flag("force_reverse_video_cursor", false);
    }
    paints_background_ = !is_see_through(config);
    if (config.flag("enable_scroll_bar", false)) {
        thumb_ = blank();
        thumb_->foreground = palette_ ? config.palette().scrollbar_thumb : TextColor{};
    }
    // What nobody chose looks as the outer terminal shows it.
    if (palette_ || told("bold_brightens_ansi_colors")) {
        const std::string_view bold = config.text("bold_brightens_ansi_colors", "BrightAndBold");
        bold_ = bold == "BrightAndBold" ? Bold::brightens
                : bold == "BrightOnly"  ? Bold::is_bright
                                        : Bold::as_it_is;
    }
    if (palette_ || told("inactive_pane_hsb")) {
        const Value& hsb = config.option("inactive_pane_hsb");
        dimming_ = {hsb["hue"].number_or(1), hsb["saturation"].number_or(0.9),
                    hsb["brightness"].number_or(0.8)};
    }
}

ui::FrameStyle PaneColors::shown(ui::FrameStyle style, const terminal::Palette& own,
                                 bool active) const noexcept {
    if (bold_ != Bold::as_it_is && (style.attributes & ui::FrameStyle::bold) != 0 &&
        style.foreground.kind() == TextColor::Kind::indexed && style.foreground.index() < 8) {
        style.foreground = TextColor::indexed(static_cast<std::uint8_t>(style.foreground.index() + 8));
        if (bold_ == Bold::is_bright)
            style.attributes = static_cast<std::uint16_t>(style.attributes & ~ui::FrameStyle::bold);
    }
    if (palette_) {
        const auto resolve = [&own](TextColor color, terminal::Rgb inherited) {
            if (color.kind() == TextColor::Kind::indexed) return direct(own.colors[color.index()]);
            return color.is_inherited() ? direct(inherited) : color;
        };
        // Inverse exchanges colours, so both have to be there.
        const bool paints = paints_background_ || (style.attributes & ui::FrameStyle::inverse) != 0;
        style.foreground = resolve(style.foreground, own.foreground);
        if (paints || !style.background.is_inherited())
            style.background = resolve(style.background, own.background);
        if (style.underline_color.kind() == TextColor::Kind::indexed)
            style.underline_color = direct(own.colors[style.underline_color.index()]);
    }
    if (active || dimming_.does_nothing()) return style;
    if (palette_) {
        style.foreground = dimmed(style.foreground);
        style.background = dimmed(style.background);
    } else if (dimming_.brightness < 1) {
        style.attributes |= ui::FrameStyle::faint; // colours that nobody here knows
    }
    return style;
}

TextColor PaneColors::dimmed(TextColor color) const noexcept {
    if (color.kind() != TextColor::Kind::direct) return color;
    Hsv hsv = to_hsv(color.red(), color.green(), color.blue());
    hsv.hue = std::fmod(hsv.hue * std::max(dimming_.hue, 0.0), 6);
    hsv.saturation = std::clamp(hsv.saturation * dimming_.saturation, 0.0, 1.0);
    hsv.value = std::clamp(hsv.value * dimming_.brightness, 0.0, 255.0);
    return from_hsv(hsv);
}

ui::FrameStyle PaneColors::blank() const noexcept {
    ui::FrameStyle style;
    if (palette_ && paints_background_) style.background = direct(palette_->background);
    return style;
}

ui::FrameStyle PaneColors::split() const noexcept {
    ui::FrameStyle style = blank();
    if (palette_) style.foreground = split_;
    return style;
}

} // namespace lunette::server
