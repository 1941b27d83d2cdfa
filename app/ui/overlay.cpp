#include "ui/overlay.h"

#include <algorithm>
#include <string>

namespace lunette::ui {

namespace {

FrameStyle over(const model::TextStyle& text, const FrameStyle& base) {
    FrameStyle style = FrameStyle::from(text);
    if (style.foreground.is_inherited()) style.foreground = base.foreground;
    if (style.background.is_inherited()) style.background = base.background;
    if (style.underline_color.is_inherited()) style.underline_color = base.underline_color;
    style.attributes = static_cast<std::uint16_t>(style.attributes ^ base.attributes);
    if (base.underline != model::TextUnderline::none && style.underline == model::TextUnderline::none)
        style.underline = base.underline;
    return style;
}

FrameStyle with(FrameStyle style, std::uint16_t attribute) {
    style.attributes = static_cast<std::uint16_t>(style.attributes | attribute);
    return style;
}

} // namespace

OverlayColors OverlayColors::from(const model::ConfigView& config, std::string_view foreground,
                                  std::string_view background) {
    const model::ConfigPalette& palette = config.palette();
    OverlayColors colors;
    colors.text.foreground = config.color(foreground);
    colors.text.background = config.color(background);
    if (palette.is_set && colors.text.foreground.is_inherited()) colors.text.foreground = palette.foreground;
    if (palette.is_set && colors.text.background.is_inherited()) colors.text.background = palette.background;
    colors.strong = with(colors.text, FrameStyle::bold);
    colors.faint = with(colors.text, FrameStyle::faint);
    colors.selected = with(colors.text, FrameStyle::inverse);
    colors.match = colors.strong;
    colors.match.underline = model::TextUnderline::single;
    return colors;
}

void Overlay::pointer(Pointer, int, int) {}

model::Modifiers effective(model::Modifiers modifiers) noexcept {
    return modifiers & ~(model::Modifiers::caps_lock | model::Modifiers::num_lock);
}

bool is_key(const model::KeyEvent& key, char32_t character, model::Modifiers modifiers) noexcept {
    if (key.key != model::Key::character || effective(key.modifiers) != modifiers) return false;
    const char32_t typed =
        key.code_point >= U'A' && key.code_point <= U'Z' ? key.code_point + 32 : key.code_point;
    return typed == character;
}

bool is_cancel(const model::KeyEvent& key) noexcept {
    return (key.key == model::Key::escape && effective(key.modifiers) == model::Modifiers::none) ||
           is_key(key, U'g', model::Modifiers::ctrl) || is_key(key, U'c', model::Modifiers::ctrl);
}

int put_line(Frame& frame, int x, int y, int width, std::string_view text, const FrameStyle& style) {
    const int used = frame.put_text(x, y, text, style, width);
    if (used < width)
        frame.put_text(x + used, y, std::string(static_cast<std::size_t>(width - used), ' '), style,
                       width - used);
    return used;
}

int put_line(Frame& frame, int x, int y, int width, const model::StyledText& text, const FrameStyle& style) {
    const model::StyledText cut = text.truncated_right(width);
    int used = 0;
    for (const model::StyledRun& run : cut.runs())
        used += frame.put_text(x + used, y, run.text, over(run.style, style), width - used);
    put_line(frame, x + used, y, width - used, std::string_view{}, style);
    return used;
}

} // namespace lunette::ui
