#include "ui/page_overlay.h"

#include <algorithm>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

constexpr int wheel_rows = 3;

} // namespace

PageOverlay::PageOverlay(std::string title, std::vector<PageView::Line> lines) : title_{std::move(title)} {
    page_.set_lines(std::move(lines));
}

bool PageOverlay::key(const model::KeyEvent& key) {
    const Modifiers held = effective(key.modifiers);
    const bool plain = held == Modifiers::none;
    const bool ends_filter =
        filtering_ && (is_cancel(key) || (key.key == Key::backspace && filter_.text().empty()));
    if (ends_filter) {
        filtering_ = false;
        filter_.clear();
        page_.set_filter({});
        return true;
    }
    if (filtering_) {
        const bool moves = key.key != Key::character && key.key != Key::home && key.key != Key::end;
        if (plain && key.key == Key::enter) return true;
        if (moves && page_.key(key)) return true;
        if (!filter_.key(key)) return false;
        page_.set_filter(filter_.text());
        return true;
    }
    if (is_cancel(key) || is_key(key, U'q', Modifiers::none) || (plain && key.key == Key::enter)) {
        cancel();
        return true;
    }
    if (page_.key(key)) return true;
    filtering_ = key.key == Key::character && key.code_point == U'/' && !any(held & ~Modifiers::shift);
    // A letter is never somebody else's.
    return key.key == Key::character && !any(held & ~Modifiers::shift);
}

void PageOverlay::text(std::string_view text) {
    if (!filtering_) return;
    filter_.insert(text);
    page_.set_filter(filter_.text());
}

void PageOverlay::pointer(Pointer kind, int, int) {
    if (kind != Pointer::click) page_.scroll(kind == Pointer::wheel_up ? -wheel_rows : wheel_rows);
}

FrameCursor PageOverlay::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    if (area.empty()) return {};
    const int head = area.rows > 1 ? 1 : 0;
    const int foot = area.rows > 2 ? 1 : 0;
    const int indent = area.columns > 2 ? 1 : 0;
    Area body{area.left + indent, area.top + head, area.columns - indent, area.rows - head - foot};
    if (head) put_line(frame, area.left, area.top, area.columns, " " + title_, colors.selected);
    for (int y = 0; indent && y < body.rows; ++y)
        put_line(frame, area.left, body.top + y, indent, std::string_view{}, colors.text);
    page_.draw(frame, body, colors);
    FrameCursor cursor;
    if (!foot) return cursor;
    const int y = area.top + area.rows - 1;
    if (!filtering_) {
        const std::string place = page_.place_text();
        put_line(frame, area.left, y, area.columns,
                 " q close  / find" + (place.empty() ? "" : "  arrows, Space: " + place), colors.faint);
        return cursor;
    }
    const int label = put_line(frame, area.left, y, std::min(7, area.columns), " Find: ", colors.strong);
    const int room = area.columns - label;
    if (room <= 0) return cursor;
    cursor.x = filter_.draw(frame, area.left + label, y, room, colors.text);
    cursor.y = y;
    cursor.visible = true;
    return cursor;
}

} // namespace lunette::ui
