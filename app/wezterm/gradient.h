#pragma once

#include "wezterm/color.h"

#include <tl/expected.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::wezterm {

enum class Interpolation { linear, basis, catmull_rom };
enum class BlendMode { rgb, linear_rgb, hsv, oklab };

std::optional<Interpolation> parse_interpolation(std::string_view name) noexcept; // "CatmullRom"
std::optional<BlendMode> parse_blend_mode(std::string_view name) noexcept;        // "LinearRgb"

// WezTerm's Gradient table. Orientation and noise concern a GUI's background only and are checked
// where the table is read.
struct Gradient {
    std::vector<std::string> colors;   // CSS colours; empty: black to white
    std::optional<std::string> preset; // "Viridis"; wins over colors, blend and interpolation
    Interpolation interpolation = Interpolation::linear;
    BlendMode blend = BlendMode::rgb;
    std::optional<std::size_t> segment_size; // both or neither
    std::optional<double> segment_smoothness;
};

inline constexpr std::size_t max_gradient_colors = 65536;

// `count` colours at equal distances from the first to the last. The error says which colour or
// preset is unknown, or what is out of range.
tl::expected<std::vector<Rgba>, std::string> gradient_colors(const Gradient& gradient, std::size_t count);

// All preset names, as WezTerm spells them.
const std::vector<std::string_view>& gradient_presets();

} // namespace lunette::wezterm
