#include "terminal/palette.h"

#include <fmt/format.h>

namespace lunette::terminal {

namespace {

// xterm's 256colres.h: levels of the 6x6x6 cube, and of the grey ramp.
constexpr std::uint8_t cube_level(int step) {
    return static_cast<std::uint8_t>(step == 0 ? 0 : 55 + step * 40);
}

std::optional<unsigned> hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

std::optional<unsigned> hex_number(std::string_view digits) noexcept {
    if (digits.empty() || digits.size() > 4) return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) {
        const std::optional<unsigned> digit = hex_digit(c);
        if (!digit) return std::nullopt;
        value = value * 16 + *digit;
    }
    return value;
}

// "rgb:" scales n digits to the full range: "f" is 255.
std::optional<std::uint8_t> scaled(std::string_view digits) noexcept {
    const std::optional<unsigned> value = hex_number(digits);
    if (!value) return std::nullopt;
    const unsigned full = (1U << (4 * digits.size())) - 1;
    return static_cast<std::uint8_t>((*value * 255 + full / 2) / full);
}

// "#" takes the digits as the most significant ones: "#f00" is 240, 0, 0.
std::optional<std::uint8_t> leading(std::string_view digits) noexcept {
    const std::optional<unsigned> value = hex_number(digits);
    if (!value) return std::nullopt;
    return static_cast<std::uint8_t>(digits.size() == 1 ? *value << 4 : *value >> (4 * (digits.size() - 2)));
}

std::optional<Rgb> combine(std::optional<std::uint8_t> r, std::optional<std::uint8_t> g,
                           std::optional<std::uint8_t> b) noexcept {
    if (!r || !g || !b) return std::nullopt;
    return Rgb{*r, *g, *b};
}

} // namespace

Palette Palette::standard() noexcept {
    Palette palette;
    constexpr Rgb basic[] = {{0, 0, 0},       {205, 0, 0},   {0, 205, 0},   {205, 205, 0},
                             {0, 0, 238},     {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
                             {127, 127, 127}, {255, 0, 0},   {0, 255, 0},   {255, 255, 0},
                             {92, 92, 255},   {255, 0, 255}, {0, 255, 255}, {255, 255, 255}};
    std::size_t next = 0;
    for (const Rgb& color : basic) palette.colors[next++] = color;
    for (int r = 0; r < 6; ++r) {
        for (int g = 0; g < 6; ++g) {
            for (int b = 0; b < 6; ++b)
                palette.colors[next++] = {cube_level(r), cube_level(g), cube_level(b)};
        }
    }
    for (int grey = 0; grey < 24; ++grey) {
        const auto level = static_cast<std::uint8_t>(8 + grey * 10);
        palette.colors[next++] = {level, level, level};
    }
    palette.foreground = palette.colors[7];
    palette.background = palette.colors[0];
    palette.cursor = palette.foreground;
    palette.selection_background = palette.foreground;
    palette.selection_foreground = palette.background;
    return palette;
}

std::optional<Rgb> parse_color(std::string_view text) noexcept {
    if (text.substr(0, 4) == "rgb:") {
        text.remove_prefix(4);
        const std::size_t first = text.find('/');
        const std::size_t second = first == text.npos ? text.npos : text.find('/', first + 1);
        if (second == text.npos) return std::nullopt;
        return combine(scaled(text.substr(0, first)), scaled(text.substr(first + 1, second - first - 1)),
                       scaled(text.substr(second + 1)));
    }
    if (text.substr(0, 1) != "#") return std::nullopt;
    text.remove_prefix(1);
    if (text.size() % 3 != 0) return std::nullopt;
    const std::size_t n = text.size() / 3;
    return combine(leading(text.substr(0, n)), leading(text.substr(n, n)), leading(text.substr(2 * n)));
}

std::string format_color(Rgb rgb) {
    return fmt::format("rgb:{0:02x}{0:02x}/{1:02x}{1:02x}/{2:02x}{2:02x}", rgb.red, rgb.green, rgb.blue);
}

} // namespace lunette::terminal
