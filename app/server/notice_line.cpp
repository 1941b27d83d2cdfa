#include "server/notice_line.h"

#include "model/width.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

void NoticeLine::show(std::string text, std::int64_t until_ms) {
    text_ = std::move(text);
    until_ms_ = until_ms;
}

bool NoticeLine::clear() noexcept {
    const bool was_there = !text_.empty();
    text_.clear();
    return was_there;
}

bool NoticeLine::expire(std::int64_t now_ms) noexcept {
    return !text_.empty() && now_ms >= until_ms_ && clear();
}

std::optional<std::int64_t> NoticeLine::deadline_ms() const noexcept {
    if (text_.empty() || until_ms_ == INT64_MAX) return std::nullopt;
    return until_ms_;
}

void NoticeLine::draw(ui::Frame& frame, int row) {
    area_ = {};
    if (text_.empty() || row < 0 || row >= frame.rows()) return;
    const std::string padded = " " + text_ + " ";
    const int width = std::min(frame.columns(), model::text_width(padded));
    ui::FrameStyle style;
    style.attributes = ui::FrameStyle::inverse;
    frame.put_text(frame.columns() - width, row, padded, style, width);
    area_ = {frame.columns() - width, row, width, 1};
}

} // namespace lunette::server
