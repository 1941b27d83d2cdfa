#pragma once

#include "ui/frame.h"

#include <span>
#include <vector>

namespace lunette::ui {

// Columns of a row of a pane, both ends included.
struct RowSpan {
    int y = 0;
    int first = 0;
    int last = 0;
};

// The visible cells of a pane: what the composer knows of the terminals behind it. UI thread only.
class PaneCells {
public:
    virtual ~PaneCells() = default;

    // Appends what changed since the last call, wide characters whole; row 0 is the upper one shown. May be
    // wider than the pane. Ids in cells of an earlier Frame::generation() are the implementation's to renew.
    virtual void take_damage(std::vector<RowSpan>& spans) = 0;
    // Fills all of `cells`, those of a row from column `first` on, blanks included. May be beyond the pane's
    // rows and columns while it is being resized.
    virtual void draw_row(int y, int first, Frame& frame, std::span<FrameCell> cells) = 0;
    // Relative to the pane; not visible when it is scrolled out of sight.
    virtual FrameCursor cursor() const = 0;
};

} // namespace lunette::ui
