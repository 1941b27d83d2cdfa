#pragma once

#include "ui/debug_overlay.h"

#include "mux/mux.h"

#include <lunette/engine.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace lunette::wezterm {
struct Evaluated;
}

namespace lunette::server {

class UiLoop;

// The debug overlay's other side: keeps the newest lines of the log, asks for statistics while they are
// looked at, sends Lua to the script thread. UI thread only.
class DebugPanel {
public:
    static constexpr std::size_t most_records = 500;
    static constexpr std::int64_t refresh_ms = 1000; // of the statistics

    explicit DebugPanel(UiLoop& loop) noexcept : loop_{loop} {}

    mux::Reply open(Id pane);
    void note(const LogRecord& record);
    // What the script thread says to a line of Lua.
    void take(const wezterm::Evaluated& result);
    void take(const EngineReport& report);
    // After each turn. Milliseconds of the loop's clock.
    void observe(std::int64_t now_ms);
    std::optional<std::int64_t> deadline_ms() const noexcept;

private:
    void evaluate(Id pane, const std::string& source);
    bool shows_statistics() const noexcept;

    UiLoop& loop_;
    std::deque<ui::PageView::Line> lines_;
    std::weak_ptr<ui::DebugOverlay> overlay_; // while it is open
    std::int64_t refresh_at_ms_ = 0;
};

} // namespace lunette::server
