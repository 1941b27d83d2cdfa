#pragma once

#include "model/records.h"
#include "model/tab_bar_layout.h"
#include "ui/overlay.h"
#include "ui/pane_cells.h"

#include <functional>
#include <optional>
#include <vector>

namespace lunette::ui {

// What a frame shows. Lives for one call of Composer::compose().
struct Scene {
    const model::WindowInfo* window = nullptr;    // null: nothing to show
    const model::TabBarLayout* tab_bar = nullptr; // as wide as the window; null: hidden
    bool tab_bar_at_bottom = false;
    FrameStyle split_style;
    FrameStyle blank_style;                   // behind everything
    std::function<PaneCells*(Id pane)> cells; // null for one that is gone
    Overlay* overlay = nullptr;               // over the panes; takes the cursor
    OverlayColors overlay_colors;
};

// Draws scenes into a frame, as little of them as has changed: rows that panes report, the tab bar when it is
// another, everything when places are others. Remembers the last scene drawn into its frame. UI thread only.
class Composer {
public:
    explicit Composer(int columns = 0, int rows = 0) : frame_{columns, rows} {}

    const Frame& compose(const Scene& scene);
    Frame& frame() noexcept { return frame_; }
    // Draws everything the next time.
    void invalidate() noexcept { placed_.reset(); }
    // Draws the rows of this area the next time, in their whole width (half of a wide character may have
    // gone): for who drew over the frame.
    void invalidate(const Area& area);
    // Where the last scene's overlay stands; empty without one.
    Area overlay_area() const noexcept { return placed_ ? placed_->overlay : Area{}; }
    // Rows asked of panes so far; for tests and reports.
    std::size_t rows_drawn() const noexcept { return rows_drawn_; }

private:
    struct Placed {
        Id pane = 0;
        int left = 0;
        int top = 0; // in the frame
        int columns = 0;
        int rows = 0;
        friend bool operator==(const Placed&, const Placed&) = default;
    };
    struct Places {
        std::vector<Placed> panes;
        Area room;  // all but the tab bar
        Area inner; // the panes' area: the room without the padding
        FrameStyle split_style;
        FrameStyle blank_style;
        Area overlay; // empty: none
        friend bool operator==(const Places&, const Places&) = default;
    };

    static Places places_of(const Scene& scene, int columns, int rows);
    // What no pane covers in these rows of the frame.
    void draw_lines(const Places& places, int top, int rows);
    void draw_row(PaneCells& cells, const Placed& place, const RowSpan& span);
    void draw_tab_bar(const Scene& scene);

    Frame frame_;
    std::optional<Places> placed_; // of the last scene; nothing: draw all
    model::StyledText bar_;
    int bar_y_ = -1;
    std::vector<FrameCell> buffer_;
    std::vector<RowSpan> damage_;
    std::vector<Area> stale_;
    std::size_t rows_drawn_ = 0;
};

} // namespace lunette::ui
