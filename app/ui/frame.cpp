#include "ui/frame.h"

#include "model/utf8.h"
#include "model/width.h"

#include <algorithm>

namespace lunette::ui {

namespace {

constexpr std::size_t most_entries = 1U << 16; // of a table, before the frame is worn

// Of all frames: frames are made on the UI thread only.
std::uint64_t next_generation() noexcept {
    static std::uint64_t last = 0;
    return ++last;
}

} // namespace

FrameStyle FrameStyle::from(const model::TextStyle& text) noexcept {
    FrameStyle style;
    style.foreground = text.foreground;
    style.background = text.background;
    style.underline_color = text.underline_color;
    style.underline = text.underline;
    const auto set = [&](bool on, std::uint16_t bit) {
        if (on) style.attributes |= bit;
    };
    set(text.intensity == model::TextIntensity::bold, bold);
    set(text.intensity == model::TextIntensity::half, faint);
    set(text.italic, italic);
    set(text.blink == model::TextBlink::slow, blink);
    set(text.blink == model::TextBlink::rapid, rapid_blink);
    set(text.inverse, inverse);
    set(text.invisible, conceal);
    set(text.strikethrough, strike);
    set(text.overline, overline);
    return style;
}

std::size_t Frame::StyleHash::operator()(const FrameStyle& style) const noexcept {
    const auto color = [](const model::TextColor& c) -> std::uint64_t {
        switch (c.kind()) {
        case model::TextColor::Kind::inherited: return 0;
        case model::TextColor::Kind::transparent: return 3U << 24;
        case model::TextColor::Kind::indexed: return 1U << 24 | c.index();
        case model::TextColor::Kind::direct:
            return 2U << 24 | static_cast<std::uint64_t>(c.red()) << 16 |
                   static_cast<std::uint64_t>(c.green()) << 8 | c.blue();
        }
        return 0;
    };
    std::uint64_t hash = 0;
    for (const std::uint64_t part :
         {color(style.foreground), color(style.background), color(style.underline_color),
          static_cast<std::uint64_t>(style.attributes) << 8 | static_cast<std::uint64_t>(style.underline),
          static_cast<std::uint64_t>(style.link)})
        hash = (hash ^ part) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(hash ^ hash >> 32);
}

Frame::Frame(int columns, int rows) : columns_{-1}, rows_{-1} { resize(columns, rows); }

void Frame::resize(int columns, int rows) {
    columns = std::max(columns, 0);
    rows = std::max(rows, 0);
    if (columns == columns_ && rows == rows_) return;
    columns_ = columns;
    rows_ = rows;
    clear();
}

void Frame::clear() {
    cells_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), FrameCell{});
    versions_.assign(static_cast<std::size_t>(rows_), ++version_);
    cursor_ = {};
    styles_.assign(1, FrameStyle{});
    style_ids_.clear();
    style_ids_.emplace(FrameStyle{}, 0);
    clusters_.clear();
    cluster_ids_.clear();
    links_.assign(1, Link{});
    link_ids_.clear();
    generation_ = next_generation();
}

bool Frame::is_worn() const noexcept {
    return styles_.size() > most_entries || clusters_.size() > most_entries || links_.size() > most_entries;
}

std::span<const FrameCell> Frame::row(int y) const noexcept {
    return {cells_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_),
            static_cast<std::size_t>(columns_)};
}

void Frame::put(int x, int y, std::span<const FrameCell> cells) {
    if (cells.empty()) return;
    FrameCell* row = cells_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_);
    FrameCell* at = row + x;
    const int end = x + static_cast<int>(cells.size());
    bool differs = !std::equal(cells.begin(), cells.end(), at);
    const auto blank = [&](FrameCell& cell) {
        cell.text = ' ';
        cell.shape_bits = 0;
        differs = true;
    };
    // Half of a wide character that stood across either end.
    if (x > 0 && row[x - 1].shape() == FrameCell::Shape::wide) blank(row[x - 1]);
    if (end < columns_ && row[end].shape() == FrameCell::Shape::wide_tail) blank(row[end]);
    std::copy(cells.begin(), cells.end(), at);
    if (at->shape() == FrameCell::Shape::wide_tail) blank(*at);
    if (row[end - 1].shape() == FrameCell::Shape::wide) blank(row[end - 1]);
    if (differs) versions_[static_cast<std::size_t>(y)] = ++version_;
}

int Frame::put_text(int x, int y, std::string_view text, const FrameStyle& look, int width) {
    const std::vector<FrameCell> cells = cells_of(text, look, width);
    put(x, y, cells);
    return static_cast<int>(cells.size());
}

std::vector<FrameCell> Frame::cells_of(std::string_view text, const FrameStyle& look, int width) {
    std::vector<FrameCell> cells;
    FrameCell cell;
    cell.style = style(look) & 0x3FFFFFFF;
    for (const model::Grapheme& grapheme : model::Graphemes{text}) {
        if (grapheme.width == 0) continue;
        if (static_cast<int>(cells.size()) + grapheme.width > width) break;
        const model::Decoded first = model::decode_utf8(grapheme.text);
        const bool single = first.length == grapheme.text.size();
        cell.text = single ? static_cast<std::uint32_t>(first.code_point)
                           : FrameCell::cluster_flag | cluster(grapheme.text);
        cell.shape_bits = grapheme.width == 2 ? static_cast<unsigned>(FrameCell::Shape::wide) & 3U : 0U;
        cells.push_back(cell);
        if (grapheme.width == 2) {
            cell.text = 0;
            cell.shape_bits = static_cast<unsigned>(FrameCell::Shape::wide_tail) & 3U;
            cells.push_back(cell);
        }
    }
    return cells;
}

std::uint32_t Frame::style(const FrameStyle& style) {
    const auto [found, added] = style_ids_.try_emplace(style, static_cast<std::uint32_t>(styles_.size()));
    if (added) styles_.push_back(style);
    return found->second;
}

std::uint32_t Frame::cluster(std::string_view text) {
    const auto [found, added] =
        cluster_ids_.try_emplace(std::string{text}, static_cast<std::uint32_t>(clusters_.size()));
    if (added) clusters_.emplace_back(text);
    return found->second;
}

std::uint32_t Frame::link(std::string_view uri, std::string_view id) {
    if (uri.empty()) return 0;
    const auto [found, added] = link_ids_.try_emplace(std::string{id} + '\0' + std::string{uri},
                                                      static_cast<std::uint32_t>(links_.size()));
    if (added) links_.push_back({std::string{uri}, std::string{id}});
    return found->second;
}

std::string_view Frame::text(FrameCell cell, TextBuffer& buffer) const noexcept {
    if (cell.shape() == FrameCell::Shape::wide_tail) return {};
    if (cell.text & FrameCell::cluster_flag) return clusters_[cell.text & ~FrameCell::cluster_flag];
    return {buffer.bytes, model::encode_utf8(cell.text, buffer.bytes)};
}

std::vector<int> Frame::take_changed_rows() {
    std::vector<int> rows;
    for (int y = 0; y < rows_; ++y)
        if (row_version(y) > taken_version_) rows.push_back(y);
    taken_version_ = version_;
    return rows;
}

std::string frame_text(const Frame& frame, int row) {
    std::string text;
    Frame::TextBuffer buffer;
    for (const FrameCell cell : frame.row(row)) text += frame.text(cell, buffer);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::string frame_text(const Frame& frame) {
    std::string text;
    for (int y = 0; y < frame.rows(); ++y) (text += frame_text(frame, y)) += '\n';
    return text;
}

} // namespace lunette::ui
