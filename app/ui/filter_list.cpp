#include "ui/filter_list.h"

#include "model/width.h"
#include "ui/fuzzy_match.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

void FilterList::set_items(std::vector<ListItem> items) {
    const auto before = selected();
    const std::string label = before ? items_[*before].label.plain() : std::string{};
    const std::string note = before ? items_[*before].note : std::string{};
    items_ = std::move(items);
    narrow(all_items());
    if (!before) return;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        const ListItem& item = items_[shown_[i].item];
        if (item.note != note || item.label.plain() != label) continue;
        selected_ = i;
        return;
    }
}

void FilterList::set_filter(std::string_view filter) {
    if (filter == filter_) return;
    std::vector<std::size_t> candidates;
    if (filter.starts_with(filter_)) {
        // What a longer filter finds, the shorter one has found.
        for (const Shown& shown : shown_) candidates.push_back(shown.item);
        std::sort(candidates.begin(), candidates.end());
    } else {
        candidates = all_items();
    }
    filter_ = filter;
    selected_ = top_ = 0;
    narrow(candidates);
}

std::vector<std::size_t> FilterList::all_items() const {
    std::vector<std::size_t> all(items_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

void FilterList::narrow(const std::vector<std::size_t>& candidates) {
    shown_.clear();
    for (const std::size_t i : candidates) {
        const ListItem& item = items_[i];
        auto match = fuzzy_match(filter_, item.label.plain() + ' ' + item.more);
        if (match) shown_.push_back({i, match->score, std::move(match->positions)});
    }
    std::stable_sort(shown_.begin(), shown_.end(), [this](const Shown& a, const Shown& b) {
        return a.score != b.score ? a.score > b.score : items_[a.item].weight > items_[b.item].weight;
    });
    select(selected_);
}

std::optional<std::size_t> FilterList::selected() const noexcept {
    if (selected_ >= shown_.size()) return std::nullopt;
    return shown_[selected_].item;
}

void FilterList::select(std::size_t shown) noexcept {
    selected_ = shown_.empty() ? 0 : std::min(shown, shown_.size() - 1);
}

bool FilterList::select_row(int row) noexcept {
    if (row < 0 || row >= rows_ || top_ + static_cast<std::size_t>(row) >= shown_.size()) return false;
    select(top_ + static_cast<std::size_t>(row));
    return true;
}

void FilterList::move(std::ptrdiff_t by) noexcept {
    if (shown_.empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(shown_.size()) - 1;
    selected_ = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(selected_) + by, 0, last));
}

bool FilterList::key(const model::KeyEvent& key) {
    if (is_key(key, U'n', Modifiers::ctrl) || is_key(key, U'j', Modifiers::ctrl)) {
        move(1);
        return true;
    }
    if (is_key(key, U'p', Modifiers::ctrl) || is_key(key, U'k', Modifiers::ctrl)) {
        move(-1);
        return true;
    }
    if (effective(key.modifiers) != Modifiers::none) return false;
    switch (key.key) {
    case Key::up: move(-1); return true;
    case Key::down: move(1); return true;
    case Key::page_up: page(-1); return true;
    case Key::page_down: page(1); return true;
    case Key::home: select(0); return true;
    case Key::end: select(shown_.size()); return true;
    default: return false;
    }
}

void FilterList::draw(Frame& frame, const Area& area, const OverlayColors& colors,
                      const std::vector<std::string>& marks) {
    rows_ = area.rows;
    if (area.empty()) return;
    const auto rows = static_cast<std::size_t>(area.rows);
    // No empty rows below when the area has grown, and the selection in sight.
    top_ = std::min(top_, shown_.size() > rows ? shown_.size() - rows : 0);
    top_ = std::min(top_, selected_);
    if (selected_ >= top_ + rows) top_ = selected_ + 1 - rows;
    for (std::size_t row = 0; row < rows; ++row) {
        const int y = area.top + static_cast<int>(row);
        const std::size_t index = top_ + row;
        if (index >= shown_.size()) {
            put_line(frame, area.left, y, area.columns, std::string_view{}, colors.text);
            continue;
        }
        const bool selected = index == selected_;
        const FrameStyle& style = selected ? colors.selected : colors.text;
        const std::string mark = row < marks.size() ? " " + marks[row] + " " : std::string{" "};
        const int indent = std::min(model::text_width(mark), area.columns);
        put_line(frame, area.left, y, indent, mark, style);
        draw_item(frame, area.left + indent, y, area.columns - indent, shown_[index], selected, colors);
    }
}

void FilterList::draw_item(Frame& frame, int x, int y, int width, const Shown& shown, bool selected,
                           const OverlayColors& colors) const {
    const ListItem& item = items_[shown.item];
    const FrameStyle& style = selected ? colors.selected : colors.text;
    // The note gives way to the label.
    const int note = item.note.empty() ? 0 : model::text_width(item.note) + 2;
    const bool has_note = note > 0 && note <= width / 2;
    const int label = has_note ? width - note : width;
    model::StyledText found;
    std::size_t at = 0;
    auto position = shown.positions.begin();
    for (const model::StyledRun& run : item.label.runs())
        for (const model::Grapheme& grapheme : model::Graphemes{run.text}) {
            const std::size_t end = at + grapheme.text.size();
            model::TextStyle look = run.style;
            if (position != shown.positions.end() && *position < end) {
                look.underline = model::TextUnderline::single;
                look.intensity = model::TextIntensity::bold;
            }
            while (position != shown.positions.end() && *position < end) ++position;
            found.append(grapheme.text, look);
            at = end;
        }
    put_line(frame, x, y, label, found, style);
    if (has_note) put_line(frame, x + label, y, note, "  " + item.note, selected ? style : colors.faint);
}

} // namespace lunette::ui
