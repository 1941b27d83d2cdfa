#pragma once

#include "model/styled_text.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lunette::ui {

// How a cell of a frame looks. Inherited colours are the outer terminal's defaults.
struct FrameStyle {
    enum Attribute : std::uint16_t {
        bold = 1,
        faint = 2,
        italic = 4,
        blink = 8,
        rapid_blink = 16,
        inverse = 32,
        conceal = 64,
        strike = 128,
        overline = 256,
    };

    model::TextColor foreground;
    model::TextColor background;
    model::TextColor underline_color;
    std::uint16_t attributes = 0;
    model::TextUnderline underline = model::TextUnderline::none;
    std::uint32_t link = 0; // id in the frame's table; 0: none

    static FrameStyle from(const model::TextStyle& style) noexcept;
    friend bool operator==(const FrameStyle&, const FrameStyle&) = default;
};

// A cell: a code point or a cluster of the frame's table, its shape, and a style of the frame's table.
struct FrameCell {
    enum class Shape : std::uint8_t { narrow, wide, wide_tail };
    static constexpr std::uint32_t cluster_flag = 0x200000;

    std::uint32_t text = ' '; // code point, or cluster id with cluster_flag; 0 for a tail
    std::uint32_t style : 30 = 0;
    std::uint32_t shape_bits : 2 = 0;

    Shape shape() const noexcept { return static_cast<Shape>(shape_bits); }
    friend bool operator==(const FrameCell&, const FrameCell&) = default;
};
static_assert(sizeof(FrameCell) == 8);

struct FrameCursor {
    enum class Shape : std::uint8_t { standard, block, underline, bar };
    int x = 0;
    int y = 0;
    bool visible = false;
    bool blinking = true;
    Shape shape = Shape::standard;
    model::TextColor color; // direct, or the outer terminal's own
    friend bool operator==(const FrameCursor&, const FrameCursor&) = default;
};

struct Link {
    std::string uri;
    std::string id; // as the program gave it; may be empty
    friend bool operator==(const Link&, const Link&) = default;
};

// A picture of a terminal window: cells, with the tables that their ids stand in, and the cursor. Keeps which
// rows were written with something new. UI thread only; movable.
class Frame {
public:
    Frame(int columns, int rows);
    Frame(const Frame&) = delete; // two of one generation could give an id two meanings
    Frame& operator=(const Frame&) = delete;
    Frame(Frame&&) = default;
    Frame& operator=(Frame&&) = default;

    int columns() const noexcept { return columns_; }
    int rows() const noexcept { return rows_; }
    // Blanks everything when the size is another.
    void resize(int columns, int rows);
    // Blanks everything and empties the tables; ids from before are void.
    void clear();
    // True when the tables are so full that the next composing should begin with clear().
    bool is_worn() const noexcept;

    std::span<const FrameCell> row(int y) const noexcept;
    // Replaces cells of a row; marks it when they differ. REQUIRES: inside the frame. A wide character that
    // is cut at either end becomes blank.
    void put(int x, int y, std::span<const FrameCell> cells);
    // Draws text from a column on, at most `width` cells. Returns how many it took.
    int put_text(int x, int y, std::string_view text, const FrameStyle& style, int width);
    // The cells that put_text() draws.
    std::vector<FrameCell> cells_of(std::string_view text, const FrameStyle& style, int width);

    std::uint32_t style(const FrameStyle& style);
    const FrameStyle& style_at(std::uint32_t id) const noexcept { return styles_[id]; }
    // For text of more than one code point.
    std::uint32_t cluster(std::string_view text);
    std::uint32_t link(std::string_view uri, std::string_view id);
    const Link& link_at(std::uint32_t id) const noexcept { return links_[id]; }

    struct TextBuffer {
        char bytes[4];
    };
    // UTF-8 of a cell; empty for a tail. Valid as long as the frame and the buffer.
    std::string_view text(FrameCell cell, TextBuffer& buffer) const noexcept;

    const FrameCursor& cursor() const noexcept { return cursor_; }
    void set_cursor(const FrameCursor& cursor) noexcept { cursor_ = cursor; }

    // Rows that changed since the last call, in order.
    std::vector<int> take_changed_rows();
    // Another one whenever the row has changed; never 0.
    std::uint64_t row_version(int y) const noexcept { return versions_[static_cast<std::size_t>(y)]; }
    // Goes up by every clear() and is never that of another frame: who keeps ids or cells of an older one
    // must begin anew. Within one, tables only grow.
    std::uint64_t generation() const noexcept { return generation_; }

private:
    struct StyleHash {
        std::size_t operator()(const FrameStyle& style) const noexcept;
    };

    int columns_;
    int rows_;
    std::vector<FrameCell> cells_;
    std::vector<std::uint64_t> versions_; // of the rows
    std::uint64_t version_ = 0;           // the newest
    std::uint64_t taken_version_ = 0;     // at the last take_changed_rows()
    FrameCursor cursor_;
    std::vector<FrameStyle> styles_;
    std::unordered_map<FrameStyle, std::uint32_t, StyleHash> style_ids_;
    std::vector<std::string> clusters_;
    std::unordered_map<std::string, std::uint32_t> cluster_ids_;
    std::vector<Link> links_;
    std::unordered_map<std::string, std::uint32_t> link_ids_;
    std::uint64_t generation_ = 0;
};

// Text of one row, blanks at its end cut.
std::string frame_text(const Frame& frame, int row);
// All rows, each ended by a newline.
std::string frame_text(const Frame& frame);

} // namespace lunette::ui
