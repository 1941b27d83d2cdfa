#pragma once

#include "model/width.h"
#include "terminal/charset.h"
#include "terminal/cluster_table.h"
#include "terminal/damage.h"
#include "terminal/grid.h"
#include "terminal/hyperlink_table.h"
#include "terminal/modes.h"
#include "terminal/rectangle.h"
#include "terminal/scrollback.h"
#include "terminal/style_table.h"
#include "terminal/tab_stops.h"

#include <string_view>

namespace lunette::terminal {

struct Cursor {
    int x = 0;
    int y = 0;
    // The last column was just written; the next character wraps first.
    bool pending_wrap = false;
};

// What DECSC saves.
struct SavedCursor {
    Cursor cursor;
    Style pen;
    Charsets charsets;
    bool origin = false;
};

enum class EraseSpan : std::uint8_t { to_end, to_start, all };

// What erasing leaves alone: protected cells, when the erasing function is the kind that cares.
enum class Erasing : std::uint8_t { normal, selective };
// Who protects cells: DECSCA against selective erasing, ISO 6429's guarded areas against the normal one.
enum class Protection : std::uint8_t { none, dec, iso };

// Both screens, the scrollback and the cursor, with the operations that sequences ask for.
// Coordinates count from 0 and are clamped. Knows nothing of sequences. Not thread-safe.
class Screen {
public:
    Screen(int columns, int rows, std::size_t scrollback_lines);

    int columns() const noexcept { return grid_->columns(); }
    int rows() const noexcept { return grid_->rows(); }
    const Grid& grid() const noexcept { return *grid_; }
    const Scrollback& scrollback() const noexcept { return scrollback_; }
    Scrollback& scrollback() noexcept { return scrollback_; }
    const Cursor& cursor() const noexcept { return cursor_; }
    const StyleTable& styles() const noexcept { return styles_; }
    const ClusterTable& clusters() const noexcept { return clusters_; }
    const HyperlinkTable& links() const noexcept { return links_; }
    HyperlinkTable& links() noexcept { return links_; }
    Damage& damage() noexcept { return damage_; }
    Modes& modes() noexcept { return modes_; }
    const Modes& modes() const noexcept { return modes_; }
    Charsets& charsets() noexcept { return charsets_; }
    bool alternate() const noexcept { return grid_ == &alternate_; }
    std::uint64_t scrolled_rows() const { return scrollback_.dropped() + scrollback_.size(); }
    // Rows rewrapped, packed or unpacked so far, for tests that bound what an operation costs.
    std::uint64_t rows_touched() const noexcept { return rewrapped_ + scrollback_.touched(); }

    // The style of what is printed next. Whoever changes it calls pen_changed().
    Style& pen() noexcept { return pen_; }
    const Style& pen() const noexcept { return pen_; }
    void pen_changed() noexcept { pen_known_ = false; }

    // Printing (screen_print.cpp).
    void print_ascii(std::string_view text);
    void print(char32_t code_point);
    void repeat_last(int times);
    // The next character does not join the one before it.
    void end_cluster() noexcept;

    // Cursor.
    void move_to(int x, int y) noexcept;
    // As CUP counts: relative to the margins and kept inside them in origin mode.
    void move_to_addressed(int x, int y) noexcept;
    // Stop at the margins when they start inside.
    void move_vertically(int rows) noexcept;
    void move_horizontally(int columns) noexcept;
    // CUB and BS, which may go on at the end of the line above (modes 45 and 1045).
    void move_back(int columns) noexcept;
    void carriage_return() noexcept;
    void line_feed();
    void reverse_line_feed();
    void tab(int times);
    void back_tab(int times) noexcept;
    void set_tab_stop(bool stop) { tabs_.set(cursor_.x, stop); }
    void clear_tab_stops() { tabs_.clear_all(); }
    void reset_tab_stops() { tabs_.reset(); }
    void save_cursor();
    void restore_cursor();

    // Erasing.
    void set_protection(Protection kind, bool on) noexcept;
    void erase_line(EraseSpan span, Erasing erasing = Erasing::normal);
    void erase_display(EraseSpan span, Erasing erasing = Erasing::normal);
    void erase_characters(int n);
    void align();

    // Moving text inside the margins (screen_margins.cpp).
    void insert_characters(int n);
    void delete_characters(int n);
    void insert_lines(int n);
    void delete_lines(int n);
    void insert_columns(int n);
    void delete_columns(int n);
    void scroll_up(int n);
    void scroll_down(int n);
    void scroll_left(int n);
    void scroll_right(int n);
    void forward_index();
    void back_index();
    // Inclusive. Less than two rows or columns are refused; else the cursor goes home.
    void set_vertical_margins(int top, int bottom) noexcept;
    void set_horizontal_margins(int left, int right) noexcept;
    void reset_horizontal_margins() noexcept;
    const Rectangle& margins() const noexcept { return margins_; }

    // Rectangles, inside the screen and not empty (screen_rectangle.cpp).
    Rectangle whole() const noexcept { return {0, 0, columns() - 1, rows() - 1}; }
    void fill_rectangle(const Rectangle& area, char32_t code_point);
    void erase_rectangle(const Rectangle& area, Erasing erasing);
    // Reads a wide character that the edge cuts as blanks.
    void copy_rectangle(const Rectangle& from, int x, int y);
    // Gives each cell the style that `change` makes of its own.
    template<typename Change>
    void restyle(const Rectangle& area, Change change);
    // OSC 133, as WezTerm takes it: L fresh line, A and N fresh line and prompt, P prompt, B input,
    // I input until the end of the line, C output.
    void mark_prompt(char kind);

    void use_alternate(bool on);
    void soft_reset();
    void reset();
    void resize(int columns, int rows);
    // Frees styles, clusters and links that no cell uses, when there are many.
    void sweep_if_needed();
    std::size_t memory_bytes() const noexcept;

private:
    StyleId style_id();
    Cell blank() { return Cell::blank(pen_.background.is_default() ? 0 : background_style()); }
    StyleId background_style();
    // One past the last column that text starting at the cursor may use.
    int line_end() const noexcept { return cursor_.x > margins_.right ? columns() : margins_.right + 1; }
    bool inside_margins() const noexcept { return margins_.contains(cursor_.x, cursor_.y); }
    bool full_width() const noexcept { return margins_.left == 0 && margins_.right == columns() - 1; }
    void mark(const Rectangle& area) noexcept;
    // Moves the content of `area` and blanks what it leaves.
    void shift(const Rectangle& area, int right, int down);
    void erase_cells(int y, int from, int to, Erasing erasing);
    bool spares(Erasing erasing) const noexcept {
        return protection_ == (erasing == Erasing::selective ? Protection::dec : Protection::iso);
    }
    void wrap();
    void put(Cell cell, int width);
    void extend_cluster(char32_t code_point, int width);
    void attach_mark(char32_t code_point);
    Cell extended(Cell cell, char32_t code_point, Cell::Shape shape);
    void scroll_region_up(int top, int n);
    void forget_last() noexcept;
    void resize_main(int columns, int rows);
    void set_semantic(Semantic semantic) noexcept;

    Grid main_;
    Grid alternate_;
    Grid* grid_ = &main_;
    Scrollback scrollback_;
    StyleTable styles_;
    ClusterTable clusters_;
    HyperlinkTable links_;
    Damage damage_;
    TabStops tabs_;
    Modes modes_;

    Cursor cursor_;
    Style pen_;
    Semantic semantic_ = Semantic::output; // of what is printed next
    bool input_until_newline_ = false;
    StyleId pen_id_ = 0;
    bool pen_known_ = true;
    Charsets charsets_;
    Rectangle margins_;
    Protection protection_ = Protection::none;
    SavedCursor saved_main_;
    SavedCursor saved_alternate_;
    std::uint64_t rewrapped_ = 0;

    model::GraphemeCursor grapheme_;
    int last_x_ = -1; // cell of the cluster printed last, -1 when nothing may join it
    int last_y_ = 0;
    char32_t last_code_point_ = 0; // for REP
    Cell last_cluster_;            // the same, when more than one code point was joined
};

template<typename Change>
void Screen::restyle(const Rectangle& area, Change change) {
    StyleId last = 0;
    StyleId changed = 0;
    bool known = false;
    for (int y = area.top; y <= area.bottom; ++y) {
        Cell* const cells = grid_->write(y, area.left, area.right + 1);
        for (int x = 0; x <= area.right - area.left; ++x) {
            if (!known || cells[x].style() != last) {
                last = cells[x].style();
                Style style = styles_[last];
                change(style);
                changed = styles_.intern(style);
                known = true;
            }
            cells[x] = Cell::packed(cells[x].content(), changed);
        }
    }
    mark(area);
}

} // namespace lunette::terminal
