#pragma once

#include "ui/overlay.h"

#include <string>
#include <vector>

namespace lunette::ui {

// Asks yes or no: `y`, `n`, or the arrows and Enter; No is what Enter means at first. UI thread only.
class ConfirmOverlay final : public Overlay {
public:
    explicit ConfirmOverlay(std::vector<std::string> lines) : lines_{std::move(lines)} {}

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view) override {}
    void pointer(Pointer kind, int x, int y) override;
    Area place(const Area& room) const override;
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    void end(bool yes) { yes ? accept() : cancel(); }

    std::vector<std::string> lines_;
    bool yes_ = false;
    int answers_y_ = -1; // in the area drawn last
    int answers_x_ = 0;
};

} // namespace lunette::ui
