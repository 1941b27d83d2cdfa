#pragma once

#include "model/key.h"
#include "terminal/cell.h"
#include "terminal/damage.h"
#include "terminal/events.h"
#include "terminal/modes.h"
#include "terminal/palette.h"
#include "terminal/style.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::terminal {

class Interpreter;

enum class CursorShape : std::uint8_t { default_, block, underline, bar };

struct CursorView {
    int x = 0;
    int y = 0;
    bool visible = true;
    bool blinking = true; // meaningless for CursorShape::default_
    CursorShape shape = CursorShape::default_;
};

enum class LineJoin : std::uint8_t { physical, logical };

// One emulated terminal: takes a program's bytes, keeps both screens and the scrollback, queues
// events and replies. Whatever the bytes are, memory stays bounded. Does no I/O.
// UI thread only; movable. Ids in cells are valid until the next feed() or resize().
class Terminal {
public:
    struct Options {
        int columns = 80;
        int rows = 24;
        std::size_t scrollback_lines = 3500;
        std::string version = "Lunette"; // answered to XTVERSION
    };
    static constexpr int max_columns = 4096;
    static constexpr int max_rows = 4096;

    Terminal();
    explicit Terminal(const Options& options);
    Terminal(Terminal&&) noexcept;
    Terminal& operator=(Terminal&&) noexcept;
    ~Terminal();

    // Input. Bytes may be split anywhere.
    void feed(std::span<const char> bytes);
    // Clamped to 1..max. Text is rewrapped on the main screen, none is lost.
    void resize(int columns, int rows);
    void set_palette(const Palette& palette);
    void set_scrollback_lines(std::size_t lines);
    void clear_scrollback();
    void reset();

    // Output.
    std::vector<Event> take_events();
    // Bytes to write to the pty, in order; at most 64 KiB wait, more is dropped.
    std::string take_replies();

    // Encoding of input for the program, under its current modes. Empty when nothing is to be sent.
    std::string encode_key(const model::KeyEvent& event) const;
    std::string encode_paste(std::string_view text) const;
    std::string encode_focus(bool focused) const;

    // Reading. Rows count from the top of the screen; -1 is the newest row of the scrollback.
    int columns() const noexcept;
    int rows() const noexcept;
    std::size_t scrollback_size() const noexcept;
    // Rows that ever left the top: `scrolled_rows() + y` names a row for as long as it exists
    // and the width stays the same.
    std::uint64_t scrolled_rows() const noexcept;
    bool alternate_screen() const noexcept;
    CursorView cursor() const noexcept;
    const Modes& modes() const noexcept;
    // Cells of a row; those beyond the span's end are blank. Rows of the screen are returned in
    // place; rows of the scrollback are unpacked into `buffer`.
    std::span<const Cell> row(std::int64_t y, std::vector<Cell>& buffer) const;
    // A cell of the screen; blank when outside.
    Cell cell(int x, int y) const noexcept;
    // True when the row goes on in the next one (it was wrapped, not ended).
    bool row_wrapped(std::int64_t y) const noexcept;
    const Style& style(Cell cell) const noexcept;
    // UTF-8 of a cell, empty for blanks and tails; `buffer` needs to live as long as the result.
    struct TextBuffer {
        char bytes[4];
    };
    std::string_view text(Cell cell, TextBuffer& buffer) const noexcept;
    // URI of Style::link; empty for 0 and unknown ids.
    std::string_view link_uri(LinkId link) const noexcept;
    std::string_view link_parameter(LinkId link) const noexcept; // the `id=` of OSC 8

    // Text of one row, blanks as spaces, without trailing blanks.
    std::string row_text(std::int64_t y) const;
    // The last `lines` lines up to the last one that is not blank, each ended by "\n" but the last;
    // `logical` joins wrapped rows and counts them as one.
    std::string last_lines(std::size_t lines, LineJoin join = LineJoin::physical) const;

    // Rows changed since the last call, in order, disjoint. The cursor is not part of it.
    std::vector<RowRange> take_damage();
    // Grows with every feed() or resize() that changed cells, cursor or title.
    std::uint64_t content_sequence() const noexcept;

    const std::string& title() const noexcept;
    const std::string& icon_title() const noexcept;
    // The URL of OSC 7 (file://host/path, percent-encoded as sent); empty when never told.
    const std::string& cwd() const noexcept;
    Progress progress() const noexcept;
    const Palette& palette() const noexcept;
    // Colours as shown: indexes and defaults resolved with the palette, nothing else applied.
    Rgb foreground(const Style& style) const noexcept;
    Rgb background(const Style& style) const noexcept;

    // Bytes of heap held by cells, scrollback and tables (estimated from capacities).
    std::size_t memory_bytes() const noexcept;

private:
    void append_row_text(std::string& out, std::int64_t y, bool trim) const;

    std::unique_ptr<Interpreter> impl_;
};

} // namespace lunette::terminal
