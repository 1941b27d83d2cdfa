#pragma once

#include "ui/frame.h"

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

    // Whether the frame has, or had, cells of it: those beneath must be drawn anew.
    bool is_in_frame() const noexcept { return drawn_ || !text_.empty(); }
    void draw(ui::Frame& frame, int row);

private:
    std::string text_;
    std::int64_t until_ms_ = 0;
    bool drawn_ = false;
};

} // namespace lunette::server
