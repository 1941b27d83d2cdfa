#pragma once

#include "model/highlight.h"
#include "mux/pane.h"
#include "server/pane_colors.h"
#include "ui/highlight_styles.h"
#include "ui/pane_cells.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace lunette::server {

// A pane's terminal as the composer sees it: what the user looks at, scrolled back or not, with highlights
// over it: the selection, and those that somebody has set. Does not outlive its pane. UI thread only.
class TerminalCells final : public ui::PaneCells {
public:
    // `styles` outlive this; who changes them has everything drawn anew.
    TerminalCells(mux::Pane& pane, const ui::HighlightStyles& styles) : pane_{pane}, styles_{styles} {}

    // Drawn from now on; later ones over earlier ones, the selection over all but labels. Whoever changes
    // them asks for a frame.
    void set_highlights(std::vector<model::Highlight> highlights);
    // Cells of a link that the mouse points at; below the others.
    void set_link(const std::optional<model::CellRange>& link);
    // Where the cursor is shown instead of where the program has it.
    void set_cursor(const std::optional<model::CellPoint>& cursor) { own_cursor_ = cursor; }

    // Without what the program has coloured.
    void set_plain(bool plain) { plain_ = plain; }
    // `colors` outlive this; who changes them has everything drawn anew. `active`: it has the keyboard.
    void set_look(const PaneColors& colors, bool active) noexcept {
        colors_ = &colors;
        active_ = active;
    }

    void take_damage(std::vector<ui::RowSpan>& spans) override;
    void draw_row(int y, int first, ui::Frame& frame, std::span<ui::FrameCell> cells) override;
    ui::FrameCursor cursor() const override;
    // When what a synchronized update holds back is to be shown, as of the last take_damage().
    std::optional<terminal::Terminal::TimePoint> held_until() const noexcept { return held_until_; }

private:
    // Columns of a row shown, both ends included.
    struct Paint {
        int first = 0;
        int last = 0;
        model::Highlight::Kind kind{};
        std::string text; // from `first` on
        friend bool operator==(const Paint&, const Paint&) = default;
    };
    using RowPaint = std::vector<Paint>; // in order
    // What the paint of the rows follows from.
    struct PaintSource {
        std::int64_t top = 0; // stable
        int rows = 0;
        int columns = 0;
        std::optional<model::Selection> selection;
        std::optional<model::CellRange> link;
        std::uint64_t highlights = 0; // how often they were set
        friend bool operator==(const PaintSource&, const PaintSource&) = default;
    };

    // Terminal row of the upper row shown; not above 0 unless the pane is scrolled back.
    std::int64_t top() const noexcept;
    bool has_highlights() const noexcept;
    std::vector<RowPaint> painted() const;
    void paint(std::vector<RowPaint>& rows, const model::Selection& cells, model::Highlight::Kind kind,
               const std::string& text) const;
    ui::FrameStyle look_of(terminal::Cell cell, ui::Frame& frame) const;
    void draw_highlights(const RowPaint& paint, int first, ui::Frame& frame,
                         std::span<ui::FrameCell> cells) const;
    void draw_thumb(int y, int first, ui::Frame& frame, std::span<ui::FrameCell> cells) const;

    mux::Pane& pane_;
    const ui::HighlightStyles& styles_;
    std::vector<model::Highlight> highlights_;
    std::uint64_t highlights_set_ = 0;
    std::optional<model::CellRange> link_;
    std::optional<model::CellPoint> own_cursor_;
    bool plain_ = false;
    bool shown_plain_ = false;
    const PaneColors* colors_ = nullptr; // null: the outer terminal's own
    bool active_ = true;
    bool shown_active_ = true;
    std::int64_t shown_top_ = 0;
    std::vector<RowPaint> shown_paint_; // by row shown; empty: none
    PaintSource shown_source_;
    std::optional<terminal::Terminal::TimePoint> held_until_;
    terminal::CursorView shown_cursor_;
    std::vector<terminal::Cell> buffer_;
};

} // namespace lunette::server
