#pragma once

#include <lunette/report.h>
#include <lunette/view.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace lunette::server {

std::int64_t monotonic_ns() noexcept;

// What scripting costs the thread that draws, in nanoseconds of real time. Everything that the UI thread does
// with the script side while a frame is made goes through a Span. UI thread only.
class Instruments {
public:
    struct Stall {
        std::uint64_t count = 0;
        std::int64_t max = 0;
    };
    struct Views {
        std::uint64_t reads = 0;
        std::uint64_t fresh = 0;
        std::uint64_t stale = 0;
        std::uint64_t fallback = 0;
    };

    enum class Part : std::uint8_t { frame, after_frame };

    // Measures from its construction on. `after_frame`: nothing that is shown waits for it.
    class Span {
    public:
        Span(Instruments& instruments, const char* cause, Part part = Part::frame) noexcept;
        ~Span();
        Span(const Span&) = delete;
        Span& operator=(const Span&) = delete;

    private:
        Instruments& instruments_;
        const char* cause_;
        Part part_;
        std::int64_t start_;
        std::uint64_t allocations_;
    };

    // The thread begins to work: what it waits for from now on counts.
    void turn_started() noexcept;
    // `late`: more than an interval after `due`. Ends what was counted for the frame before.
    void frame_started(std::int64_t due, std::int64_t slots, bool late) noexcept;
    void frame_ended(std::int64_t duration) noexcept;
    // The frame under way shows another tab bar.
    void rebuilt() noexcept { rebuilt_ = true; }
    void read(Freshness freshness) noexcept;
    void echo(std::int64_t latency) noexcept { echo_.record(latency); }
    // Counts allocations on the reading path, for tests.
    void count_allocations_with(std::uint64_t (*counter)()) noexcept { allocation_counter_ = counter; }

    std::uint64_t due() const noexcept { return due_; }
    std::uint64_t rendered() const noexcept { return rendered_; }
    std::uint64_t late() const noexcept { return late_; }
    std::uint64_t late_by_script() const noexcept { return late_by_script_; }
    // Of the frame that ended last, in nanoseconds.
    std::int64_t last_ui() const noexcept { return last_ui_; }
    std::int64_t last_script() const noexcept { return last_script_; }
    std::uint64_t allocations() const noexcept { return allocations_; }
    const Histogram& ui() const noexcept { return ui_; }
    const Histogram& script_on_ui() const noexcept { return script_on_ui_; }
    const Histogram& script_on_ui_rebuild() const noexcept { return script_on_ui_rebuild_; }
    // Of turns that woke the script thread or freed what it gave back.
    const Histogram& script_after_frame() const noexcept { return script_after_frame_; }
    const Histogram& echo() const noexcept { return echo_; }
    const Views& views() const noexcept { return views_; }
    // Waits, and work, of over a millisecond, by cause. Time in which the system let others run is neither.
    const std::map<std::string, Stall, std::less<>>& stalls() const noexcept { return stalls_; }

    static constexpr std::int64_t stall_limit = 1'000'000;

private:
    struct Switches {
        long voluntary = 0;   // the thread waited
        long involuntary = 0; // it was made to
    };
    static Switches switches() noexcept;
    void span_ended(const char* cause, Part part, std::int64_t start, std::int64_t end);

    std::uint64_t (*allocation_counter_)() = nullptr;
    Switches switches_; // when the turn began, or at the last stall
    std::uint64_t due_ = 0;
    std::uint64_t rendered_ = 0;
    std::uint64_t late_ = 0;
    std::uint64_t late_by_script_ = 0;
    std::uint64_t allocations_ = 0;
    std::int64_t script_ = 0;                 // of the frame under way
    std::int64_t last_stall_end_ = INT64_MIN; // of the last wait over the limit
    std::int64_t last_ui_ = 0;
    std::int64_t last_script_ = 0;
    bool rebuilt_ = false;
    Histogram ui_, script_on_ui_, script_on_ui_rebuild_, script_after_frame_, echo_;
    Views views_;
    std::map<std::string, Stall, std::less<>> stalls_;
};

} // namespace lunette::server
