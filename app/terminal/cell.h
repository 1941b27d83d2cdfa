#pragma once

#include "terminal/style.h"

#include <cstdint>

namespace lunette::terminal {

// One cell of a grid in 8 bytes: a code point or the id of an interned grapheme cluster, its
// width, and the id of its style. All zero bits are a blank cell of default style.
class Cell {
public:
    enum class Shape : std::uint8_t { narrow, wide, wide_tail };

    constexpr Cell() noexcept = default;
    static constexpr Cell blank(StyleId style) noexcept { return Cell{0, style}; }
    static constexpr Cell character(char32_t code_point, Shape shape, StyleId style) noexcept {
        return Cell{static_cast<std::uint32_t>(code_point) | shape_bits(shape), style};
    }
    static constexpr Cell cluster(std::uint32_t id, Shape shape, StyleId style) noexcept {
        return Cell{id | cluster_flag | shape_bits(shape), style};
    }

    // From content() and style() of another cell.
    static constexpr Cell packed(std::uint32_t content, StyleId style) noexcept {
        return Cell{content, style};
    }

    // Erased or never written. A written space is not blank.
    constexpr bool is_blank() const noexcept { return content_ == 0; }
    constexpr bool is_cluster() const noexcept { return (content_ & cluster_flag) != 0; }
    // REQUIRES: !is_cluster(). 0 for a blank cell and for the tail of a wide one.
    constexpr char32_t code_point() const noexcept { return content_ & value_mask; }
    // REQUIRES: is_cluster().
    constexpr std::uint32_t cluster_id() const noexcept { return content_ & value_mask; }
    constexpr Shape shape() const noexcept { return static_cast<Shape>(content_ >> shape_shift); }
    constexpr bool is_wide() const noexcept { return shape() == Shape::wide; }
    // The second cell of a wide character; it has no text of its own.
    constexpr bool is_tail() const noexcept { return shape() == Shape::wide_tail; }
    constexpr StyleId style() const noexcept { return style_; }
    constexpr std::uint32_t content() const noexcept { return content_; }
    friend constexpr bool operator==(const Cell&, const Cell&) = default;

    static constexpr std::uint32_t value_mask = 0x1FFFFF;
    static constexpr std::uint32_t cluster_flag = 0x200000;
    static constexpr unsigned shape_shift = 30;

private:
    constexpr Cell(std::uint32_t content, StyleId style) noexcept : content_(content), style_(style) {}
    static constexpr std::uint32_t shape_bits(Shape shape) noexcept {
        return static_cast<std::uint32_t>(shape) << shape_shift;
    }

    std::uint32_t content_ = 0;
    StyleId style_ = 0;
};
static_assert(sizeof(Cell) == 8);

} // namespace lunette::terminal
