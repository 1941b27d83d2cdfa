#include "ui/list_overlay.h"

#include "model/utf8.h"
#include "model/width.h"

#include <algorithm>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

constexpr int narrowest_box = 40;
constexpr int widest_box = 100;

void put_border(Frame& frame, const Area& area, const OverlayColors& colors, std::string_view title) {
    std::string line;
    for (int x = 2; x < area.columns; ++x) line += "─";
    put_line(frame, area.left, area.top, area.columns, "┌" + line + "┐", colors.faint);
    put_line(frame, area.left, area.top + area.rows - 1, area.columns, "└" + line + "┘", colors.faint);
    for (int y = area.top + 1; y < area.top + area.rows - 1; ++y) {
        put_line(frame, area.left, y, 1, "│", colors.faint);
        put_line(frame, area.left + area.columns - 1, y, 1, "│", colors.faint);
    }
    const int room = area.columns - 4;
    if (room < 3 || title.empty()) return;
    const std::string text = " " + std::string{model::truncate_right(title, room - 2)} + " ";
    frame.put_text(area.left + 2, area.top, text, colors.strong, room);
}

} // namespace

std::vector<std::string> list_marks(std::string_view alphabet, std::size_t count) {
    std::vector<std::string> letters;
    for (const model::Grapheme& letter : model::Graphemes{alphabet})
        if (std::find(letters.begin(), letters.end(), letter.text) == letters.end())
            letters.emplace_back(letter.text);
    const std::size_t size = letters.size();
    std::size_t pairs = 0; // letters at the end that begin pairs
    while (pairs < size && size - pairs + pairs * size < count) ++pairs;
    std::vector<std::string> marks{letters.begin(), letters.end() - static_cast<std::ptrdiff_t>(pairs)};
    for (std::size_t i = size - pairs; i < size; ++i)
        for (const std::string& second : letters) marks.push_back(letters[i] + second);
    marks.resize(std::min(count, marks.size()));
    return marks;
}

ListOverlay::ListOverlay(Options options, std::vector<ListItem> items)
    : options_{std::move(options)}, filtering_{options_.fuzzy} {
    list_.set_items(std::move(items));
}

void ListOverlay::choose() {
    choice_ = list_.selected();
    if (choice_) accept();
}

bool ListOverlay::key(const model::KeyEvent& key) {
    if (is_cancel(key)) {
        cancel();
        return true;
    }
    if (effective(key.modifiers) == Modifiers::none &&
        (key.key == Key::enter || key.key == Key::keypad_enter)) {
        choose();
        return true;
    }
    // In a filter these move in its text.
    const bool edits = filtering_ && !filter_.text().empty() && (key.key == Key::home || key.key == Key::end);
    if (!edits && list_.key(key)) return true;
    return filtering_ ? filter_key(key) : mark_key(key);
}

bool ListOverlay::filter_key(const model::KeyEvent& key) {
    if (key.key == Key::backspace && filter_.text().empty()) {
        filtering_ = options_.fuzzy;
        return true;
    }
    if (!filter_.key(key)) return false;
    list_.set_filter(filter_.text());
    return true;
}

bool ListOverlay::mark_key(const model::KeyEvent& key) {
    const Modifiers modifiers = effective(key.modifiers);
    if (key.key == Key::backspace) {
        typed_.clear();
        return true;
    }
    if (key.key != Key::character || (modifiers != Modifiers::none && modifiers != Modifiers::shift))
        return false;
    std::string letter;
    model::append_utf8(letter, key.code_point);
    if (options_.alphabet.find(letter) != std::string::npos) {
        typed_ += letter;
        const auto starts = [&](const std::string& mark) { return mark.starts_with(typed_); };
        const auto found = std::find_if(marks_.begin(), marks_.end(), starts);
        if (found == marks_.end()) {
            typed_.clear();
        } else if (*found == typed_) {
            list_.select(list_.first_visible() + static_cast<std::size_t>(found - marks_.begin()));
            choose();
        }
        return true;
    }
    typed_.clear();
    if (letter == "/")
        filtering_ = true;
    else if (letter == "j")
        list_.move(1);
    else if (letter == "k")
        list_.move(-1);
    return true; // a letter is never somebody else's
}

void ListOverlay::text(std::string_view text) {
    if (!filtering_) return;
    filter_.insert(text);
    list_.set_filter(filter_.text());
}

void ListOverlay::pointer(Pointer kind, int, int y) {
    if (kind != Pointer::click) {
        list_.move(kind == Pointer::wheel_up ? -1 : 1);
        return;
    }
    if (list_.select_row(y - list_top_)) choose();
}

// As large for every filter: a box that jumps cannot be read.
Area ListOverlay::place(const Area& room) const {
    if (options_.popup_rows <= 0) return room;
    Area area = room;
    area.columns = std::min(std::clamp(room.columns * 3 / 4, narrowest_box, widest_box), room.columns);
    area.left += (room.columns - area.columns) / 2;
    const int items =
        std::min(options_.popup_rows, static_cast<int>(std::min<std::size_t>(list_.items().size(), 1000)));
    area.rows = std::min(std::max(items, 1) + 3, room.rows);
    return area;
}

std::vector<std::string> ListOverlay::visible_marks() const {
    std::vector<std::string> marks;
    if (filtering_ || options_.alphabet.empty()) return marks;
    marks = marks_;
    std::size_t widest = 0;
    for (const std::string& mark : marks) widest = std::max(widest, mark.size());
    for (std::string& mark : marks)
        if (mark.starts_with(typed_))
            mark.insert(0, widest - mark.size(), ' ');
        else
            mark.assign(widest, ' ');
    marks.resize(static_cast<std::size_t>(list_rows_), std::string(widest, ' '));
    for (std::string& mark : marks)
        if (mark.find_first_not_of(' ') != std::string::npos) mark += '.';
    return marks;
}

FrameCursor ListOverlay::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    FrameCursor cursor;
    if (area.empty()) return cursor;
    Area inside = area;
    if (options_.popup_rows > 0 && area.rows >= 4 && area.columns >= 4) {
        put_border(frame, area, colors, options_.title);
        inside = {area.left + 1, area.top + 1, area.columns - 2, area.rows - 2};
    } else if (!options_.title.empty() && area.rows >= 4) {
        put_line(frame, inside.left, inside.top++, inside.columns, " " + options_.title, colors.strong);
        --inside.rows;
    }
    const std::string head = " " + (filtering_ ? options_.fuzzy_description : options_.description);
    const int used = put_line(frame, inside.left, inside.top, inside.columns, head, colors.text);
    if (filtering_ && used < inside.columns) {
        cursor.x = filter_.draw(frame, inside.left + used, inside.top, inside.columns - used, colors.strong);
        cursor.y = inside.top;
        cursor.visible = cursor.x < inside.left + inside.columns;
    }
    ++inside.top;
    --inside.rows;
    list_top_ = inside.top - area.top;
    list_rows_ = std::max(inside.rows, 0);
    const std::size_t rows = std::min(list_.shown(), static_cast<std::size_t>(list_rows_));
    if (marks_.size() != rows) marks_ = list_marks(options_.alphabet, rows);
    list_.draw(frame, inside, colors, visible_marks());
    return cursor;
}

} // namespace lunette::ui
