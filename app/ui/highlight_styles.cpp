#include "ui/highlight_styles.h"

namespace lunette::ui {

namespace {

using model::TextColor;
using Kind = model::Highlight::Kind;

constexpr TextColor black = TextColor::indexed(0);
constexpr TextColor green = TextColor::indexed(2);
constexpr TextColor olive = TextColor::indexed(3);
constexpr TextColor yellow = TextColor::indexed(11);
constexpr TextColor fuchsia = TextColor::indexed(13);

void take(TextColor& color, TextColor told) noexcept {
    if (!told.is_inherited()) color = told;
}

bool is_seen(TextColor color) noexcept {
    return !color.is_inherited() && color.kind() != TextColor::Kind::transparent;
}

} // namespace

HighlightStyles::HighlightStyles() noexcept {
    of(Kind::match) = {black, fuchsia};
    of(Kind::current_match) = {black, yellow};
    of(Kind::quick_match) = {green, black};
    of(Kind::label) = {olive, black};
}

HighlightStyles::HighlightStyles(const model::ConfigPalette& palette) noexcept : HighlightStyles{} {
    if (palette.is_set) of(Kind::selection) = {palette.selection_fg, palette.selection_bg};
    take(of(Kind::match).foreground, palette.copy_mode_inactive_highlight_fg);
    take(of(Kind::match).background, palette.copy_mode_inactive_highlight_bg);
    take(of(Kind::current_match).foreground, palette.copy_mode_active_highlight_fg);
    take(of(Kind::current_match).background, palette.copy_mode_active_highlight_bg);
    take(of(Kind::quick_match).foreground, palette.quick_select_match_fg);
    take(of(Kind::quick_match).background, palette.quick_select_match_bg);
    take(of(Kind::label).foreground, palette.quick_select_label_fg);
    take(of(Kind::label).background, palette.quick_select_label_bg);
}

FrameStyle HighlightStyles::over(Kind kind, FrameStyle style) const noexcept {
    if (kind == Kind::link) {
        style.underline = model::TextUnderline::single;
        return style;
    }
    if (kind == Kind::bar) {
        FrameStyle bar;
        bar.attributes = FrameStyle::inverse;
        return bar;
    }
    const Colors& colors = colors_[static_cast<std::size_t>(kind)];
    const bool has_colors = is_seen(colors.foreground) || is_seen(colors.background);
    if (kind != Kind::selection)
        style.attributes &= static_cast<std::uint16_t>(~FrameStyle::inverse);
    else if (!has_colors)
        style.attributes ^= FrameStyle::inverse;
    if (!has_colors) return style;
    // What is shown inverse has its colours the other way round.
    const bool inverse = (style.attributes & FrameStyle::inverse) != 0;
    if (is_seen(colors.foreground)) (inverse ? style.background : style.foreground) = colors.foreground;
    if (is_seen(colors.background)) (inverse ? style.foreground : style.background) = colors.background;
    if (kind == Kind::label) style.attributes |= FrameStyle::bold;
    return style;
}

} // namespace lunette::ui
