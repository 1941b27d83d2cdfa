#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lunette::model {

// Of the first 16 of the indexed colours, as configurations write them: exact case.
inline constexpr std::array<std::string_view, 16> ansi_color_names{
    "Black", "Maroon", "Green", "Olive",  "Navy", "Purple",  "Teal", "Silver",
    "Grey",  "Red",    "Lime",  "Yellow", "Blue", "Fuchsia", "Aqua", "White"};

constexpr std::optional<std::uint8_t> ansi_color_index(std::string_view name) noexcept {
    const auto* const found = std::find(ansi_color_names.begin(), ansi_color_names.end(), name);
    if (found == ansi_color_names.end()) return std::nullopt;
    return static_cast<std::uint8_t>(found - ansi_color_names.begin());
}

} // namespace lunette::model
