#include "ui/char_select_overlay.h"

#include "model/utf8.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

constexpr int widest_box = 72;
constexpr int tallest_box = 20;

// "U+1F600", of the first code point.
std::string code_of(std::string_view text) {
    char code[16];
    std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(model::decode_utf8(text).code_point));
    return code;
}

} // namespace

CharSelectOverlay::CharSelectOverlay(std::vector<Group> groups, std::size_t first)
    : groups_{std::move(groups)}, group_{std::min(first, groups_.size() - 1)} {
    show_group(group_);
}

void CharSelectOverlay::show_group(std::size_t group) {
    group_ = group;
    shown_.clear();
    std::vector<ListItem> items;
    const auto add = [&](const Group& from) {
        for (const Character& character : from.characters) {
            shown_.push_back(&character);
            items.push_back(
                {model::StyledText{character.text + "  " + character.name}, code_of(character.text), {}, 0});
        }
    };
    if (searches_all_) {
        for (const Group& each : groups_) add(each);
    } else {
        add(groups_[group_]);
    }
    list_.set_items(std::move(items));
}

void CharSelectOverlay::filter() {
    const bool all = !filter_.text().empty();
    if (std::exchange(searches_all_, all) != all) show_group(group_);
    list_.set_filter(filter_.text());
}

void CharSelectOverlay::choose() {
    if (const auto selected = list_.selected()) {
        choice_ = shown_[*selected];
        accept();
    }
}

bool CharSelectOverlay::key(const model::KeyEvent& key) {
    const Modifiers held = effective(key.modifiers);
    if (is_cancel(key)) {
        cancel();
        return true;
    }
    if (held == Modifiers::none && (key.key == Key::enter || key.key == Key::keypad_enter)) {
        choose();
        return true;
    }
    const bool back = is_key(key, U'r', Modifiers::ctrl | Modifiers::shift);
    if (back || is_key(key, U'r', Modifiers::ctrl) || (key.key == Key::tab && held == Modifiers::none)) {
        show_group((group_ + (back ? groups_.size() - 1 : 1)) % groups_.size());
        return true;
    }
    const bool edits = !filter_.text().empty() && (key.key == Key::home || key.key == Key::end);
    if (!edits && list_.key(key)) return true;
    if (!filter_.key(key)) return false;
    filter();
    return true;
}

void CharSelectOverlay::text(std::string_view text) {
    filter_.insert(text);
    filter();
}

void CharSelectOverlay::pointer(Pointer kind, int, int y) {
    if (kind != Pointer::click) {
        list_.move(kind == Pointer::wheel_up ? -1 : 1);
        return;
    }
    if (list_.select_row(y - list_top_)) choose();
}

Area CharSelectOverlay::place(const Area& room) const {
    Area area = room;
    area.columns = std::min(widest_box, room.columns);
    area.rows = std::min(tallest_box, room.rows);
    area.left += (room.columns - area.columns) / 2;
    return area;
}

FrameCursor CharSelectOverlay::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    FrameCursor cursor;
    if (area.empty()) return cursor;
    Area inside = area;
    if (inside.rows >= 4) {
        const std::string title = searches_all_ ? std::string{"All characters"} : group();
        put_line(frame, inside.left, inside.top++, inside.columns, " " + title + "   (CTRL+r: next group)",
                 colors.selected);
        --inside.rows;
    }
    const int used =
        put_line(frame, inside.left, inside.top, std::min(3, inside.columns), " > ", colors.strong);
    if (used < inside.columns) {
        cursor.x = filter_.draw(frame, inside.left + used, inside.top, inside.columns - used, colors.strong);
        cursor.y = inside.top;
        cursor.visible = true;
    }
    ++inside.top;
    --inside.rows;
    list_top_ = inside.top - area.top;
    list_.draw(frame, inside, colors);
    return cursor;
}

} // namespace lunette::ui
