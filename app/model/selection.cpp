#include "model/selection.h"

#include <algorithm>
#include <limits>

namespace lunette::model {

std::optional<SelectionMode> parse_selection_mode(std::string_view name) noexcept {
    if (name == "Cell") return SelectionMode::cell;
    if (name == "Word") return SelectionMode::word;
    if (name == "Line") return SelectionMode::line;
    if (name == "Block") return SelectionMode::block;
    if (name == "SemanticZone") return SelectionMode::semantic_zone;
    return std::nullopt;
}

std::optional<ColumnSpan> Selection::columns_at(std::int64_t y, std::int64_t columns) const noexcept {
    const CellPoint a = first();
    const CellPoint b = last();
    if (y < a.y || y > b.y) return std::nullopt;
    ColumnSpan span{y == a.y ? a.x : 0, y == b.y ? b.x : columns - 1};
    if (rectangular) span = {std::min(a.x, b.x), std::max(a.x, b.x)};
    span = {std::max<std::int64_t>(span.first, 0), std::min(span.last, columns - 1)};
    if (span.first > span.last) return std::nullopt;
    return span;
}

bool Selection::contains(CellPoint point) const noexcept {
    const auto span = columns_at(point.y, std::numeric_limits<std::int64_t>::max());
    return span && point.x >= span->first && point.x <= span->last;
}

Selection selection_between(const CellRange& from, const CellRange& to) noexcept {
    const bool forward = !comes_before(to.first, from.first);
    const CellPoint first = forward ? from.first : to.first;
    const CellPoint last = comes_before(from.last, to.last) ? to.last : from.last;
    return forward ? Selection{first, last, false} : Selection{last, first, false};
}

} // namespace lunette::model
