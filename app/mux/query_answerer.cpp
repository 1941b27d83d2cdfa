#include "mux/mux.h"
#include "mux/pane_text.h"

#include <algorithm>

namespace lunette::mux {

namespace {

tl::unexpected<std::string> gone() {
    return tl::unexpected<std::string>{"this pane does not exist any more"};
}

tl::unexpected<std::string> no_zones() {
    return tl::unexpected<std::string>{"semantic zones are not available here"};
}

class QueryAnswerer {
public:
    explicit QueryAnswerer(const Mux& mux) noexcept : mux_{mux} {}

    Reply operator()(const model::PaneText& query) const {
        const Pane* pane = mux_.pane(query.pane);
        if (!pane) return gone();
        const terminal::Terminal& terminal = pane->terminal();
        const std::int64_t most = static_cast<std::int64_t>(terminal.scrollback_size()) + terminal.rows();
        const std::int64_t lines = std::clamp<std::int64_t>(query.lines.value_or(terminal.rows()), 0, most);
        const std::int64_t first =
            query.logical ? first_of_logical_lines(terminal, lines) : terminal.rows() - lines;
        const TextForm form = query.escapes ? TextForm::escapes : TextForm::plain;
        return Value{rows_text(terminal, first, terminal.rows() - 1, form, query.logical)};
    }

    Reply operator()(const model::PaneRegion& query) const {
        const Pane* pane = mux_.pane(query.pane);
        if (!pane) return gone();
        const Selection region{{query.start_x, query.start_y}, {query.end_x, query.end_y}, false};
        return Value{selection_text(pane->terminal(), region, TextForm::plain)};
    }

    Reply operator()(const model::SelectionText& query) const {
        const Pane* pane = mux_.pane(query.pane);
        if (!pane) return gone();
        if (!pane->selection()) return Value{""};
        const TextForm form = query.escapes ? TextForm::escapes : TextForm::plain;
        return Value{selection_text(pane->terminal(), *pane->selection(), form)};
    }

    // The terminal keeps no positions of OSC 133 marks yet.
    Reply operator()(const model::SemanticZones& query) const {
        if (!mux_.pane(query.pane)) return gone();
        return no_zones();
    }
    Reply operator()(const model::SemanticZoneAt& query) const {
        if (!mux_.pane(query.pane)) return gone();
        return no_zones();
    }

private:
    const Mux& mux_;
};

} // namespace

Reply Mux::answer(const model::Query& query) const { return std::visit(QueryAnswerer{*this}, query); }

} // namespace lunette::mux
