#pragma once

#include "ui/overlay.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lunette::server {

// One line at the lower right that goes away by itself: what a key could not do, and what may follow the
// prefix. Milliseconds of the loop's clock. UI thread only.
class NoticeLine {
public:
    static constexpr std::int64_t usual_ms = 3000;

    void show(std::string text, std::int64_t until_ms);
    // Until clear().
    void show(std::string text) { show(std::move(text), INT64_MAX); }
    // True when it was there.
    bool clear() noexcept;
    bool expire(std::int64_t now_ms) noexcept;
    const std::string& text() const noexcept { return text_; }
    std::optional<std::int64_t> deadline_ms() const noexcept;

    // What it covers of the frame since it was last drawn: the cells beneath must be drawn anew.
    const ui::Area& area() const noexcept { return area_; }
    void draw(ui::Frame& frame, int row);

private:
    std::string text_;
    std::int64_t until_ms_ = 0;
    ui::Area area_;
};

} // namespace lunette::server
