#include "server/terminal_cells.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

model::TextColor text_color(terminal::Color color) noexcept {
    using Kind = terminal::Color::Kind;
    switch (color.kind()) {
    case Kind::default_: break;
    case Kind::indexed: return model::TextColor::indexed(color.index());
    case Kind::direct: return model::TextColor::direct(color.rgb().red, color.rgb().green, color.rgb().blue);
    }
    return {};
}

// The attributes' bits and the underlines are the same on both sides.
static_assert(terminal::attribute::bold == ui::FrameStyle::bold);
static_assert(terminal::attribute::overline == ui::FrameStyle::overline);
static_assert(static_cast<int>(terminal::Underline::dashed) ==
              static_cast<int>(model::TextUnderline::dashed));

ui::FrameCursor::Shape shape_of(terminal::CursorShape shape) noexcept {
    switch (shape) {
    case terminal::CursorShape::default_: break;
    case terminal::CursorShape::block: return ui::FrameCursor::Shape::block;
    case terminal::CursorShape::underline: return ui::FrameCursor::Shape::underline;
    case terminal::CursorShape::bar: return ui::FrameCursor::Shape::bar;
    }
    return ui::FrameCursor::Shape::standard;
}

} // namespace

std::int64_t TerminalCells::top() const noexcept {
    const auto viewport = pane_.viewport_top();
    return viewport ? std::min<std::int64_t>(*viewport - pane_.physical_top(), 0) : 0;
}

void TerminalCells::set_highlights(std::vector<model::Highlight> highlights) {
    highlights_ = std::move(highlights);
    ++highlights_set_;
}

void TerminalCells::set_link(const std::optional<model::CellRange>& link) { link_ = link; }

void TerminalCells::take_damage(std::vector<ui::RowSpan>& spans) {
    const std::vector<terminal::DamagedRow> damage = pane_.terminal().take_damage();
    held_until_ = pane_.terminal().held_until();
    if (!held_until_) shown_cursor_ = pane_.terminal().cursor();
    const std::int64_t now = top();
    const bool plainer = std::exchange(shown_plain_, plain_) != plain_;
    const bool other_look = std::exchange(shown_active_, active_) != active_ || plainer;
    const bool moved = now != shown_top_ || (now != 0 && !damage.empty());
    shown_top_ = now;
    const int rows = pane_.terminal().rows();
    const int right = pane_.terminal().columns() - 1;
    PaintSource source{pane_.physical_top() + now, rows,  right + 1,
                       pane_.selection(),          link_, highlights_set_};
    const bool repainted = source != shown_source_;
    shown_source_ = std::move(source);
    std::vector<RowPaint> before;
    if (repainted) before = std::exchange(shown_paint_, painted());
    if (moved || other_look) {
        for (int y = 0; y < rows; ++y) spans.push_back({y, 0, right});
        return;
    }
    for (const terminal::DamagedRow& row : damage) spans.push_back({row.y, row.first, row.last});
    if (!repainted || (before.empty() && shown_paint_.empty())) return;
    before.resize(static_cast<std::size_t>(rows));
    for (int y = 0; y < rows; ++y) {
        const auto i = static_cast<std::size_t>(y);
        if (shown_paint_.empty() ? !before[i].empty() : before[i] != shown_paint_[i])
            spans.push_back({y, 0, right});
    }
}

bool TerminalCells::has_highlights() const noexcept {
    return pane_.selection() || link_ || !highlights_.empty();
}

std::vector<TerminalCells::RowPaint> TerminalCells::painted() const {
    std::vector<RowPaint> rows;
    if (!has_highlights()) return rows;
    rows.resize(static_cast<std::size_t>(pane_.terminal().rows()));
    using Kind = model::Highlight::Kind;
    if (link_) paint(rows, {link_->first, link_->last, false}, Kind::link, {});
    const auto paint_set = [&](auto is_meant) {
        for (const model::Highlight& set : highlights_)
            if (is_meant(set.kind)) paint(rows, {set.range.first, set.range.last, false}, set.kind, set.text);
    };
    paint_set([](Kind kind) { return kind != Kind::label && kind != Kind::bar; });
    if (pane_.selection()) paint(rows, *pane_.selection(), Kind::selection, {});
    paint_set([](Kind kind) { return kind == Kind::label; });
    paint_set([](Kind kind) { return kind == Kind::bar; });
    return rows;
}

void TerminalCells::paint(std::vector<RowPaint>& rows, const model::Selection& cells,
                          model::Highlight::Kind kind, const std::string& text) const {
    const std::int64_t above = pane_.physical_top() + shown_top_;
    const std::int64_t first = std::max(cells.first().y, above);
    const std::int64_t last = std::min(cells.last().y, above + static_cast<std::int64_t>(rows.size()) - 1);
    for (std::int64_t y = first; y <= last; ++y)
        if (const auto columns = cells.columns_at(y, pane_.terminal().columns()))
            rows[static_cast<std::size_t>(y - above)].push_back(
                {static_cast<int>(columns->first), static_cast<int>(columns->last), kind,
                 y == cells.first().y ? text : std::string{}});
}

ui::FrameStyle TerminalCells::look_of(terminal::Cell cell, ui::Frame& frame) const {
    const terminal::Terminal& terminal = pane_.terminal();
    const terminal::Style& style = terminal.style(cell);
    ui::FrameStyle shown;
    if (shown_plain_) return colors_ ? colors_->shown(shown, terminal.palette(), shown_active_) : shown;
    shown.foreground = text_color(style.foreground);
    shown.background = text_color(style.background);
    shown.underline_color = text_color(style.underline_color);
    shown.attributes = style.attributes & terminal::attribute::visible;
    if (terminal.modes().reverse_screen) shown.attributes ^= ui::FrameStyle::inverse;
    shown.underline = static_cast<model::TextUnderline>(style.underline);
    if (colors_) shown = colors_->shown(shown, terminal.palette(), shown_active_);
    if (style.link)
        shown.link = frame.link(terminal.link_uri(style.link), terminal.link_parameter(style.link));
    return shown;
}

void TerminalCells::draw_row(int y, int first, ui::Frame& frame, std::span<ui::FrameCell> cells) {
    const terminal::Terminal& terminal = pane_.terminal();
    const std::int64_t row = top() + y;
    std::span<const terminal::Cell> source;
    if (row < terminal.rows() && row >= -static_cast<std::int64_t>(terminal.scrollback_size()))
        source = terminal.row(row, buffer_);
    // Neighbours mostly share a style.
    terminal::StyleId last = 0;
    std::uint32_t last_style = frame.style(look_of({}, frame)) & 0x3FFFFFFF;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::size_t x = static_cast<std::size_t>(first) + i;
        const terminal::Cell cell = x < source.size() ? source[x] : terminal::Cell{};
        if (cell.style() != last) {
            last = cell.style();
            last_style = frame.style(look_of(cell, frame)) & 0x3FFFFFFF;
        }
        ui::FrameCell& shown = cells[i];
        shown.style = last_style & 0x3FFFFFFF;
        shown.shape_bits = static_cast<std::uint32_t>(cell.shape()) & 3U;
        if (cell.is_tail()) {
            shown.text = 0;
        } else if (cell.is_cluster()) {
            terminal::Terminal::TextBuffer text;
            shown.text = frame.cluster(terminal.text(cell, text)) | ui::FrameCell::cluster_flag;
        } else {
            shown.text = cell.is_blank() ? U' ' : cell.code_point();
        }
    }
    if (const auto i = static_cast<std::size_t>(y); i < shown_paint_.size() && !shown_paint_[i].empty())
        draw_highlights(shown_paint_[i], first, frame, cells);
    draw_thumb(y, first, frame, cells);
}

// While the pane is scrolled back, in its last column: where in the scrollback the user is.
void TerminalCells::draw_thumb(int y, int first, ui::Frame& frame, std::span<ui::FrameCell> cells) const {
    const terminal::Terminal& terminal = pane_.terminal();
    const int x = terminal.columns() - 1 - first;
    if (!colors_ || !colors_->thumb() || top() == 0 || x < 0 || static_cast<std::size_t>(x) >= cells.size())
        return;
    const auto rows = static_cast<std::int64_t>(terminal.rows());
    const std::int64_t above = static_cast<std::int64_t>(terminal.scrollback_size());
    const std::int64_t length = std::max<std::int64_t>(rows * rows / (above + rows), 1);
    const std::int64_t at = std::min((above + top()) * rows / (above + rows), rows - length);
    if (y < at || y >= at + length) return;
    ui::FrameCell& cell = cells[static_cast<std::size_t>(x)];
    // What is left of a wide character.
    if (cell.shape() == ui::FrameCell::Shape::wide_tail && x > 0) {
        cells[static_cast<std::size_t>(x) - 1].text = U' ';
        cells[static_cast<std::size_t>(x) - 1].shape_bits = 0;
    }
    cell = {};
    cell.text = U'▐';
    cell.style = frame.style(*colors_->thumb()) & 0x3FFFFFFF;
}

void TerminalCells::draw_highlights(const RowPaint& paint, int first, ui::Frame& frame,
                                    std::span<ui::FrameCell> cells) const {
    const int end = first + static_cast<int>(cells.size());
    const auto at = [&](int x) -> ui::FrameCell& { return cells[static_cast<std::size_t>(x - first)]; };
    using Shape = ui::FrameCell::Shape;
    for (const Paint& part : paint) {
        int from = std::max(part.first, first);
        int to = std::min(part.last + 1, end);
        if (from >= to) continue;
        // Half of a wide character is all of it.
        if (from > first && at(from).shape() == Shape::wide_tail) --from;
        if (to < end && at(to).shape() == Shape::wide_tail) ++to;
        std::uint32_t before = UINT32_MAX;
        std::uint32_t after = 0;
        for (int x = from; x < to; ++x) {
            if (at(x).style != before) {
                before = at(x).style;
                after = frame.style(styles_.over(part.kind, frame.style_at(before))) & 0x3FFFFFFF;
            }
            at(x).style = after & 0x3FFFFFFF;
        }
        if (part.text.empty()) continue;
        const std::vector<ui::FrameCell> label =
            frame.cells_of(part.text, frame.style_at(after), part.last + 1 - part.first);
        for (std::size_t i = 0; i < label.size(); ++i) {
            const int x = part.first + static_cast<int>(i);
            if (x < first || x >= end) continue;
            // What is left of a wide character.
            if (at(x).shape() == Shape::wide_tail && x > first && i == 0) {
                at(x - 1).text = U' ';
                at(x - 1).shape_bits = 0;
            }
            if (at(x).shape() == Shape::wide && x + 1 < end) {
                at(x + 1).text = U' ';
                at(x + 1).shape_bits = 0;
            }
            at(x) = label[i];
        }
    }
}

ui::FrameCursor TerminalCells::cursor() const {
    const terminal::CursorView& view = shown_cursor_;
    ui::FrameCursor cursor;
    cursor.x = view.x;
    cursor.y = static_cast<int>(view.y - top());
    cursor.visible = view.visible && !pane_.is_dead();
    cursor.blinking = view.blinking;
    cursor.shape = shape_of(view.shape);
    if (colors_ && colors_->colors_cursor()) {
        const terminal::Rgb color = pane_.terminal().palette().cursor;
        cursor.color = model::TextColor::direct(color.red, color.green, color.blue);
    }
    if (own_cursor_) {
        cursor.x = static_cast<int>(own_cursor_->x);
        cursor.y = static_cast<int>(own_cursor_->y - pane_.physical_top() - top());
        cursor.visible = true;
        cursor.blinking = false;
        cursor.shape = ui::FrameCursor::Shape::block;
    }
    return cursor;
}

} // namespace lunette::server
