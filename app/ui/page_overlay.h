#pragma once

#include "ui/line_editor.h"
#include "ui/page_view.h"

#include <string>
#include <vector>

namespace lunette::ui {

// A page to read: scrolls, and `/` shows only the lines that contain a text. UI thread only.
class PageOverlay final : public Overlay {
public:
    PageOverlay(std::string title, std::vector<PageView::Line> lines);

    void set_lines(std::vector<PageView::Line> lines) { page_.set_lines(std::move(lines)); }

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view text) override;
    void pointer(Pointer kind, int x, int y) override;
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    std::string title_;
    PageView page_;
    LineEditor filter_;
    bool filtering_ = false;
};

} // namespace lunette::ui
