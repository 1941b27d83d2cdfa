#include "server/mouse/mouse_selection.h"

#include "terminal/text_units.h"

namespace lunette::server {

using model::CellPoint;
using model::CellRange;
using model::SelectionMode;

CellRange MouseSelection::unit_at(const mux::Pane& pane, CellPoint cell, SelectionMode mode) const {
    switch (mode) {
    case SelectionMode::word: return terminal::word_at(pane.terminal(), cell, boundary_);
    case SelectionMode::line: return terminal::line_at(pane.terminal(), cell);
    case SelectionMode::semantic_zone: return terminal::zone_at(pane.terminal(), cell);
    case SelectionMode::cell:
    case SelectionMode::block: break;
    }
    return {cell, cell};
}

void MouseSelection::begin(Id pane, CellPoint cell, SelectionMode mode) {
    const mux::Pane* selected = mux_.pane(pane);
    if (!selected) return;
    origin_ = Origin{pane, unit_at(*selected, cell, mode)};
    if (mode == SelectionMode::cell || mode == SelectionMode::block)
        set(pane, {});
    else
        set(pane, model::selection_between(origin_->unit, origin_->unit));
}

void MouseSelection::extend(Id pane, CellPoint cell, SelectionMode mode) {
    const mux::Pane* selected = mux_.pane(pane);
    if (!selected) return;
    const auto& now = selected->selection();
    if (!origin_ || origin_->pane != pane) {
        const CellPoint from = now ? now->anchor : cell;
        origin_ = Origin{pane, unit_at(*selected, from, mode)};
    }
    if (mode == SelectionMode::cell || mode == SelectionMode::block) {
        // A movement within the cell where a button went down selects nothing.
        if (!now && origin_->unit == CellRange{cell, cell}) return;
        model::Selection selection = model::selection_between(origin_->unit, {cell, cell});
        selection.rectangular = mode == SelectionMode::block;
        if (selection.rectangular) selection = {origin_->unit.first, cell, true};
        set(pane, selection);
        return;
    }
    // The zone that one is in already can be long.
    const CellRange from = unit_at(*selected, origin_->unit.first, mode);
    const CellRange to = from.contains(cell) ? from : unit_at(*selected, cell, mode);
    set(pane, model::selection_between(from, to));
}

void MouseSelection::set(Id pane, const std::optional<model::Selection>& selection) {
    mux::Pane* selected = mux_.pane(pane);
    if (selected->selection() == selection) return;
    selected->set_selection(selection);
    mux_.touch(pane);
}

} // namespace lunette::server
