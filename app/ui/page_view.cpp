#include "ui/page_view.h"

#include <algorithm>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return result;
}

} // namespace

void PageView::set_lines(std::vector<Line> lines) {
    lines_ = std::move(lines);
    width_ = -1;
}

void PageView::set_filter(std::string_view filter) {
    filter_ = lower(filter);
    width_ = -1;
    top_ = 0;
}

void PageView::wrap(int width) {
    if (width_ == width) return;
    width_ = width;
    rows_.clear();
    const auto add = [&](const Line& line) {
        model::StyledText rest = line.text;
        while (true) {
            model::StyledText row = rest.truncated_right(width);
            const int used = row.width();
            const int left = rest.width() - used;
            if (used == 0 && left > 0) break; // nothing fits
            rows_.push_back({std::move(row), line.heading});
            if (left <= 0) break;
            rest = rest.truncated_left(left);
        }
    };
    const Line* heading = nullptr;
    for (const Line& line : lines_) {
        if (filter_.empty()) {
            add(line);
        } else if (line.heading) {
            heading = &line;
        } else if (lower(line.text.plain()).find(filter_) != std::string::npos) {
            if (heading) add(*std::exchange(heading, nullptr));
            add(line);
        }
    }
}

std::ptrdiff_t PageView::last_top() const noexcept {
    return std::max<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(rows_.size()) - height_, 0);
}

void PageView::scroll(std::ptrdiff_t rows) noexcept {
    top_ = std::clamp<std::ptrdiff_t>(top_ + rows, 0, last_top());
    at_end_ = top_ == last_top();
}

std::optional<std::ptrdiff_t> PageView::step(const model::KeyEvent& key) const {
    const std::ptrdiff_t page = std::max(height_ - 1, 1);
    const auto all = static_cast<std::ptrdiff_t>(rows_.size());
    const Modifiers held = effective(key.modifiers);
    if (key.key == Key::character && held == Modifiers::ctrl) {
        switch (key.code_point) {
        case U'n': return 1;
        case U'p': return -1;
        case U'd': return page / 2;
        case U'u': return -page / 2;
        default: return std::nullopt;
        }
    }
    if (any(held & ~Modifiers::shift)) return std::nullopt;
    switch (key.key == Key::character ? key.code_point : U'\0') {
    case U'j': return 1;
    case U'k': return -1;
    case U'd': return page / 2;
    case U'u': return -page / 2;
    case U' ': return page;
    case U'g': return -all;
    case U'G': return all;
    default: break;
    }
    switch (key.key) {
    case Key::up: return -1;
    case Key::down: return 1;
    case Key::page_up: return -page;
    case Key::page_down: return page;
    case Key::home: return -all;
    case Key::end: return all;
    default: return std::nullopt;
    }
}

bool PageView::key(const model::KeyEvent& key) {
    const auto rows = step(key);
    if (rows) scroll(*rows);
    return rows.has_value();
}

void PageView::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    if (area.empty()) return;
    const bool stay = follow_ && (at_end_ || height_ == 0);
    wrap(area.columns);
    height_ = area.rows;
    top_ = stay ? last_top() : std::clamp<std::ptrdiff_t>(top_, 0, last_top());
    at_end_ = top_ == last_top();
    for (int y = 0; y < area.rows; ++y) {
        const auto at = static_cast<std::size_t>(top_ + y);
        if (at < rows_.size())
            put_line(frame, area.left, area.top + y, area.columns, rows_[at].text,
                     rows_[at].heading ? colors.strong : colors.text);
        else
            put_line(frame, area.left, area.top + y, area.columns, std::string_view{}, colors.text);
    }
}

std::string PageView::place_text() const {
    if (height_ == 0 || static_cast<std::size_t>(height_) >= rows_.size()) return {};
    const std::ptrdiff_t end = std::min(top_ + height_, static_cast<std::ptrdiff_t>(rows_.size()));
    return std::to_string(top_ + 1) + "-" + std::to_string(end) + " of " + std::to_string(rows_.size());
}

} // namespace lunette::ui
