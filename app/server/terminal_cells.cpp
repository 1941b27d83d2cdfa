#include "server/terminal_cells.h"

#include <algorithm>

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

void TerminalCells::take_damage(std::vector<int>& rows) {
    const std::vector<terminal::RowRange> damage = pane_.terminal().take_damage();
    const std::int64_t now = top();
    const bool moved =
        now != shown_top_ || (now != 0 && !damage.empty()) || shown_selection_ != pane_.selection();
    shown_top_ = now;
    shown_selection_ = pane_.selection();
    if (moved) {
        for (int y = 0; y < pane_.terminal().rows(); ++y) rows.push_back(y);
        return;
    }
    for (const terminal::RowRange& range : damage)
        for (int y = range.first; y <= range.last; ++y) rows.push_back(y);
}

std::uint32_t TerminalCells::style_of(terminal::Cell cell, bool selected, ui::Frame& frame) {
    const terminal::Terminal& terminal = pane_.terminal();
    const terminal::Style& style = terminal.style(cell);
    ui::FrameStyle shown;
    shown.foreground = text_color(style.foreground);
    shown.background = text_color(style.background);
    shown.underline_color = text_color(style.underline_color);
    shown.attributes = style.attributes;
    if (selected != terminal.modes().reverse_screen) shown.attributes ^= ui::FrameStyle::inverse;
    shown.underline = static_cast<model::TextUnderline>(style.underline);
    if (style.link)
        shown.link = frame.link(terminal.link_uri(style.link), terminal.link_parameter(style.link));
    return frame.style(shown) & 0x3FFFFFFF;
}

void TerminalCells::draw_row(int y, ui::Frame& frame, std::span<ui::FrameCell> cells) {
    const terminal::Terminal& terminal = pane_.terminal();
    const std::int64_t row = top() + y;
    std::span<const terminal::Cell> source;
    if (row < terminal.rows() && row >= -static_cast<std::int64_t>(terminal.scrollback_size()))
        source = terminal.row(row, buffer_);
    const std::int64_t stable = pane_.physical_top() + row;
    // Neighbours mostly share a style.
    terminal::StyleId last = 0;
    bool last_selected = false;
    std::uint32_t last_style = style_of({}, false, frame);
    for (std::size_t x = 0; x < cells.size(); ++x) {
        const terminal::Cell cell = x < source.size() ? source[x] : terminal::Cell{};
        const bool selected =
            shown_selection_ && shown_selection_->contains(static_cast<std::int64_t>(x), stable);
        if (cell.style() != last || selected != last_selected) {
            last = cell.style();
            last_selected = selected;
            last_style = style_of(cell, selected, frame);
        }
        ui::FrameCell& shown = cells[x];
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
}

ui::FrameCursor TerminalCells::cursor() const {
    const terminal::CursorView view = pane_.terminal().cursor();
    ui::FrameCursor cursor;
    cursor.x = view.x;
    cursor.y = static_cast<int>(view.y - top());
    cursor.visible = view.visible && !pane_.is_dead();
    cursor.blinking = view.blinking;
    cursor.shape = shape_of(view.shape);
    return cursor;
}

} // namespace lunette::server
