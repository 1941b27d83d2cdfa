#include "ui/composer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lunette::ui {

namespace {

// Box drawing by which neighbours are lines too: 1 up, 2 right, 4 down, 8 left.
constexpr std::array<char32_t, 16> line_signs{U'│', U'│', U'─', U'└', U'│', U'│', U'┌', U'├',
                                              U'─', U'┘', U'─', U'┴', U'┐', U'┤', U'┬', U'┼'};

} // namespace

Composer::Places Composer::places_of(const Scene& scene, int columns, int rows) {
    Places places;
    const int bar = scene.tab_bar ? 1 : 0;
    const model::Padding& padding = scene.window->padding;
    places.room = {0, scene.tab_bar_at_bottom ? 0 : bar, columns, std::max(rows - bar, 0)};
    places.inner = {padding.left, places.room.top + padding.top, columns - padding.left - padding.right,
                    places.room.rows - padding.top - padding.bottom};
    places.split_style = scene.split_style;
    places.blank_style = scene.blank_style;
    if (scene.overlay && !places.room.empty()) places.overlay = scene.overlay->place(places.room);
    if (!scene.window->active_tab) return places;
    const List<model::PaneInfo>& panes = scene.window->active_tab->panes;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        const model::PaneInfo& pane = panes.at(i);
        Placed placed{panes[i].id(), static_cast<int>(pane.left), static_cast<int>(pane.top), 0, 0};
        if (placed.left < 0 || placed.top < 0) continue;
        // The frame may be smaller than the panes for as long as the multiplexer has not heard of it.
        placed.columns = std::min(static_cast<int>(pane.width), places.inner.columns - placed.left);
        placed.rows = std::min(static_cast<int>(pane.height), places.inner.rows - placed.top);
        if (placed.columns <= 0 || placed.rows <= 0) continue;
        placed.left += places.inner.left;
        placed.top += places.inner.top;
        places.panes.push_back(placed);
    }
    return places;
}

void Composer::invalidate(const Area& area) {
    if (!area.empty()) stale_.push_back(area);
}

const Frame& Composer::compose(const Scene& scene) {
    if (!scene.window) {
        frame_.clear();
        placed_.reset();
        stale_.clear();
        return frame_;
    }
    const int columns = static_cast<int>(scene.window->columns);
    const int rows = static_cast<int>(scene.window->rows);
    if (frame_.columns() != columns || frame_.rows() != rows) placed_.reset();
    frame_.resize(columns, rows);
    if (frame_.is_worn()) {
        frame_.clear();
        placed_.reset();
    }
    Places places = places_of(scene, columns, rows);
    const bool all = placed_ != places;
    if (all) {
        stale_.clear();
        draw_lines(places, places.room.top, places.room.rows);
        bar_y_ = -1;
    }
    for (const Area& area : stale_) {
        draw_lines(places, area.top, area.rows);
        if (bar_y_ >= area.top && bar_y_ < area.top + area.rows) bar_y_ = -1;
    }
    FrameCursor cursor;
    for (const Placed& place : places.panes) {
        PaneCells* cells = scene.cells(place.pane);
        if (!cells) continue;
        damage_.clear();
        cells->take_damage(damage_);
        if (all) {
            for (int y = 0; y < place.rows; ++y) draw_row(*cells, place, {y, 0, place.columns - 1});
        } else {
            for (RowSpan span : damage_) {
                span.first = std::max(span.first, 0);
                span.last = std::min(span.last, place.columns - 1);
                if (span.y >= 0 && span.y < place.rows && span.first <= span.last)
                    draw_row(*cells, place, span);
            }
            for (const Area& area : stale_) {
                const int end = std::min(area.top + area.rows - place.top, place.rows);
                for (int y = std::max(area.top - place.top, 0); y < end; ++y)
                    draw_row(*cells, place, {y, 0, place.columns - 1});
            }
        }
        if (scene.window->active_pane.id() != place.pane) continue;
        cursor = cells->cursor();
        cursor.visible = cursor.visible && cursor.x >= 0 && cursor.x < place.columns && cursor.y >= 0 &&
                         cursor.y < place.rows;
        cursor.x += place.left;
        cursor.y += place.top;
    }
    // Over what the panes have just drawn. Unless its area is another, nothing else shows through.
    if (scene.overlay)
        cursor = places.overlay.empty() ? FrameCursor{}
                                        : scene.overlay->draw(frame_, places.overlay, scene.overlay_colors);
    frame_.set_cursor(cursor.visible ? cursor : FrameCursor{});
    draw_tab_bar(scene);
    stale_.clear();
    placed_ = std::move(places);
    return frame_;
}

// What no pane covers is a line between panes, or the padding around them.
void Composer::draw_lines(const Places& places, int top, int rows) {
    const int end = std::min(top + rows, places.room.top + places.room.rows);
    top = std::max(top, places.room.top);
    if (top >= end) return;
    const int columns = frame_.columns();
    const auto index = [&](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(x);
    };
    std::vector<bool> covered(static_cast<std::size_t>(columns) * static_cast<std::size_t>(frame_.rows()));
    for (const Placed& p : places.panes)
        for (int y = std::max(p.top, top - 1); y < std::min(p.top + p.rows, end + 1); ++y)
            for (int x = p.left; x < p.left + p.columns; ++x) covered[index(x, y)] = true;
    const bool empty = places.panes.empty();
    const Area& inner = places.inner;
    const auto is_line = [&](int x, int y) {
        return x >= inner.left && x < inner.left + inner.columns && y >= inner.top &&
               y < inner.top + inner.rows && !covered[index(x, y)];
    };
    FrameCell line;
    line.style = frame_.style(places.split_style) & 0x3FFFFFFF;
    FrameCell blank;
    blank.style = frame_.style(places.blank_style) & 0x3FFFFFFF;
    for (int y = top; y < end; ++y) {
        buffer_.assign(static_cast<std::size_t>(columns), blank);
        for (int x = 0; x < columns && !empty; ++x) {
            if (!is_line(x, y)) continue;
            const std::size_t sign = (is_line(x, y - 1) ? 1U : 0U) | (is_line(x + 1, y) ? 2U : 0U) |
                                     (is_line(x, y + 1) ? 4U : 0U) | (is_line(x - 1, y) ? 8U : 0U);
            line.text = line_signs[sign];
            buffer_[static_cast<std::size_t>(x)] = line;
        }
        // Only these: what panes cover they draw themselves, so that equal rows stay unchanged.
        for (int x = 0; x < columns;) {
            int end = x;
            while (end < columns && covered[index(end, y)] == covered[index(x, y)]) ++end;
            if (!covered[index(x, y)])
                frame_.put(x, y,
                           std::span{buffer_}.subspan(static_cast<std::size_t>(x),
                                                      static_cast<std::size_t>(end - x)));
            x = end;
        }
    }
}

void Composer::draw_row(PaneCells& cells, const Placed& place, const RowSpan& span) {
    buffer_.assign(static_cast<std::size_t>(span.last - span.first + 1), FrameCell{});
    cells.draw_row(span.y, span.first, frame_, buffer_);
    frame_.put(place.left + span.first, place.top + span.y, buffer_);
    ++rows_drawn_;
}

void Composer::draw_tab_bar(const Scene& scene) {
    const int y = !scene.tab_bar ? -1 : scene.tab_bar_at_bottom ? frame_.rows() - 1 : 0;
    if (y < 0 || frame_.rows() == 0) {
        bar_y_ = -1;
        return;
    }
    if (y == bar_y_ && bar_ == scene.tab_bar->row) return;
    int x = 0;
    for (const model::StyledRun& run : scene.tab_bar->row.runs())
        x += frame_.put_text(x, y, run.text, FrameStyle::from(run.style), frame_.columns() - x);
    if (x < frame_.columns()) {
        buffer_.assign(static_cast<std::size_t>(frame_.columns() - x), FrameCell{});
        frame_.put(x, y, buffer_);
    }
    bar_ = scene.tab_bar->row;
    bar_y_ = y;
}

} // namespace lunette::ui
