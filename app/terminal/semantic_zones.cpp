#include "terminal/semantic_zones.h"

namespace lunette::terminal {

namespace {

bool is_default_blank(Cell cell) noexcept {
    return cell.style() == 0 && (cell.is_blank() || (!cell.is_cluster() && cell.code_point() == ' '));
}

} // namespace

std::size_t zone_length(std::span<const Cell> cells) noexcept {
    std::size_t length = cells.size();
    while (length > 0 && is_default_blank(cells[length - 1])) --length;
    return length > 0 ? length : cells.size();
}

std::vector<SemanticZone> semantic_zones(const Terminal& terminal) {
    std::vector<SemanticZone> zones;
    std::vector<Cell> buffer;
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    for (std::int64_t y = -static_cast<std::int64_t>(terminal.scrollback_size()); y < terminal.rows(); ++y) {
        const std::span<const Cell> cells = terminal.row(y, buffer);
        const std::size_t length = zone_length(cells);
        for (std::size_t i = 0; i < length; ++i) {
            if (cells[i].is_tail()) continue;
            const Semantic type = terminal.style(cells[i]).semantic;
            const auto x = static_cast<std::int64_t>(i);
            if (zones.empty() || zones.back().type != type)
                zones.push_back({x, y + above, x, y + above, type});
            zones.back().end_x = x;
            zones.back().end_y = y + above;
        }
    }
    return zones;
}

} // namespace lunette::terminal
