#include "ui/pane_select_overlay.h"

#include "model/utf8.h"
#include "model/width.h"
#include "ui/list_overlay.h"

#include <algorithm>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

PaneSelectOverlay::PaneSelectOverlay(std::vector<Pane> panes, std::string_view alphabet, FrameStyle label)
    : panes_{std::move(panes)}, labels_{list_marks(alphabet, panes_.size())}, label_{label} {}

bool PaneSelectOverlay::key(const model::KeyEvent& key) {
    if (is_cancel(key)) {
        cancel();
        return true;
    }
    const Modifiers held = effective(key.modifiers);
    if (any(held & ~Modifiers::shift)) return false;
    if (key.key == Key::backspace) {
        typed_.clear();
        return true;
    }
    if (key.key != Key::character) return false;
    model::append_utf8(typed_, key.code_point);
    const auto starts = [this](const std::string& label) { return label.starts_with(typed_); };
    const auto found = std::find_if(labels_.begin(), labels_.end(), starts);
    if (found == labels_.end()) {
        typed_.clear();
    } else if (*found == typed_) {
        choice_ = static_cast<std::size_t>(found - labels_.begin());
        accept();
    }
    return true;
}

void PaneSelectOverlay::pointer(Pointer kind, int x, int y) {
    if (kind != Pointer::click) return;
    for (std::size_t i = 0; i < panes_.size(); ++i) {
        const Area& pane = panes_[i].area;
        if (x < pane.left || x >= pane.left + pane.columns || y < pane.top || y >= pane.top + pane.rows)
            continue;
        choice_ = i;
        accept();
        return;
    }
}

// The same cells each time: a letter that is out of question is only fainter.
FrameCursor PaneSelectOverlay::draw(Frame& frame, const Area& area, const OverlayColors&) {
    FrameStyle faint = label_;
    faint.attributes = static_cast<std::uint16_t>(faint.attributes | FrameStyle::faint);
    for (std::size_t i = 0; i < std::min(panes_.size(), labels_.size()); ++i) {
        const Pane& pane = panes_[i];
        const int left = area.left + std::max(pane.area.left, 0);
        const int right = area.left + std::min(pane.area.left + pane.area.columns, area.columns);
        const int top = area.top + std::max(pane.area.top, 0);
        const int bottom = area.top + std::min(pane.area.top + pane.area.rows, area.rows);
        if (left >= right || top >= bottom) continue;
        const bool open = labels_[i].starts_with(typed_);
        const std::string text = "  " + labels_[i] + (pane.note.empty() ? "" : " " + pane.note) + "  ";
        const int width = std::min(model::text_width(text), right - left);
        const int tall = bottom - top >= 5 ? 3 : 1;
        const int x = left + (right - left - width) / 2;
        int y = top + (bottom - top - tall) / 2;
        for (int row = 0; row < tall; ++row, ++y)
            put_line(frame, x, y, width, row == tall / 2 ? std::string_view{text} : std::string_view{},
                     open ? label_ : faint);
    }
    return {};
}

} // namespace lunette::ui
