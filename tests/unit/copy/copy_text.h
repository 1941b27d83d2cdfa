#pragma once

#include "model/cell_range.h"
#include "terminal/terminal.h"

#include <ostream>
#include <string_view>

namespace lunette::model {

inline void PrintTo(const CellPoint& point, std::ostream* out) {
    *out << '(' << point.x << ", " << point.y << ')';
}
inline void PrintTo(const CellRange& range, std::ostream* out) {
    PrintTo(range.first, out);
    PrintTo(range.last, out);
}

} // namespace lunette::model

namespace lunette::copy::testing {

inline terminal::Terminal make_terminal(int columns, int rows, std::string_view bytes,
                                        std::size_t scrollback = 1000) {
    terminal::Terminal::Options options;
    options.columns = columns;
    options.rows = rows;
    options.scrollback_lines = scrollback;
    terminal::Terminal terminal{options};
    terminal.feed({bytes.data(), bytes.size()});
    return terminal;
}

} // namespace lunette::copy::testing
