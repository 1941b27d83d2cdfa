#pragma once

#include "model/width.h"
#include "terminal/charset.h"
#include "terminal/cluster_table.h"
#include "terminal/damage.h"
#include "terminal/grid.h"
#include "terminal/hyperlink_table.h"
#include "terminal/modes.h"
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
    std::uint64_t scrolled_rows() const noexcept { return scrolled_rows_; }

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
    // As CUP counts: relative to the region and kept inside it in origin mode.
    void move_to_addressed(int x, int y) noexcept;
    // Stops at the region's edge when it starts inside.
    void move_vertically(int rows) noexcept;
    void move_horizontally(int columns) noexcept;
    void carriage_return() noexcept;
    void line_feed();
    void reverse_line_feed();
    void backspace() noexcept;
    void tab(int times) noexcept;
    void back_tab(int times) noexcept;
    void set_tab_stop(bool stop) { tabs_.set(cursor_.x, stop); }
    void clear_tab_stops() { tabs_.clear_all(); }
    void save_cursor();
    void restore_cursor();

    // Erasing and moving.
    void erase_line(EraseSpan span);
    void erase_display(EraseSpan span);
    void erase_characters(int n);
    void insert_characters(int n);
    void delete_characters(int n);
    void insert_lines(int n);
    void delete_lines(int n);
    void scroll_up(int n);
    void scroll_down(int n);
    void fill_with(char32_t code_point);
    // Inclusive; an empty or one-line region is refused.
    void set_region(int top, int bottom) noexcept;
    int region_top() const noexcept { return top_; }
    int region_bottom() const noexcept { return bottom_; }
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
    void wrap();
    void put(Cell cell, int width);
    void extend_cluster(char32_t code_point, int width);
    void attach_mark(char32_t code_point);
    Cell extended(Cell cell, char32_t code_point, Cell::Shape shape);
    void scroll_region_up(int top, int n);
    void forget_last() noexcept;
    void resize_main(int columns, int rows);

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
    StyleId pen_id_ = 0;
    bool pen_known_ = true;
    Charsets charsets_;
    int top_ = 0;
    int bottom_ = 0;
    SavedCursor saved_main_;
    SavedCursor saved_alternate_;
    std::uint64_t scrolled_rows_ = 0;

    model::GraphemeCursor grapheme_;
    int last_x_ = -1; // cell of the cluster printed last, -1 when nothing may join it
    int last_y_ = 0;
    char32_t last_code_point_ = 0; // for REP
};

} // namespace lunette::terminal
