#pragma once

#include "ui/overlay.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// Notices at the upper right that go away by themselves: what programs and the configuration tell, errors,
// reloads. They take no input. At most a few are shown and some more wait; then the oldest go. Milliseconds
// of the loop's clock. UI thread only.
class Toasts {
public:
    enum class Kind : std::uint8_t { info, good, warning, error };
    static constexpr std::int64_t usual_ms = 5000;
    static constexpr std::int64_t error_ms = 15000;
    static constexpr std::int64_t longest_ms = 60000;
    static constexpr std::size_t most_shown = 4;
    static constexpr std::size_t most = 16;

    struct Toast {
        Kind kind = Kind::info;
        std::string title; // may be empty
        std::string text;
        std::int64_t for_ms = usual_ms;
        std::string topic{}; // one of the same topic takes the place of the one before; empty: its own text
    };
    void add(Toast toast, std::int64_t now_ms);
    void remove(std::string_view topic);
    // True when what is shown changed.
    bool expire(std::int64_t now_ms);
    void clear();
    // Somebody looks only now.
    void renew(std::int64_t now_ms);
    std::optional<std::int64_t> deadline_ms() const noexcept;
    std::size_t count() const noexcept { return toasts_.size(); }

    // What they cover of the frame since they were last drawn: the cells beneath must be drawn anew.
    const ui::Area& area() const noexcept { return area_; }
    // Between two rows of the frame, the second one excluded; not over its cursor.
    void draw(ui::Frame& frame, int top, int bottom);

private:
    struct Shown {
        Toast toast;
        std::int64_t until_ms;
        std::uint64_t times; // that the same came
    };
    struct Line {
        std::string text;
        int width; // cells
        ui::FrameStyle style;
    };
    const std::vector<Line>& block(int columns);
    std::vector<std::string> lines_of(const Shown& shown, int width) const;

    std::deque<Shown> toasts_; // oldest first
    std::vector<Line> block_;
    int block_columns_ = -1; // that block_ was made for; -1: it is out of date
    ui::Area area_;
};

} // namespace lunette::server
