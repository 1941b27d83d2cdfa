#pragma once

#include "model/selection.h"
#include "mux/mux.h"

#include <optional>
#include <string>

namespace lunette::server {

// Selects text of a pane by a point where it began and a point where it is, by cells, words, lines, blocks
// or semantic zones (wezterm-gui/src/termwindow/selection.rs). Cells at both ends belong to it: a terminal
// tells no halves of cells. UI thread only.
class MouseSelection {
public:
    explicit MouseSelection(mux::Mux& mux) noexcept : mux_{mux} {}

    void set_boundary(std::string boundary) { boundary_ = std::move(boundary); }

    // Selects the unit at a cell. A cell or a block begins there; until it is extended nothing is selected.
    void begin(Id pane, model::CellPoint cell, model::SelectionMode mode);
    // From where the last one began to this cell; begins here when none did in this pane.
    void extend(Id pane, model::CellPoint cell, model::SelectionMode mode);

private:
    struct Origin {
        Id pane = 0;
        model::CellRange unit;
    };
    model::CellRange unit_at(const mux::Pane& pane, model::CellPoint cell, model::SelectionMode mode) const;
    void set(Id pane, const std::optional<model::Selection>& selection);

    mux::Mux& mux_;
    std::string boundary_ = default_boundary;
    std::optional<Origin> origin_;

public:
    static constexpr const char* default_boundary = " \t\n{[}]()\"'`";
};

} // namespace lunette::server
