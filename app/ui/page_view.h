#pragma once

#include "ui/overlay.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lunette::ui {

// Lines to read, wrapped to the width and scrolled; may be narrowed to those that contain a text. UI thread
// only.
class PageView {
public:
    struct Line {
        model::StyledText text;
        bool heading = false; // stays when a line below it, up to the next one, contains the filter
    };

    // Keeps the place; at the end of lines that grow it stays at the end when it follows.
    void set_lines(std::vector<Line> lines);
    const std::vector<Line>& lines() const noexcept { return lines_; }
    void set_filter(std::string_view filter); // case does not matter
    void set_follow(bool follows) noexcept { follow_ = follows; }

    void scroll(std::ptrdiff_t rows) noexcept;
    // Arrows, pages, home, end, j, k, g, G, Space, d, u, and with CTRL n, p, d, u. False for any other
    // key.
    bool key(const model::KeyEvent& key);

    void draw(Frame& frame, const Area& area, const OverlayColors& colors);
    // Of those that were drawn last: "12-30 of 80", empty when all fit.
    std::string place_text() const;

private:
    std::optional<std::ptrdiff_t> step(const model::KeyEvent& key) const; // rows
    void wrap(int width);
    std::ptrdiff_t last_top() const noexcept;

    struct Row {
        model::StyledText text;
        bool heading = false;
    };
    std::vector<Line> lines_;
    std::string filter_;
    std::vector<Row> rows_; // wrapped
    int width_ = -1;        // that they are wrapped to; -1: not
    std::ptrdiff_t top_ = 0;
    int height_ = 0;
    bool follow_ = false;
    bool at_end_ = false;
};

} // namespace lunette::ui
