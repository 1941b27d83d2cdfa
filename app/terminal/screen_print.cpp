#include "terminal/screen.h"

#include "model/utf8.h"

#include <algorithm>
#include <string>

namespace lunette::terminal {

StyleId Screen::style_id() {
    if (!pen_known_) {
        Style style = pen_;
        style.semantic = semantic_;
        pen_id_ = styles_.intern(style);
        pen_known_ = true;
    }
    return pen_id_;
}

void Screen::forget_last() noexcept { last_x_ = -1; }

void Screen::end_cluster() noexcept {
    grapheme_.reset();
    forget_last();
}

void Screen::wrap() {
    // A line that ends or begins at a margin inside the screen does not go on as a whole; and where the
    // cursor cannot move down, a row cannot continue itself.
    const bool moves = cursor_.y == margins_.bottom ? inside_margins() : cursor_.y + 1 < rows();
    const bool joins = moves && cursor_.x == columns() - 1 && margins_.left == 0;
    if (joins) grid_->wrap(cursor_.y, cursor_.pending_wrap ? columns() : columns() - 1);
    cursor_.x = margins_.left;
    cursor_.pending_wrap = false;
    line_feed();
    if (joins) grid_->row(cursor_.y).continues = true;
}

void Screen::print_ascii(std::string_view text) {
    if (modes_.insert || !charsets_.plain() || !grapheme_.at_plain_boundary()) {
        for (const char c : text) print(static_cast<unsigned char>(c));
        return;
    }
    const StyleId style = style_id();
    for (std::string_view rest = text; !rest.empty();) {
        if (cursor_.pending_wrap && modes_.autowrap) wrap();
        const int width = line_end();
        const int n = static_cast<int>(std::min(rest.size(), static_cast<std::size_t>(width - cursor_.x)));
        Cell* const cells = grid_->write(cursor_.y, cursor_.x, cursor_.x + n);
        for (int i = 0; i < n; ++i)
            cells[i] = Cell::character(static_cast<unsigned char>(rest[static_cast<std::size_t>(i)]),
                                       Cell::Shape::narrow, style);
        damage_.mark(cursor_.y, cursor_.x, cursor_.x + n);
        rest.remove_prefix(static_cast<std::size_t>(n));
        if (!modes_.autowrap && !rest.empty()) {
            // What does not fit lands on the last column, one after the other.
            cells[n - 1] =
                Cell::character(static_cast<unsigned char>(rest.back()), Cell::Shape::narrow, style);
            rest = {};
        }
        cursor_.x += n;
        cursor_.pending_wrap = cursor_.x == width;
        if (cursor_.pending_wrap) cursor_.x = width - 1;
    }
    last_code_point_ = static_cast<unsigned char>(text.back());
    last_cluster_ = {};
    last_x_ = cursor_.pending_wrap ? cursor_.x : cursor_.x - 1;
    last_y_ = cursor_.y;
    grapheme_.restart(text.back());
}

void Screen::print(char32_t code_point) {
    if (code_point < 0x7F && !charsets_.plain())
        code_point = charsets_.translate(static_cast<char>(code_point));
    const int before = grapheme_.width();
    const bool begins = grapheme_.advance(code_point);
    const int width = grapheme_.width();
    if (!begins && before > 0) {
        if (last_x_ >= 0) extend_cluster(code_point, width);
        return;
    }
    if (width == 0) {
        attach_mark(code_point);
        return;
    }
    last_code_point_ = code_point;
    last_cluster_ = {};
    put(Cell::character(code_point, width == 2 ? Cell::Shape::wide : Cell::Shape::narrow, style_id()), width);
}

void Screen::put(Cell cell, int width) {
    if (width > columns()) {
        width = 1;
        cell = Cell::character(model::replacement_character, Cell::Shape::narrow, cell.style());
    }
    if (cursor_.pending_wrap && modes_.autowrap) wrap();
    if (cursor_.x + width > line_end()) {
        if (modes_.autowrap) {
            // No room for both halves: the last column stays blank.
            grid_->fill(cursor_.y, cursor_.x, line_end(), Cell{});
            damage_.mark_row(cursor_.y);
            wrap();
        } else {
            cursor_.x = line_end() - width;
        }
    }
    const int end = line_end();
    if (modes_.insert && end == columns())
        grid_->insert_cells(cursor_.y, cursor_.x, width, Cell{});
    else if (modes_.insert)
        shift({cursor_.x, cursor_.y, end - 1, cursor_.y}, width, 0);
    Cell* const cells = grid_->write(cursor_.y, cursor_.x, cursor_.x + width);
    cells[0] = cell;
    if (width == 2) cells[1] = Cell::character(0, Cell::Shape::wide_tail, cell.style());
    damage_.mark(cursor_.y, cursor_.x, modes_.insert ? end : cursor_.x + width);
    last_x_ = cursor_.x;
    last_y_ = cursor_.y;
    cursor_.x += width;
    cursor_.pending_wrap = cursor_.x >= end;
    if (cursor_.pending_wrap) cursor_.x = end - 1;
}

Cell Screen::extended(Cell cell, char32_t code_point, Cell::Shape shape) {
    char bytes[4];
    std::string_view text;
    if (cell.is_cluster())
        text = clusters_[cell.cluster_id()];
    else
        text = {bytes, model::encode_utf8(cell.code_point(), bytes)};
    if (text.size() + 4 > ClusterTable::max_bytes) return Cell::packed(cell.content(), cell.style());
    const std::uint32_t key = cell.content() & (Cell::value_mask | Cell::cluster_flag);
    const std::uint32_t id = clusters_.extend(key, text, code_point);
    if (id > Cell::value_mask) return cell;
    return Cell::cluster(id, shape, cell.style());
}

void Screen::extend_cluster(char32_t code_point, int width) {
    const Cell old = grid_->row(last_y_).cells[static_cast<std::size_t>(last_x_)];
    const bool widens = width == 2 && !old.is_wide() && columns() > 1;
    if (width == 1 && old.is_wide()) {
        const Cell narrow = extended(old, code_point, Cell::Shape::narrow);
        if (narrow.is_wide()) return;
        Cell* const cells = &grid_->row(last_y_).cells[static_cast<std::size_t>(last_x_)];
        cells[0] = last_cluster_ = narrow;
        cells[1] = Cell::blank(narrow.style());
        cursor_ = {last_x_ + 1, last_y_, false};
        damage_.mark(last_y_, last_x_, last_x_ + 1);
        return;
    }
    if (!widens) {
        Cell* const cell = &grid_->row(last_y_).cells[static_cast<std::size_t>(last_x_)];
        *cell = last_cluster_ = extended(old, code_point, old.shape());
        damage_.mark(last_y_, last_x_, last_x_ + 1);
        return;
    }
    const Cell wide = extended(old, code_point, Cell::Shape::wide);
    if (!wide.is_wide()) return;
    // Print it again, two cells wide, in the place of the narrow one.
    grid_->fill(last_y_, last_x_, last_x_ + 1, Cell{});
    cursor_ = {last_x_, last_y_, false};
    put(wide, 2);
    last_cluster_ = wide;
}

void Screen::attach_mark(char32_t code_point) {
    // A combining mark with nothing printed before it joins what stands left of the cursor.
    const int x = cursor_.pending_wrap ? cursor_.x : cursor_.x - 1;
    Row& row = grid_->row(cursor_.y);
    if (x < 0 || x >= row.used) return;
    const int head = row.cells[static_cast<std::size_t>(x)].is_tail() && x > 0 ? x - 1 : x;
    Cell& cell = row.cells[static_cast<std::size_t>(head)];
    if (cell.is_blank() || cell.is_tail()) return;
    cell = extended(cell, code_point, cell.shape());
    damage_.mark(cursor_.y, head, head + 1);
}

void Screen::repeat_last(int times) {
    if (last_code_point_ == 0) return;
    times = std::min(times, columns() * rows());
    if (last_cluster_ != Cell{}) {
        const Cell cell = Cell::packed(last_cluster_.content(), style_id());
        for (int i = 0; i < times; ++i) put(cell, cell.is_wide() ? 2 : 1);
        return;
    }
    if (last_code_point_ < 0x7F) {
        const std::string text(static_cast<std::size_t>(times), static_cast<char>(last_code_point_));
        if (!text.empty()) print_ascii(text);
        return;
    }
    for (int i = 0; i < times; ++i) {
        grapheme_.reset();
        print(last_code_point_);
    }
}

} // namespace lunette::terminal
