#pragma once

#include "ui/overlay.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace lunette::ui {

// A line of text that is being typed, with readline's usual keys. The cursor stands between grapheme
// clusters. UI thread only.
class LineEditor {
public:
    static constexpr std::size_t most_bytes = 64U << 10;

    LineEditor() = default;
    explicit LineEditor(std::string_view text) { insert(text); }

    // False: not a key for editing.
    bool key(const model::KeyEvent& key);
    // Control characters are left out, and what goes beyond most_bytes; a line feed or tab becomes a space.
    void insert(std::string_view text);
    void clear() { text_.clear(), cursor_ = 0; }

    const std::string& text() const noexcept { return text_; }
    std::size_t cursor() const noexcept { return cursor_; } // bytes

    // Draws the part around the cursor; returns the cursor's column in the frame. REQUIRES: width > 0.
    int draw(Frame& frame, int x, int y, int width, const FrameStyle& style);

private:
    bool named(model::Key key, model::Modifiers modifiers);
    bool with_ctrl(char32_t letter);
    bool with_alt(char32_t letter);
    std::size_t before(std::size_t at) const;
    std::size_t after(std::size_t at) const;
    std::size_t word_before(std::size_t at) const;
    std::size_t word_after(std::size_t at) const;
    // Takes text out; with `keep`, CTRL+y brings it back.
    void cut(std::size_t from, std::size_t to, bool keep);

    std::string text_;
    std::string killed_;
    std::size_t cursor_ = 0;
    std::size_t first_ = 0; // byte drawn first
};

} // namespace lunette::ui
