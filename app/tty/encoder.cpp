#include "tty/encoder.h"

#include "tty/cell_text.h"
#include "tty/look.h"

#include <fmt/format.h>

#include <algorithm>

namespace lunette::tty {

namespace {

using ui::FrameCell;
using ui::FrameStyle;

constexpr std::size_t most_link_bytes = 2000; // VTE takes 2083
constexpr std::size_t most_title_bytes = 1000;
constexpr std::size_t least_scrolled = 3; // changed rows from which on scrolling is considered
constexpr int longest_bridge = 8;         // cells written again instead of a movement

bool is_blank(FrameCell cell) noexcept {
    return cell.text == ' ' && cell.shape() == FrameCell::Shape::narrow;
}

bool is_safe(const ui::Link& link) noexcept {
    const auto printable = [](char c) { return c > ' ' && c < 0x7F; };
    return link.uri.size() <= most_link_bytes && std::all_of(link.uri.begin(), link.uri.end(), printable);
}

// FNV-1a. Programs' own ids may collide or break the syntax.
std::uint64_t link_id(const ui::Link& link) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const std::string* text : {&link.id, &link.uri}) {
        for (const char c : *text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        hash = (hash ^ 0xFF) * 0x100000001B3U;
    }
    return hash;
}

// DECSCUSR.
int style_number(const ui::FrameCursor& cursor) noexcept {
    using Shape = ui::FrameCursor::Shape;
    const int steady = cursor.blinking ? 0 : 1;
    switch (cursor.shape) {
    case Shape::standard: break;
    case Shape::block: return 1 + steady;
    case Shape::underline: return 3 + steady;
    case Shape::bar: return 5 + steady;
    }
    return 0;
}

} // namespace

ui::FrameCell Encoder::unknown_cell() noexcept {
    FrameCell cell;
    cell.text = unknown_text;
    return cell;
}

void Encoder::restart() {
    mover_.set(0, 0);
    pen_ = {{}, true};
    columns_ = rows_ = 0;
    blank_ = true;
    cursor_visible_ = true;
    cursor_style_ = 0;
    title_.reset();
    cursor_color_.reset();
}

void Encoder::invalidate() noexcept {
    forget_rows();
    mover_.forget();
    pen_.known = false;
    cursor_visible_.reset();
    cursor_style_.reset();
}

void Encoder::forget_rows() noexcept {
    std::fill(cells_.begin(), cells_.end(), unknown_cell());
    std::fill(versions_.begin(), versions_.end(), 0);
    std::fill(hashes_.begin(), hashes_.end(), 0);
}

void Encoder::set_capabilities(const Capabilities& now) {
    const bool other_looks =
        now.colors != can_.colors || now.utf8 != can_.utf8 || now.widths != can_.widths ||
        now.styled_underline != can_.styled_underline || now.underline_color != can_.underline_color ||
        now.hyperlinks != can_.hyperlinks || now.grapheme_clusters != can_.grapheme_clusters;
    can_ = now;
    if (!other_looks) return;
    looks_.clear();
    invalidate();
}

std::span<FrameCell> Encoder::shown(int y) noexcept {
    return {cells_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_),
            static_cast<std::size_t>(columns_)};
}

std::span<const FrameCell> Encoder::wanted(const ui::Frame& frame, int y) const noexcept {
    return frame.row(y).first(static_cast<std::size_t>(columns_));
}

const FrameStyle& Encoder::look(const ui::Frame& frame, FrameCell cell) {
    if (cell.style >= looks_.size()) looks_.resize(cell.style + std::size_t{1});
    std::optional<FrameStyle>& look = looks_[cell.style];
    if (!look) {
        look = look_of(frame.style_at(cell.style), can_);
        if (look->link && !is_safe(frame.link_at(look->link))) look->link = 0;
    }
    return *look;
}

void Encoder::present(std::string& out, const ui::Frame& frame, int columns, int rows) {
    begin_picture(out, frame, std::min(columns, frame.columns()), std::min(rows, frame.rows()));
    std::vector<int> changed = changed_rows(frame);
    const bool many = changed.size() > 1;
    const bool hides = many && !can_.synchronized_output && cursor_visible_ != false;
    if (many && can_.synchronized_output) out += "\x1B[?2026h";
    if (hides) {
        out += "\x1B[?25l";
        cursor_visible_ = false;
    }
    if (changed.size() >= least_scrolled && scroll(out, frame, changed)) {
        std::fill(versions_.begin(), versions_.end(), 0);
        changed = changed_rows(frame);
    }
    for (const int y : changed) {
        write_row(out, frame, y);
        hashes_[static_cast<std::size_t>(y)] = 0;
    }
    show_cursor(out, frame);
    if (many && can_.synchronized_output) out += "\x1B[?2026l";
}

void Encoder::begin_picture(std::string& out, const ui::Frame& frame, int columns, int rows) {
    const bool other_size = columns != columns_ || rows != rows_;
    if (frame.generation() != generation_) {
        // Ids of the one before mean nothing now.
        if (pen_.known && pen_.look.link) out += "\x1B]8;;\x1B\\";
        pen_.look.link = 0;
        looks_.clear();
        generation_ = frame.generation();
        forget_rows();
    }
    if (!other_size) return;
    columns_ = columns;
    rows_ = rows;
    if (!blank_) {
        set_pen(out, frame, {});
        out += "\x1B[2J";
        mover_.forget(); // the terminal moved it when its size changed
    }
    blank_ = false;
    cells_.assign(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), FrameCell{});
    versions_.assign(static_cast<std::size_t>(rows), 0);
    hashes_.assign(static_cast<std::size_t>(rows), 0);
}

std::vector<int> Encoder::changed_rows(const ui::Frame& frame) {
    std::vector<int> changed;
    for (int y = 0; y < rows_; ++y) {
        std::uint64_t& version = versions_[static_cast<std::size_t>(y)];
        if (version == frame.row_version(y)) continue;
        const std::span<const FrameCell> now = wanted(frame, y);
        const bool same = std::equal(now.begin(), now.end(), shown(y).begin());
        version = same ? frame.row_version(y) : 0;
        if (!same) changed.push_back(y);
    }
    return changed;
}

int Encoder::blank_from(const ui::Frame& frame, int y) {
    const std::span<const FrameCell> now = wanted(frame, y);
    int x = columns_;
    while (x > 0 && is_blank(now[static_cast<std::size_t>(x - 1)]) &&
           is_erased(look(frame, now[static_cast<std::size_t>(x - 1)])))
        --x;
    return x;
}

void Encoder::write_row(std::string& out, const ui::Frame& frame, int y) {
    const std::span<FrameCell> old = shown(y);
    const std::span<const FrameCell> now = wanted(frame, y);
    const auto at = [](int x) { return static_cast<std::size_t>(x); };
    const int blank = blank_from(frame, y);
    for (int x = 0; x < blank;) {
        if (old[at(x)] == now[at(x)]) {
            ++x;
            continue;
        }
        if (x > 0 && now[at(x)].shape() == FrameCell::Shape::wide_tail) --x;
        x = write_cells(out, frame, y, x, blank);
    }
    const auto shows = [&](int x) {
        const FrameCell cell = old[at(x)];
        return cell.text == unknown_text || !is_blank(cell) || !is_erased(look(frame, cell));
    };
    int first = blank;
    while (first < columns_ && !shows(first)) ++first;
    int end = columns_;
    while (end > first && !shows(end - 1)) --end;
    constexpr int erase_bytes = 3;
    if (end > first && end - first < erase_bytes) {
        for (int x = first; x < end;)
            x = old[at(x)] == now[at(x)] ? x + 1 : write_cells(out, frame, y, x, end);
    } else if (end > first) {
        if (!pen_.known || !is_erased(pen_.look)) set_pen(out, frame, {});
        go_to(out, frame, first, y);
        out += "\x1B[K";
    }
    std::copy(now.begin() + blank, now.end(), old.begin() + blank);
}

int Encoder::write_cells(std::string& out, const ui::Frame& frame, int y, int x, int end) {
    const std::span<FrameCell> old = shown(y);
    const std::span<const FrameCell> now = wanted(frame, y);
    const FrameCell blank;
    go_to(out, frame, x, y);
    while (x < end) {
        const auto at = static_cast<std::size_t>(x);
        const FrameCell cell = now[at];
        const bool wide = cell.shape() == FrameCell::Shape::wide;
        const bool cut = wide && x + 1 >= columns_; // the frame is wider than the terminal
        const int width = wide && !cut ? 2 : 1;
        if (old[at] == cell && (width == 1 || old[at + 1] == now[at + 1])) break;
        set_pen(out, frame, look(frame, cell));
        if (!mover_.is_at(x, y)) mover_.move(out, x, y);
        const Agreement agreement = agreement_on(frame, cell, can_);
        if (agreement == Agreement::differs && width == 2) {
            // It may be shown in one cell: nothing old stays in the other.
            out += "  ";
            mover_.advance(2);
            if (x + 2 >= columns_) mover_.forget_column();
            mover_.move(out, x, y);
        }
        append_text(out, frame, cut ? blank : cell, can_);
        mover_.advance(width);
        std::copy_n(now.begin() + x, width, old.begin() + x);
        x += width;
        if (agreement != Agreement::sure || x >= columns_) mover_.forget_column();
        // It may have covered the next cell.
        const bool covers =
            agreement == Agreement::differs || (agreement == Agreement::unsure && !can_.grapheme_clusters);
        if (covers && x < columns_) old[static_cast<std::size_t>(x)] = unknown_cell();
    }
    return x;
}

void Encoder::go_to(std::string& out, const ui::Frame& frame, int x, int y) {
    if (mover_.is_at(x, y)) return;
    const int from = mover_.column_in(y);
    const int gap = x - from;
    if (from >= 0 && gap > 0 && gap <= longest_bridge && pen_.known && gap <= mover_.cost(x, y)) {
        const std::span<const FrameCell> now = wanted(frame, y).subspan(static_cast<std::size_t>(from));
        const std::span<const FrameCell> between = now.first(static_cast<std::size_t>(gap));
        const std::span<const FrameCell> old = shown(y).subspan(static_cast<std::size_t>(from));
        const bool same =
            std::equal(between.begin(), between.end(), old.begin(), [&](FrameCell a, FrameCell b) {
                if (a != b || a.text < ' ' || a.text >= 0x7F) return false;
                const FrameStyle& style = look(frame, a);
                return style == pen_.look || (a.text == ' ' && is_erased(style) && is_erased(pen_.look));
            });
        if (same) {
            for (const FrameCell cell : between) out += static_cast<char>(cell.text);
            mover_.advance(gap);
            return;
        }
    }
    mover_.move(out, x, y);
}

void Encoder::set_pen(std::string& out, const ui::Frame& frame, const FrameStyle& look) {
    if (!pen_.known) {
        out += "\x1B[m";
        if (can_.hyperlinks) out += "\x1B]8;;\x1B\\";
        pen_ = {{}, true};
    }
    if (pen_.look == look) return;
    if (pen_.look.link != look.link) set_link(out, frame, look.link);
    append_sgr(out, pen_.look, look);
    pen_.look = look;
}

void Encoder::set_link(std::string& out, const ui::Frame& frame, std::uint32_t link) {
    if (link == 0) {
        out += "\x1B]8;;\x1B\\";
        return;
    }
    const ui::Link& target = frame.link_at(link);
    out += fmt::format("\x1B]8;id={:x};{}\x1B\\", link_id(target), target.uri);
}

void Encoder::show_cursor(std::string& out, const ui::Frame& frame) {
    const ui::FrameCursor& cursor = frame.cursor();
    const bool visible = cursor.visible && columns_ > 0 && rows_ > 0;
    if (visible) {
        go_to(out, frame, std::clamp(cursor.x, 0, columns_ - 1), std::clamp(cursor.y, 0, rows_ - 1));
        const int style = style_number(cursor);
        if (can_.cursor_shape && cursor_style_ != style) {
            out += fmt::format("\x1B[{} q", style);
            cursor_style_ = style;
        }
    }
    if (cursor_visible_ == visible) return;
    out += visible ? "\x1B[?25h" : "\x1B[?25l";
    cursor_visible_ = visible;
}

void Encoder::set_title(std::string& out, std::string_view title) {
    if (!can_.title || (title_ && *title_ == title)) return;
    title_ = title;
    out += fmt::format("\x1B]2;{}\x1B\\", plain_text(title, most_title_bytes, can_));
}

void Encoder::set_cursor_color(std::string& out, const std::optional<Rgb>& color) {
    if (!can_.cursor_color || color == cursor_color_) return;
    cursor_color_ = color;
    if (color)
        out += fmt::format("\x1B]12;#{:02x}{:02x}{:02x}\x1B\\", color->red, color->green, color->blue);
    else
        out += "\x1B]112\x1B\\";
}

} // namespace lunette::tty
