#pragma once

#include "model/key.h"
#include "terminal/cell.h"
#include "terminal/damage.h"
#include "terminal/events.h"
#include "terminal/modes.h"
#include "terminal/mouse_out.h"
#include "terminal/palette.h"
#include "terminal/preferences.h"
#include "terminal/style.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::terminal {

class Interpreter;

struct CursorView {
    int x = 0;
    int y = 0;
    bool visible = true;
    bool blinking = true; // meaningless for CursorShape::default_
    CursorShape shape = CursorShape::default_;
};

// Of one cell; 0 while unknown.
struct CellPixels {
    int width = 0;
    int height = 0;
    friend bool operator==(const CellPixels&, const CellPixels&) = default;
};

enum class LineJoin : std::uint8_t { physical, logical };

// One emulated terminal: takes a program's bytes, keeps both screens and the scrollback, queues
// events and replies. Whatever the bytes are, memory stays bounded. Does no I/O.
// UI thread only; movable. Ids in cells are valid until the next feed() or resize().
class Terminal {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Options {
        int columns = 80;
        int rows = 24;
        std::size_t scrollback_lines = 3500;
        std::string version = "Lunette";     // answered to XTVERSION
        std::string name = "xterm-256color"; // what TERM says, answered to XTGETTCAP
        std::string answerback;              // sent for ENQ
        bool kitty_keyboard = true;          // programs may ask for the kitty keyboard protocol
        // Ends synchronized updates; steady_clock::now when empty.
        std::function<TimePoint()> now;
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
    // Pixels answered to size reports; resize() afterwards tells a program that follows the size.
    void set_cell_size(CellPixels size) noexcept;
    void set_palette(const Palette& palette);
    void set_preferences(const Preferences& preferences) noexcept;
    // Whether releases of keys reach encode_key(): what the kitty protocol's query may promise.
    void set_key_releases(bool told) noexcept;
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
    std::string encode_mouse(const MouseInput& input) const;

    // Reading. Rows count from the top of the screen; -1 is the newest row of the scrollback.
    int columns() const noexcept;
    int rows() const noexcept;
    std::size_t scrollback_size() const;
    // Rows above the screen, gone ones included: `scrolled_rows() + y` names a row for as long as it
    // exists and the width stays the same. Another width counts those of the scrollback anew.
    std::uint64_t scrolled_rows() const;
    // A place in the scrollback that stays what it is when the width changes.
    struct Place {
        std::uint64_t row = 0;
        std::size_t cell = 0;
    };
    // REQUIRES: -scrollback_size() <= y < 0.
    Place place(std::int64_t y) const;
    // The row that shows it; the oldest when it is gone, 0 when it went back to the screen.
    std::int64_t row_at(Place place) const;
    // Rows rewrapped, packed or unpacked so far: what resizing and reading cost.
    std::uint64_t rows_touched() const noexcept;
    bool alternate_screen() const noexcept;
    CursorView cursor() const noexcept;
    const Modes& modes() const noexcept;
    // Cells of a row; those beyond the span's end are blank. Rows of the screen are returned in
    // place; rows of the scrollback are unpacked into `buffer`.
    std::span<const Cell> row(std::int64_t y, std::vector<Cell>& buffer) const;
    // A cell of the screen; blank when outside.
    Cell cell(int x, int y) const noexcept;
    // True when the row goes on in the next one (it was wrapped, not ended).
    bool row_wrapped(std::int64_t y) const;
    // True where a prompt begins (OSC 133 A, N or P).
    bool prompt_begins(std::int64_t y) const;
    const Style& style(Cell cell) const noexcept;
    // UTF-8 of a cell, empty for blanks and tails; `buffer` needs to live as long as the result.
    struct TextBuffer {
        char bytes[4];
    };
    std::string_view text(Cell cell, TextBuffer& buffer) const noexcept;
    // The link of OSC 8 under a cell, in the scrollback too; 0 where there is none.
    LinkId link_at(int x, std::int64_t y) const;
    // URI of Style::link; empty for 0 and unknown ids.
    std::string_view link_uri(LinkId link) const noexcept;
    std::string_view link_parameter(LinkId link) const noexcept; // the `id=` of OSC 8

    // Text of one row, blanks as spaces, without trailing blanks.
    std::string row_text(std::int64_t y) const;
    // The last `lines` lines up to the last one that is not blank, each ended by "\n" but the last;
    // `logical` joins wrapped rows and counts them as one.
    std::string last_lines(std::size_t lines, LineJoin join = LineJoin::physical) const;

    // What changed since the last call: in order, of each row one span of columns that cuts no wide
    // character. The cursor is not part of it. None while a synchronized update is held.
    std::vector<DamagedRow> take_damage();
    // While a program draws inside a synchronized update (mode 2026): when to show it at the latest.
    std::optional<TimePoint> held_until();
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
