#include "copy/movements.h"

#include <algorithm>

namespace lunette::copy {

using model::CellPoint;
using terminal::Semantic;

namespace {

std::int64_t size(std::span<const terminal::Cell> cells) noexcept {
    return static_cast<std::int64_t>(cells.size());
}

} // namespace

CellPoint left_of(TextRows& rows, CellPoint from) { return rows.clamped({from.x - 1, from.y}); }

CellPoint right_of(TextRows& rows, CellPoint from) {
    from = rows.clamped(from);
    const auto cells = rows.row(from.y);
    const bool wide = from.x < size(cells) && cells[static_cast<std::size_t>(from.x)].is_wide();
    return rows.clamped({from.x + (wide ? 2 : 1), from.y});
}

CellPoint start_of_content(TextRows& rows, std::int64_t y) {
    const auto cells = rows.row(y);
    for (std::size_t x = 0; x < cells.size(); ++x)
        if (rows.text(cells[x]) != " ") return {static_cast<std::int64_t>(x), y};
    return {0, y};
}

CellPoint end_of_content(TextRows& rows, std::int64_t y) {
    const auto cells = rows.row(y);
    std::int64_t x = size(cells) - 1;
    while (x > 0 && rows.text(cells[static_cast<std::size_t>(x)]) == " " &&
           !cells[static_cast<std::size_t>(x)].is_tail())
        --x;
    return rows.clamped({x, y});
}

std::optional<CellPoint> jump_from(TextRows& rows, CellPoint from, const Jump& jump, bool again) {
    const auto cells = rows.row(from.y);
    const std::int64_t step = jump.forward ? 1 : -1;
    std::int64_t x = from.x + step;
    if (jump.before && again) x += step;
    for (; x >= 0 && x < size(cells); x += step) {
        const terminal::Cell cell = cells[static_cast<std::size_t>(x)];
        if (cell.is_tail() || rows.text(cell) != jump.text) continue;
        if (!jump.before) return CellPoint{x, from.y};
        return jump.forward ? left_of(rows, {x, from.y}) : right_of(rows, {x, from.y});
    }
    return std::nullopt;
}

std::optional<CellPoint> zone_from(TextRows& rows, CellPoint from, ZoneStep step,
                                   std::optional<Semantic> type) {
    const auto semantic = [&](terminal::Cell cell) { return rows.style(cell).semantic; };
    if (step == ZoneStep::forward) {
        std::optional<Semantic> before;
        for (std::int64_t y = from.y; y <= std::min(rows.bottom(), from.y + most_zone_rows); ++y) {
            const auto cells = rows.row(y);
            for (std::int64_t x = y == from.y ? std::min(from.x, std::max<std::int64_t>(size(cells) - 1, 0))
                                              : 0;
                 x < size(cells); ++x) {
                const terminal::Cell cell = cells[static_cast<std::size_t>(x)];
                if (cell.is_tail()) continue;
                const Semantic here = semantic(cell);
                if (before && *before != here && (!type || *type == here)) return CellPoint{x, y};
                before = here;
            }
        }
        return std::nullopt;
    }
    // The beginning of the run that was met last, until an earlier cell says that it belongs to it.
    std::optional<CellPoint> begin;
    Semantic run = Semantic::output;
    const auto is_wanted = [&] {
        const bool earlier = begin && (begin->y < from.y || (begin->y == from.y && begin->x < from.x));
        return earlier && (!type || *type == run);
    };
    for (std::int64_t y = from.y; y >= std::max(rows.top(), from.y - most_zone_rows); --y) {
        const auto cells = rows.row(y);
        std::int64_t x = size(cells) - 1;
        if (y == from.y) x = std::min(x, from.x);
        for (; x >= 0; --x) {
            const terminal::Cell cell = cells[static_cast<std::size_t>(x)];
            if (cell.is_tail()) continue;
            if (begin && semantic(cell) != run && is_wanted()) return begin;
            run = semantic(cell);
            begin = CellPoint{x, y};
        }
    }
    // Nothing comes before the first row.
    if (is_wanted() && from.y - most_zone_rows <= rows.top()) return begin;
    return std::nullopt;
}

} // namespace lunette::copy
