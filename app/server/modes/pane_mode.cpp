#include "server/modes/pane_mode.h"

#include "model/width.h"

namespace lunette::server {

model::Highlight bar_over(const mux::Pane& pane, std::int64_t row, std::string text) {
    const int columns = pane.terminal().columns();
    model::Highlight bar;
    bar.range = {{0, row}, {columns - 1, row}};
    bar.kind = model::Highlight::Kind::bar;
    bar.text = model::pad_right(model::truncate_right(text, columns), columns);
    return bar;
}

std::int64_t top_of_view(const mux::Pane& pane) noexcept {
    return pane.viewport_top().value_or(pane.physical_top());
}

} // namespace lunette::server
