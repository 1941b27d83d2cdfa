#include "model/styled_text.h"

#include "model/utf8.h"
#include "model/width.h"

#include <algorithm>

namespace lunette::model {

namespace {

bool is_control(char32_t code_point) noexcept {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

void append_clean(std::string& out, std::string_view text) {
    while (!text.empty()) {
        Decoded decoded = decode_utf8(text);
        if (!decoded.valid) {
            append_utf8(out, replacement_character);
            text.remove_prefix(decoded.length == 0 ? text.size() : decoded.length);
            continue;
        }
        if (!is_control(decoded.code_point)) out.append(text.substr(0, decoded.length));
        text.remove_prefix(decoded.length);
    }
}

} // namespace

TextStyle TextStyle::over(const TextStyle& base) const noexcept {
    TextStyle result = base;
    if (!foreground.is_inherited()) result.foreground = foreground;
    if (!background.is_inherited()) result.background = background;
    if (!underline_color.is_inherited()) result.underline_color = underline_color;
    if (set & sets_intensity) result.intensity = intensity;
    if (set & sets_italic) result.italic = italic;
    if (set & sets_underline) result.underline = underline;
    if (set & sets_strikethrough) result.strikethrough = strikethrough;
    if (set & sets_inverse) result.inverse = inverse;
    if (set & sets_invisible) result.invisible = invisible;
    if (set & sets_blink) result.blink = blink;
    if (set & sets_overline) result.overline = overline;
    result.set |= set;
    return result;
}

void StyledText::append(std::string_view text, const TextStyle& style) {
    std::string clean;
    clean.reserve(text.size());
    append_clean(clean, text);
    if (clean.empty()) return;
    if (!runs_.empty() && runs_.back().style == style)
        runs_.back().text += clean;
    else
        runs_.push_back({std::move(clean), style});
}

void StyledText::append(const StyledText& other) {
    const std::size_t count = other.runs_.size(); // `other` may be this text
    for (std::size_t i = 0; i < count; ++i) {
        StyledRun run = other.runs_[i];
        append(run.text, run.style);
    }
}

std::string StyledText::plain() const {
    std::string text;
    for (const StyledRun& run : runs_) text += run.text;
    return text;
}

int StyledText::width() const noexcept {
    int cells = 0;
    for (const StyledRun& run : runs_) cells += text_width(run.text);
    return cells;
}

StyledText StyledText::truncated_right(int cells) const {
    StyledText result;
    for (const StyledRun& run : runs_) {
        std::string_view part = truncate_right(run.text, cells);
        if (!part.empty()) result.runs_.push_back({std::string{part}, run.style});
        if (part.size() < run.text.size()) break;
        cells -= text_width(part);
    }
    return result;
}

StyledText StyledText::truncated_left(int cells) const {
    StyledText result;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        std::string_view part = truncate_left(run->text, cells);
        if (!part.empty()) result.runs_.push_back({std::string{part}, run->style});
        if (part.size() < run->text.size()) break;
        cells -= text_width(part);
    }
    std::reverse(result.runs_.begin(), result.runs_.end());
    return result;
}

} // namespace lunette::model
