#pragma once

#include "model/cell_range.h"

#include <cstdint>
#include <optional>
#include <string_view>

// What of a pane is selected. Pure values; any thread.
namespace lunette::model {

// What a selection grows by.
enum class SelectionMode : std::uint8_t { cell, word, line, block, semantic_zone };

// As key assignments name it: "Cell", "Word", "Line", "Block", "SemanticZone".
std::optional<SelectionMode> parse_selection_mode(std::string_view name) noexcept;

// Columns of one row, both ends included.
struct ColumnSpan {
    std::int64_t first = 0;
    std::int64_t last = 0;
    friend constexpr bool operator==(const ColumnSpan&, const ColumnSpan&) = default;
};

// Selected cells of a pane, both ends included.
struct Selection {
    CellPoint anchor; // where it began
    CellPoint head;   // where it goes on
    bool rectangular = false;

    constexpr bool is_forward() const noexcept { return !comes_before(head, anchor); }
    constexpr CellPoint first() const noexcept { return is_forward() ? anchor : head; }
    constexpr CellPoint last() const noexcept { return is_forward() ? head : anchor; }
    // What of a row is selected, in a pane of so many columns.
    std::optional<ColumnSpan> columns_at(std::int64_t y, std::int64_t columns) const noexcept;
    bool contains(CellPoint point) const noexcept;
    friend constexpr bool operator==(const Selection&, const Selection&) = default;
};

// From the unit (word, line, ...) where it began to the one where it is now: both whole.
Selection selection_between(const CellRange& from, const CellRange& to) noexcept;

} // namespace lunette::model
