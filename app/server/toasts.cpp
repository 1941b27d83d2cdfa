#include "server/toasts.h"

#include "model/styled_text.h"
#include "model/width.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

constexpr int widest = 64;
constexpr int narrowest = 30;        // else half of the frame: what is typed stays to be seen
constexpr std::size_t most_rows = 6; // of one
constexpr std::size_t most_bytes = 1000;

ui::FrameStyle style_of(Toasts::Kind kind) {
    using model::TextColor;
    constexpr std::uint8_t black = 0, red = 1, green = 2, yellow = 3, white = 15;
    ui::FrameStyle style;
    switch (kind) {
    case Toasts::Kind::info: style.attributes = ui::FrameStyle::inverse; return style;
    case Toasts::Kind::good: style.background = TextColor::indexed(green); break;
    case Toasts::Kind::warning: style.background = TextColor::indexed(yellow); break;
    case Toasts::Kind::error: style.background = TextColor::indexed(red); break;
    }
    style.foreground = TextColor::indexed(kind == Toasts::Kind::error ? white : black);
    return style;
}

// Control characters but line feeds are left out: programs write what they like.
std::string clean(std::string_view text) {
    std::string result;
    text = text.substr(0, most_bytes);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += model::StyledText{text.substr(0, end)}.plain();
        if (end < text.size()) result += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    while (!result.empty() && result.back() == '\n') result.pop_back();
    return result;
}

// At spaces where there are some.
void wrap(std::vector<std::string>& lines, std::string_view text, int width) {
    while (lines.size() < most_rows) {
        const std::string_view fits = model::truncate_right(text, width);
        if (fits.size() == text.size() || fits.empty()) {
            lines.emplace_back(text);
            return;
        }
        std::size_t cut = text[fits.size()] == ' ' ? fits.size() : fits.rfind(' ');
        if (cut == std::string_view::npos || cut == 0) cut = fits.size();
        lines.emplace_back(text.substr(0, cut));
        text.remove_prefix(cut);
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        if (text.empty()) return;
    }
    std::string& last = lines.back();
    last = std::string{model::truncate_right(last, width - 1)} + "…";
}

} // namespace

void Toasts::add(Toast toast, std::int64_t now_ms) {
    toast.title = clean(toast.title);
    toast.text = clean(toast.text);
    if (toast.title.empty() && toast.text.empty()) return;
    block_columns_ = -1;
    if (toast.topic.empty()) toast.topic = toast.title + '\n' + toast.text;
    const std::int64_t until = now_ms + std::clamp<std::int64_t>(toast.for_ms, 500, longest_ms);
    const auto same = std::find_if(toasts_.begin(), toasts_.end(),
                                   [&](const Shown& other) { return other.toast.topic == toast.topic; });
    if (same != toasts_.end()) {
        const bool again = same->toast.text == toast.text && same->toast.title == toast.title;
        same->times = again ? same->times + 1 : 1;
        same->until_ms = until;
        same->toast = std::move(toast);
        return;
    }
    if (toasts_.size() >= most) toasts_.pop_front();
    toasts_.push_back({std::move(toast), until, 1});
}

void Toasts::remove(std::string_view topic) {
    block_columns_ = -1;
    std::erase_if(toasts_, [&](const Shown& shown) { return shown.toast.topic == topic; });
}

bool Toasts::expire(std::int64_t now_ms) {
    const bool some =
        std::erase_if(toasts_, [&](const Shown& shown) { return shown.until_ms <= now_ms; }) > 0;
    if (some) block_columns_ = -1;
    return some;
}

void Toasts::clear() {
    block_columns_ = -1;
    toasts_.clear();
}

void Toasts::renew(std::int64_t now_ms) {
    for (Shown& shown : toasts_) shown.until_ms = std::max(shown.until_ms, now_ms + usual_ms);
}

std::optional<std::int64_t> Toasts::deadline_ms() const noexcept {
    std::optional<std::int64_t> first;
    for (const Shown& shown : toasts_) first = std::min(first.value_or(shown.until_ms), shown.until_ms);
    return first;
}

std::vector<std::string> Toasts::lines_of(const Shown& shown, int width) const {
    std::vector<std::string> lines;
    std::string text = shown.toast.title;
    if (!text.empty() && !shown.toast.text.empty()) text += ": ";
    text += shown.toast.text;
    if (shown.times > 1) text += "  ×" + std::to_string(shown.times);
    std::string_view rest = text;
    while (!rest.empty() && lines.size() < most_rows) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        wrap(lines, rest.substr(0, end), width);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

const std::vector<Toasts::Line>& Toasts::block(int columns) {
    if (columns == block_columns_) return block_;
    block_columns_ = columns;
    std::vector<Line>& block = block_;
    block.clear();
    const int most_width = std::min(std::clamp(columns / 2, narrowest, widest), columns - 2);
    if (most_width < 4) return block;
    std::size_t shown = 0;
    for (auto each = toasts_.rbegin(); each != toasts_.rend() && shown < most_shown; ++each, ++shown) {
        const std::vector<std::string> lines = lines_of(*each, most_width - 2);
        int width = 0;
        for (const std::string& line : lines) width = std::max(width, model::text_width(line) + 2);
        const ui::FrameStyle style = style_of(each->toast.kind);
        for (const std::string& line : lines)
            block.push_back({model::pad_right(" " + line, width), width, style});
    }
    return block;
}

// The newest stands highest. All stand below the line that somebody types in, if they would cover its end.
void Toasts::draw(ui::Frame& frame, int top, int bottom) {
    area_ = {};
    bottom = std::min(bottom, frame.rows());
    int y = std::max(top, 0);
    const std::vector<Line>& lines = block(frame.columns());
    int widest_line = 0;
    for (const Line& line : lines) widest_line = std::max(widest_line, line.width);
    const ui::FrameCursor& cursor = frame.cursor();
    if (cursor.visible && cursor.x >= frame.columns() - widest_line && cursor.y >= y &&
        cursor.y < y + static_cast<int>(lines.size()))
        y = cursor.y + 1;
    const int first = y;
    for (const Line& line : lines) {
        if (y >= bottom) return;
        frame.put_text(frame.columns() - line.width, y++, line.text, line.style, line.width);
        area_ = {frame.columns() - widest_line, first, widest_line, y - first};
    }
}

} // namespace lunette::server
