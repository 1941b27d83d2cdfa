#pragma once

#include "mux/pane.h"
#include "ui/pane_cells.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace lunette::server {

// A pane's terminal as the composer sees it: what the user looks at, scrolled back or not, selection
// inverted. Does not outlive its pane. UI thread only.
class TerminalCells final : public ui::PaneCells {
public:
    explicit TerminalCells(mux::Pane& pane) : pane_{pane} {}

    void take_damage(std::vector<int>& rows) override;
    void draw_row(int y, ui::Frame& frame, std::span<ui::FrameCell> cells) override;
    ui::FrameCursor cursor() const override;

private:
    // Terminal row of the upper row shown; not above 0 unless the pane is scrolled back.
    std::int64_t top() const noexcept;
    std::uint32_t style_of(terminal::Cell cell, bool selected, ui::Frame& frame);

    mux::Pane& pane_;
    std::int64_t shown_top_ = 0;
    std::optional<mux::Selection> shown_selection_;
    std::vector<terminal::Cell> buffer_;
};

} // namespace lunette::server
