#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// The one table of cell widths and grapheme clusters of the program: the grid, column_width,
// truncation and the outer terminals all ask here. Any thread; pure functions; no locale.
namespace lunette::model {

// Cells of a code point on its own: 0 (controls, combining marks, format characters), 1 or 2.
int code_point_width(char32_t code_point) noexcept;

// Cells of a whole text, cluster by cluster. Control characters count 0; invalid UTF-8 counts as
// U+FFFD (1 cell each).
int text_width(std::string_view text) noexcept;

struct Grapheme {
    std::string_view text;
    int width = 0;
};

// The first extended grapheme cluster (UAX 29) of a text, empty at its end.
Grapheme next_grapheme(std::string_view text) noexcept;

// Iterates over clusters: `for (Grapheme g : Graphemes{text})`.
class Graphemes {
public:
    class Iterator {
    public:
        explicit Iterator(std::string_view rest) noexcept : rest_(rest), current_(next_grapheme(rest)) {}
        const Grapheme& operator*() const noexcept { return current_; }
        const Grapheme* operator->() const noexcept { return &current_; }
        Iterator& operator++() noexcept {
            rest_.remove_prefix(current_.text.size());
            current_ = next_grapheme(rest_);
            return *this;
        }
        bool operator!=(const Iterator& other) const noexcept { return rest_.size() != other.rest_.size(); }

    private:
        std::string_view rest_;
        Grapheme current_;
    };

    explicit Graphemes(std::string_view text) noexcept : text_(text) {}
    Iterator begin() const noexcept { return Iterator{text_}; }
    Iterator end() const noexcept { return Iterator{text_.substr(text_.size())}; }

private:
    std::string_view text_;
};

// The same, for code points that arrive one at a time. Knows the width of the cluster so far.
class GraphemeCursor {
public:
    // True when `code_point` begins a new cluster; false when it extends the current one.
    bool advance(char32_t code_point) noexcept;
    // Cells of the cluster so far: 0, 1 or 2.
    int width() const noexcept { return width_; }
    void reset() noexcept { *this = GraphemeCursor{}; }
    // As after advance() with a printable ASCII character that begins a cluster.
    void restart(char character) noexcept;
    // True when an ASCII character would begin a new cluster whatever it is.
    bool at_plain_boundary() const noexcept { return plain_; }

private:
    char32_t previous_ = 0;
    char32_t first_ = 0;
    std::int32_t state_ = 0;
    std::uint8_t previous_class_ = 0;
    std::int8_t width_ = 0;
    bool plain_ = true;
};

// The longest left part of at most `cells` cells.
std::string_view truncate_right(std::string_view text, int cells) noexcept;
// The longest right part of at most `cells` cells.
std::string_view truncate_left(std::string_view text, int cells) noexcept;

// Spaces before (pad_left) or after (pad_right) the text until it is `cells` wide; never truncates.
std::string pad_left(std::string_view text, int cells);
std::string pad_right(std::string_view text, int cells);

} // namespace lunette::model
