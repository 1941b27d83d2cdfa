#pragma once

#include "tty/capabilities.h"
#include "tty/events.h"
#include "tty/mover.h"
#include "tty/scroll_finder.h"
#include "ui/frame.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::tty {

// Turns frames into bytes: what leads from the picture that the terminal shows to the next one, as short as
// it can. Remembers what it has shown. Does no I/O. UI thread only.
class Encoder {
public:
    // The terminal is blank, its cursor at home, nothing set.
    void restart();
    // What the terminal shows is not known.
    void invalidate() noexcept;
    // Invalidates when they change how things are shown.
    void set_capabilities(const Capabilities& capabilities);

    // Appends what shows a frame, as much of it as fits into columns x rows.
    void present(std::string& out, const ui::Frame& frame, int columns, int rows);
    // Appends what changes, if anything.
    void set_title(std::string& out, std::string_view title);
    void set_cursor_color(std::string& out, const std::optional<Rgb>& color);

private:
    static constexpr std::uint32_t unknown_text = 0xFFFFFFFF; // of a cell of which nothing is known
    static ui::FrameCell unknown_cell() noexcept;

    // Text, style and hyperlink of what is written next. Links are those of the frame shown.
    struct Pen {
        ui::FrameStyle look;
        bool known = false;
    };

    void begin_picture(std::string& out, const ui::Frame& frame, int columns, int rows);
    std::vector<int> changed_rows(const ui::Frame& frame);
    void forget_rows() noexcept;
    // Shifts rows where that saves bytes; true when it did.
    bool scroll(std::string& out, const ui::Frame& frame, const std::vector<int>& changed);
    struct Columns {
        int first = 0;
        int end = 0;
    };
    bool scroll_columns(std::string& out, const ui::Frame& frame, const std::vector<int>& changed);
    Columns changed_columns(const ui::Frame& frame, const std::vector<int>& changed);
    int saved_by(const ui::Frame& frame, const RowShift& shift, Columns columns);
    void shift_cells(const RowShift& shift, Columns columns);
    void append_shift(std::string& out, const RowShift& shift);
    void write_row(std::string& out, const ui::Frame& frame, int y);
    // Cells [x, end); returns where it stopped, as a wide character may stand across the end.
    int write_cells(std::string& out, const ui::Frame& frame, int y, int x, int end);
    // Goes to a place, by writing again what stands between where that is shorter.
    void go_to(std::string& out, const ui::Frame& frame, int x, int y);
    // First of the blanks at the row's end that erasing gives.
    int blank_from(const ui::Frame& frame, int y);
    void set_pen(std::string& out, const ui::Frame& frame, const ui::FrameStyle& look);
    void set_link(std::string& out, const ui::Frame& frame, std::uint32_t link);
    void show_cursor(std::string& out, const ui::Frame& frame);
    const ui::FrameStyle& look(const ui::Frame& frame, ui::FrameCell cell);
    std::span<ui::FrameCell> shown(int y) noexcept;
    std::span<const ui::FrameCell> wanted(const ui::Frame& frame, int y) const noexcept;

    Capabilities can_;
    Mover mover_;
    Pen pen_;
    int columns_ = 0;
    int rows_ = 0;
    bool blank_ = false;           // nothing has been shown since restart()
    std::uint64_t generation_ = 0; // of the frame shown
    std::vector<ui::FrameCell> cells_;
    std::vector<std::uint64_t> versions_; // of the frame's rows that are shown as they are; else 0
    std::vector<std::uint64_t> hashes_;   // of the rows shown; 0: not known
    std::vector<std::uint64_t> next_hashes_;
    std::vector<std::optional<ui::FrameStyle>> looks_; // by the frame's style ids
    std::optional<bool> cursor_visible_;
    std::optional<int> cursor_style_;
    std::optional<std::string> title_;
    std::optional<Rgb> cursor_color_;
};

} // namespace lunette::tty
