#pragma once

#include <cstdint>
#include <optional>

namespace lunette::server {

// When frames are drawn: at once when nothing was drawn for an interval, or for the answer to a key, else an
// interval after the last one. Idle frames are not drawn. Pure arithmetic on nanoseconds.
class FramePacer {
public:
    explicit FramePacer(std::int64_t interval_ns) noexcept : interval_{interval_ns} {}

    void set_interval(std::int64_t interval_ns) noexcept { interval_ = interval_ns; }

    // There is something new to show.
    void damage(std::int64_t now) noexcept;
    // The same, and somebody waits for it: drawn now, whenever the last one was.
    void hurry(std::int64_t now) noexcept;
    // Puts the frame off, because a view has no value yet. At most `longest_deferral` after it was due.
    void defer(std::int64_t now) noexcept;
    bool may_defer(std::int64_t now) const noexcept;

    // When the next frame is to be drawn; nothing while there is nothing to show.
    std::optional<std::int64_t> due() const noexcept;
    bool is_due(std::int64_t now) const noexcept {
        const auto at = due();
        return at && *at <= now;
    }

    struct Started {
        std::int64_t due = 0;
        std::int64_t slots = 1; // frames that were due until now, this one included
        bool late = false;      // more than an interval after it was due
    };
    // A frame is drawn now.
    Started start(std::int64_t now) noexcept;
    std::int64_t interval() const noexcept { return interval_; }

    static constexpr std::int64_t longest_deferral = 4'000'000;

private:
    static constexpr std::int64_t never = INT64_MIN / 2;
    std::int64_t asked() const noexcept;

    std::int64_t interval_;
    std::int64_t last_ = never;
    std::int64_t damaged_ = never; // since when there is something to show
    std::int64_t deferred_ = never;
    std::int64_t hurried_ = never;
};

} // namespace lunette::server
