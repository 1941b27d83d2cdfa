#include "tty/encoder.h"

#include <fmt/format.h>

#include <algorithm>

// Scrolling what the terminal shows, where that is shorter than writing it again.
namespace lunette::tty {

namespace {

using ui::FrameCell;

constexpr int scroll_bytes = 16;         // a region set and unset, and the shift
constexpr int scroll_columns_bytes = 36; // the same with margins

// About how many bytes lead from one row to another.
int cost_of_change(std::span<const FrameCell> from, std::span<const FrameCell> to) noexcept {
    constexpr int movement = 3;
    int cost = 0;
    bool same = true;
    for (std::size_t x = 0; x < to.size(); ++x) {
        const bool equal = from[x] == to[x];
        if (!equal) cost += same ? movement + 1 : 1;
        same = equal;
    }
    return cost;
}

std::uint64_t blank_hash(int columns) {
    return row_hash(std::vector<FrameCell>(static_cast<std::size_t>(columns)));
}

} // namespace

bool Encoder::scroll(std::string& out, const ui::Frame& frame, const std::vector<int>& changed) {
    if (cells_.front().text == unknown_text || columns_ < 2) return false;
    for (int y = 0; y < rows_; ++y)
        if (std::uint64_t& hash = hashes_[static_cast<std::size_t>(y)]; hash == 0) hash = row_hash(shown(y));
    next_hashes_ = hashes_;
    for (const int y : changed) next_hashes_[static_cast<std::size_t>(y)] = row_hash(wanted(frame, y));
    const std::optional<RowShift> shift = find_shift({hashes_, next_hashes_, blank_hash(columns_)});
    const Columns all{0, columns_};
    if (!shift || saved_by(frame, *shift, all) <= scroll_bytes)
        return can_.side_margins && scroll_columns(out, frame, changed);
    set_pen(out, frame, {}); // new rows get its background
    append_shift(out, *shift);
    shift_cells(*shift, all);
    const auto first = hashes_.begin() + shift->top;
    const auto last = hashes_.begin() + shift->bottom + 1;
    const int n = std::abs(shift->by);
    if (shift->by > 0)
        std::fill(std::move(first + n, last, first), last, 0);
    else
        std::fill(first, std::move_backward(first, last - n, last), 0);
    return true;
}

// A pane beside another: only the columns that change.
bool Encoder::scroll_columns(std::string& out, const ui::Frame& frame, const std::vector<int>& changed) {
    const Columns columns = changed_columns(frame, changed);
    const int width = columns.end - columns.first;
    if (width < 2 || width == columns_) return false;
    const auto part = [&](std::span<const FrameCell> row) {
        return row.subspan(static_cast<std::size_t>(columns.first), static_cast<std::size_t>(width));
    };
    std::vector<std::uint64_t> before;
    std::vector<std::uint64_t> after;
    for (int y = 0; y < rows_; ++y) {
        before.push_back(row_hash(part(shown(y))));
        after.push_back(row_hash(part(wanted(frame, y))));
    }
    const std::optional<RowShift> shift = find_shift({before, after, blank_hash(width)});
    if (!shift || saved_by(frame, *shift, columns) <= scroll_columns_bytes) return false;
    set_pen(out, frame, {});
    const int n = std::abs(shift->by);
    out += fmt::format("\x1B[?69h\x1B[{};{}r\x1B[{};{}s", shift->top + 1, shift->bottom + 1,
                       columns.first + 1, columns.end);
    if (can_.scroll_up_down) {
        out += fmt::format("\x1B[{}{}", n, shift->by > 0 ? 'S' : 'T');
    } else {
        mover_.forget();
        mover_.move(out, columns.first, shift->top);
        out += fmt::format("\x1B[{}{}", n, shift->by > 0 ? 'M' : 'L');
    }
    out += "\x1B[?69l\x1B[r";
    mover_.set(0, 0);
    shift_cells(*shift, columns);
    std::fill(hashes_.begin() + shift->top, hashes_.begin() + shift->bottom + 1, 0);
    return true;
}

// Extended so that no wide character, old or new, stands across an edge.
Encoder::Columns Encoder::changed_columns(const ui::Frame& frame, const std::vector<int>& changed) {
    Columns columns{columns_, 0};
    for (const int y : changed) {
        const std::span<const FrameCell> now = wanted(frame, y);
        const std::span<const FrameCell> old = shown(y);
        int first = 0;
        int end = columns_;
        while (first < end && old[static_cast<std::size_t>(first)] == now[static_cast<std::size_t>(first)])
            ++first;
        while (end > first &&
               old[static_cast<std::size_t>(end - 1)] == now[static_cast<std::size_t>(end - 1)])
            --end;
        if (first == end) continue;
        columns.first = std::min(columns.first, first);
        columns.end = std::max(columns.end, end);
    }
    const auto is_cut = [&](int x) {
        if (x <= 0 || x >= columns_) return false;
        for (int y = 0; y < rows_; ++y)
            for (const std::span<const FrameCell> row :
                 {std::span<const FrameCell>{shown(y)}, wanted(frame, y)})
                if (row[static_cast<std::size_t>(x)].shape() == FrameCell::Shape::wide_tail) return true;
        return false;
    };
    while (is_cut(columns.first)) --columns.first;
    while (is_cut(columns.end)) ++columns.end;
    return columns;
}

// Bytes that need not be written, those of the shift itself not subtracted.
int Encoder::saved_by(const ui::Frame& frame, const RowShift& shift, Columns columns) {
    const auto part = [&](std::span<const FrameCell> row) {
        return row.subspan(static_cast<std::size_t>(columns.first),
                           static_cast<std::size_t>(columns.end - columns.first));
    };
    const std::vector<FrameCell> blank(static_cast<std::size_t>(columns.end - columns.first));
    int saved = 0;
    for (int y = shift.top; y <= shift.bottom; ++y) {
        const int from = y + shift.by;
        const bool inside = from >= shift.top && from <= shift.bottom;
        const std::span<const FrameCell> now = part(wanted(frame, y));
        saved += cost_of_change(part(shown(y)), now) -
                 cost_of_change(inside ? part(shown(from)) : std::span<const FrameCell>{blank}, now);
    }
    return saved;
}

void Encoder::shift_cells(const RowShift& shift, Columns columns) {
    const int height = shift.bottom - shift.top + 1;
    for (int i = 0; i < height; ++i) {
        // Each row is read before it is overwritten.
        const int y = shift.by > 0 ? shift.top + i : shift.bottom - i;
        const int from = y + shift.by;
        FrameCell* const to = shown(y).data();
        if (from >= shift.top && from <= shift.bottom)
            std::copy(shown(from).data() + columns.first, shown(from).data() + columns.end,
                      to + columns.first);
        else
            std::fill(to + columns.first, to + columns.end, FrameCell{});
    }
}

void Encoder::append_shift(std::string& out, const RowShift& shift) {
    const auto sequence = [&](int n, char final) {
        out += n == 1 ? fmt::format("\x1B[{}", final) : fmt::format("\x1B[{}{}", n, final);
    };
    const bool up = shift.by > 0;
    const int n = std::abs(shift.by);
    if (shift.bottom == rows_ - 1 && (shift.top > 0 || !can_.scroll_up_down)) {
        mover_.move(out, 0, shift.top);
        sequence(n, up ? 'M' : 'L');
        return;
    }
    const bool region = shift.top > 0 || shift.bottom < rows_ - 1;
    if (region) {
        out += fmt::format("\x1B[{};{}r", shift.top + 1, shift.bottom + 1);
        mover_.set(0, 0);
    }
    if (can_.scroll_up_down) {
        sequence(n, up ? 'S' : 'T');
    } else {
        mover_.move(out, 0, shift.top);
        sequence(n, up ? 'M' : 'L');
    }
    if (region) {
        out += "\x1B[r";
        mover_.set(0, 0);
    }
}

} // namespace lunette::tty
