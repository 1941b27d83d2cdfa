#include "cli/echo_probe.h"

namespace lunette::cli {

std::int64_t EchoProbe::cursor_line() const {
    const mux::Pane* pane = mux_.pane(pane_);
    return pane ? static_cast<std::int64_t>(pane->terminal().scrolled_rows()) + pane->terminal().cursor().y
                : 0;
}

bool EchoProbe::line_is_full() const {
    const mux::Pane* pane = mux_.pane(pane_);
    return pane && column_ + 2 >= pane->terminal().columns();
}

void EchoProbe::line_ended() {
    if (line_ >= 0) ++line_;
    column_ = 0;
}

void EchoProbe::typed(std::int64_t intended_ns) {
    const mux::Pane* pane = mux_.pane(pane_);
    if (!pane) return;
    if (line_ < 0) {
        line_ = cursor_line();
        column_ = pane->terminal().cursor().x;
    }
    waiting_.push_back({line_, ++column_, intended_ns});
}

bool EchoProbe::is_shown(const Key& key) const {
    const mux::Pane* pane = mux_.pane(pane_);
    if (!pane) return false;
    const std::int64_t line = cursor_line();
    return line > key.line || (line == key.line && pane->terminal().cursor().x >= key.column);
}

} // namespace lunette::cli
