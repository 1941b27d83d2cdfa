#pragma once

#include <cstdint>

namespace lunette::model {

// What the configuration says about widths (`unicode_version`,
// `treat_east_asian_ambiguous_width_as_wide`). There is one answer for the whole program, as there is
// one table: a grid, a tab title and column_width that disagreed would be worse than any of them.
struct WidthRules {
    static constexpr std::uint8_t latest_version = 15;

    bool ambiguous_is_wide = false;
    // Below 9 emoji are narrow, below 14 presentation selectors (U+FE0E, U+FE0F) change no width.
    std::uint8_t unicode_version = latest_version;

    friend constexpr bool operator==(const WidthRules&, const WidthRules&) = default;
};

// Any thread; a change counts for what is measured or printed afterwards.
void set_width_rules(WidthRules rules) noexcept;
WidthRules width_rules() noexcept;

// East_Asian_Width=Ambiguous, without combining, format and private use characters.
bool is_ambiguous_width(char32_t code_point) noexcept;

} // namespace lunette::model
