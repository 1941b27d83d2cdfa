#pragma once

#include <cstddef>
#include <string_view>

namespace lunette::wezterm {

// Search in a constant text of lines "key<TAB>rest", sorted by bytes, without building anything.
// A text may begin with an empty line (generated raw string literals do).
class SortedLines {
public:
    explicit constexpr SortedLines(std::string_view text) noexcept : text_{text} {
        if (!text_.empty() && text_.front() == '\n') text_.remove_prefix(1);
    }

    // The lines from the first whose key is not less than `key` to the end of the text.
    constexpr std::string_view from(std::string_view key) const noexcept {
        std::size_t low = 0; // the start of a line; every line before it has a smaller key
        std::size_t high = text_.size();
        while (low < high) {
            std::size_t middle = low + (high - low) / 2;
            while (middle > low && text_[middle - 1] != '\n') --middle;
            const std::string_view line = first_line(text_.substr(middle));
            if (first_field(line) < key)
                low = middle + line.size() + 1;
            else
                high = middle;
        }
        return text_.substr(low < text_.size() ? low : text_.size());
    }

    // What follows the key and its tab; a null view when there is no such key.
    constexpr std::string_view find(std::string_view key) const noexcept {
        const std::string_view line = first_line(from(key));
        if (line.size() <= key.size() || first_field(line) != key) return {};
        return line.substr(key.size() + 1);
    }

    constexpr std::string_view text() const noexcept { return text_; }

    static constexpr std::string_view first_line(std::string_view text) noexcept {
        return text.substr(0, text.find('\n'));
    }
    static constexpr std::string_view first_field(std::string_view line) noexcept {
        return line.substr(0, line.find('\t'));
    }
    // Cuts the first field off a line.
    static constexpr std::string_view take_field(std::string_view& line) noexcept {
        const std::string_view field = first_field(line);
        line.remove_prefix(field.size() < line.size() ? field.size() + 1 : line.size());
        return field;
    }
    // Cuts the first line off a text.
    static constexpr std::string_view take_line(std::string_view& text) noexcept {
        const std::string_view line = first_line(text);
        text.remove_prefix(line.size() < text.size() ? line.size() + 1 : text.size());
        return line;
    }

private:
    std::string_view text_;
};

} // namespace lunette::wezterm
