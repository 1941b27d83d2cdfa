#include "tty/color_match.h"

#include <array>

namespace lunette::tty {

namespace {

struct Color {
    int red;
    int green;
    int blue;
};

constexpr int distance(Color a, Color b) noexcept {
    const int red = a.red - b.red;
    const int green = a.green - b.green;
    const int blue = a.blue - b.blue;
    return red * red + green * green + blue * blue;
}

constexpr std::array<int, 6> levels{0, 95, 135, 175, 215, 255};

constexpr int nearest_level(int value) noexcept {
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

// xterm's defaults (XTerm-col.ad).
constexpr std::array<Color, 16> basic{{{0, 0, 0},
                                       {205, 0, 0},
                                       {0, 205, 0},
                                       {205, 205, 0},
                                       {0, 0, 238},
                                       {205, 0, 205},
                                       {0, 205, 205},
                                       {229, 229, 229},
                                       {127, 127, 127},
                                       {255, 0, 0},
                                       {0, 255, 0},
                                       {255, 255, 0},
                                       {92, 92, 255},
                                       {255, 0, 255},
                                       {0, 255, 255},
                                       {255, 255, 255}}};

constexpr Color color_of(int index) noexcept {
    if (index < 16) return basic[static_cast<std::size_t>(index)];
    if (index >= 232) {
        const int grey = 8 + 10 * (index - 232);
        return {grey, grey, grey};
    }
    const auto level = [&](int divisor) {
        return levels[static_cast<std::size_t>((index - 16) / divisor % 6)];
    };
    return {level(36), level(6), level(1)};
}

} // namespace

std::uint8_t nearest_of_256(std::uint8_t red, std::uint8_t green, std::uint8_t blue) noexcept {
    const Color wanted{red, green, blue};
    const int cube = 16 + 36 * nearest_level(red) + 6 * nearest_level(green) + nearest_level(blue);
    const int average = (red + green + blue) / 3;
    const int step = average < 8 ? 0 : average > 238 ? 23 : (average - 3) / 10;
    const int grey = 232 + step;
    return static_cast<std::uint8_t>(
        distance(wanted, color_of(grey)) < distance(wanted, color_of(cube)) ? grey : cube);
}

std::uint8_t nearest_of_16(std::uint8_t red, std::uint8_t green, std::uint8_t blue) noexcept {
    const Color wanted{red, green, blue};
    int best = 0;
    for (int i = 1; i < 16; ++i)
        if (distance(wanted, color_of(i)) < distance(wanted, color_of(best))) best = i;
    return static_cast<std::uint8_t>(best);
}

std::uint8_t nearest_of_16(std::uint8_t index) noexcept {
    if (index < 16) return index;
    const Color color = color_of(index);
    return nearest_of_16(static_cast<std::uint8_t>(color.red), static_cast<std::uint8_t>(color.green),
                         static_cast<std::uint8_t>(color.blue));
}

} // namespace lunette::tty
