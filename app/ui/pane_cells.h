#pragma once

#include "ui/frame.h"

#include <span>
#include <vector>

namespace lunette::ui {

// The visible cells of a pane: what the composer knows of the terminals behind it. UI thread only.
class PaneCells {
public:
    virtual ~PaneCells() = default;

    // Appends the rows (0 is the upper one shown) that changed since the last call. Ids in cells of an
    // earlier Frame::generation() are the implementation's to renew.
    virtual void take_damage(std::vector<int>& rows) = 0;
    // Fills all of `cells`, blanks included. `y` may be beyond the pane's rows while it is being resized.
    virtual void draw_row(int y, Frame& frame, std::span<FrameCell> cells) = 0;
    // Relative to the pane; not visible when it is scrolled out of sight.
    virtual FrameCursor cursor() const = 0;
};

} // namespace lunette::ui
