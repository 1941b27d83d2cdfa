#pragma once

#include "ui/overlay.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lunette::ui {

// A letter over each pane; typing one chooses it. Draws only its labels: the panes stay to be seen. UI thread
// only.
class PaneSelectOverlay final : public Overlay {
public:
    struct Pane {
        Area area;        // in the room
        std::string note; // behind the letter
    };
    // `alphabet`: of the labels, see list_marks().
    PaneSelectOverlay(std::vector<Pane> panes, std::string_view alphabet, FrameStyle label);

    // Of the chosen pane. Nothing unless accepted.
    std::optional<std::size_t> choice() const noexcept { return choice_; }
    // The same panes at other places.
    void place_panes(std::vector<Pane> panes) { panes_ = std::move(panes); }
    const std::vector<std::string>& labels() const noexcept { return labels_; }

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view) override {}
    void pointer(Pointer kind, int x, int y) override;
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    std::vector<Pane> panes_;
    std::vector<std::string> labels_; // may be fewer
    std::string typed_;
    FrameStyle label_;
    std::optional<std::size_t> choice_;
};

} // namespace lunette::ui
