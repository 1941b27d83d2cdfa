#include "ui/confirm_overlay.h"

#include "model/width.h"

#include <algorithm>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

constexpr std::string_view yes_text = "  [Y]es  ";
constexpr std::string_view no_text = "  [N]o  ";
constexpr int answers_width = static_cast<int>(yes_text.size() + 2 + no_text.size());

} // namespace

bool ConfirmOverlay::key(const model::KeyEvent& key) {
    const Modifiers modifiers = effective(key.modifiers) & ~Modifiers::shift;
    if (is_cancel(key) || is_key(key, U'n', effective(key.modifiers) & Modifiers::shift)) {
        cancel();
        return true;
    }
    if (is_key(key, U'y', effective(key.modifiers) & Modifiers::shift)) {
        accept();
        return true;
    }
    if (modifiers != Modifiers::none) return false;
    switch (key.key) {
    case Key::enter:
    case Key::keypad_enter: end(yes_); break;
    case Key::left: yes_ = true; break;
    case Key::right: yes_ = false; break;
    case Key::tab: yes_ = !yes_; break;
    case Key::character: break; // an answer that is none
    default: return false;
    }
    return true;
}

void ConfirmOverlay::pointer(Pointer kind, int x, int y) {
    if (kind != Pointer::click || y != answers_y_) return;
    const int at = x - answers_x_;
    const int yes = static_cast<int>(yes_text.size());
    if (at >= 0 && at < yes)
        accept();
    else if (at >= yes + 2 && at < answers_width)
        cancel();
}

Area ConfirmOverlay::place(const Area& room) const {
    int widest = answers_width;
    for (const std::string& line : lines_) widest = std::max(widest, model::text_width(line));
    Area area = room;
    area.columns = std::min(widest + 4, room.columns);
    area.rows = std::min(static_cast<int>(lines_.size()) + 4, room.rows);
    area.left += (room.columns - area.columns) / 2;
    area.top += (room.rows - area.rows) / 2;
    return area;
}

FrameCursor ConfirmOverlay::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    if (area.empty()) return {};
    for (int y = area.top; y < area.top + area.rows; ++y)
        put_line(frame, area.left, y, area.columns, std::string_view{}, colors.selected);
    // What is asked gives way to the answers where there is no room.
    const int blank = area.rows >= static_cast<int>(lines_.size()) + 4 ? 1 : 0;
    const int indent = area.columns >= answers_width + 4 ? 2 : 0;
    int y = area.top + blank;
    for (const std::string& line : lines_) {
        if (y >= area.top + area.rows - 1) break;
        put_line(frame, area.left + indent, y++, area.columns - indent, line, colors.selected);
    }
    answers_x_ = std::max((area.columns - answers_width) / 2, 0);
    answers_y_ = std::min(y + blank, area.top + area.rows - 1) - area.top;
    const int x = area.left + answers_x_;
    const int right = area.left + area.columns;
    const int at = area.top + answers_y_;
    const int used = frame.put_text(x, at, yes_text, yes_ ? colors.strong : colors.selected, right - x);
    const int no = x + static_cast<int>(yes_text.size()) + 2;
    if (used > 0 && no < right)
        frame.put_text(no, at, no_text, yes_ ? colors.selected : colors.strong, right - no);
    return {};
}

} // namespace lunette::ui
