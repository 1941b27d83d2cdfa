#pragma once

#include <cstdint>

namespace lunette::terminal {

struct Rgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    friend constexpr bool operator==(const Rgb&, const Rgb&) = default;
};

// A colour as a program asked for it: the default, one of 256 indexed ones, or a direct one.
class Color {
public:
    enum class Kind : std::uint8_t { default_, indexed, direct };

    constexpr Color() noexcept = default;
    static constexpr Color indexed(std::uint8_t index) noexcept { return Color{1U << 24 | index}; }
    static constexpr Color direct(Rgb rgb) noexcept {
        return Color{2U << 24 | static_cast<std::uint32_t>(rgb.red) << 16 |
                     static_cast<std::uint32_t>(rgb.green) << 8 | rgb.blue};
    }

    constexpr Kind kind() const noexcept { return static_cast<Kind>(bits_ >> 24); }
    constexpr bool is_default() const noexcept { return bits_ == 0; }
    // REQUIRES: kind() == Kind::indexed.
    constexpr std::uint8_t index() const noexcept { return static_cast<std::uint8_t>(bits_); }
    // REQUIRES: kind() == Kind::direct.
    constexpr Rgb rgb() const noexcept {
        return {static_cast<std::uint8_t>(bits_ >> 16), static_cast<std::uint8_t>(bits_ >> 8),
                static_cast<std::uint8_t>(bits_)};
    }
    constexpr std::uint32_t bits() const noexcept { return bits_; }
    friend constexpr bool operator==(const Color&, const Color&) = default;

private:
    explicit constexpr Color(std::uint32_t bits) noexcept : bits_(bits) {}
    std::uint32_t bits_ = 0;
};

enum class Underline : std::uint8_t { none, single, double_, curly, dotted, dashed };

// Attributes other than colours and underline, as bits of Style::attributes.
namespace attribute {
inline constexpr std::uint16_t bold = 1;
inline constexpr std::uint16_t faint = 2;
inline constexpr std::uint16_t italic = 4;
inline constexpr std::uint16_t blink = 8;
inline constexpr std::uint16_t rapid_blink = 16;
inline constexpr std::uint16_t inverse = 32;
inline constexpr std::uint16_t conceal = 64;
inline constexpr std::uint16_t strike = 128;
inline constexpr std::uint16_t overline = 256;
inline constexpr std::uint16_t guarded = 512; // against erasing (DECSCA, SPA); nothing to see
inline constexpr std::uint16_t visible = 511;
} // namespace attribute

// What text is for, as OSC 133 tells.
enum class Semantic : std::uint8_t { output, input, prompt };

// Id of a style in a StyleTable; 0 is the default style.
using StyleId = std::uint32_t;
// Id of a hyperlink in a HyperlinkTable; 0 is none.
using LinkId = std::uint32_t;

// Everything that a cell has beside its text. A value; interned per terminal.
struct Style {
    Color foreground;
    Color background;
    Color underline_color;
    std::uint16_t attributes = 0;
    Underline underline = Underline::none;
    Semantic semantic = Semantic::output;
    LinkId link = 0;

    constexpr bool has(std::uint16_t bits) const noexcept { return (attributes & bits) == bits; }
    friend constexpr bool operator==(const Style&, const Style&) = default;
};

} // namespace lunette::terminal
