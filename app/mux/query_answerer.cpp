#include "mux/mux.h"
#include "mux/pane_text.h"
#include "terminal/semantic_zones.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::mux {

namespace {

tl::unexpected<std::string> gone() {
    return tl::unexpected<std::string>{"this pane does not exist any more"};
}

// By terminal::Semantic.
constexpr std::string_view semantic_names[] = {"Output", "Input", "Prompt"};

Value to_value(const terminal::SemanticZone& zone) {
    return Value::map({{"start_x", zone.start_x},
                       {"start_y", zone.start_y},
                       {"end_x", zone.end_x},
                       {"end_y", zone.end_y},
                       {"semantic_type", semantic_names[static_cast<std::size_t>(zone.type)]}});
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
        const model::Selection region{{query.start_x, query.start_y}, {query.end_x, query.end_y}, false};
        return Value{selection_text(pane->terminal(), region, TextForm::plain)};
    }

    Reply operator()(const model::SelectionText& query) const {
        const Pane* pane = mux_.pane(query.pane);
        if (!pane) return gone();
        if (!pane->selection()) return Value{""};
        const TextForm form = query.escapes ? TextForm::escapes : TextForm::plain;
        return Value{selection_text(pane->terminal(), *pane->selection(), form)};
    }

    Reply operator()(const model::SemanticZones& query) const {
        const Pane* pane = mux_.pane(query.pane);
        if (!pane) return gone();
        std::optional<terminal::Semantic> wanted;
        if (query.type) {
            const auto* const name =
                std::find(std::begin(semantic_names), std::end(semantic_names), *query.type);
            if (name == std::end(semantic_names))
                return tl::unexpected{"unknown semantic type " + *query.type +
                                      ", expected Output, Input or Prompt"};
            wanted = static_cast<terminal::Semantic>(name - std::begin(semantic_names));
        }
        std::vector<Value> zones;
        for (const terminal::SemanticZone& zone : terminal::semantic_zones(pane->terminal()))
            if (!wanted || zone.type == *wanted) zones.push_back(to_value(zone));
        return Value::list(std::move(zones));
    }
    Reply operator()(const model::SemanticZoneAt& query) const {
        const Pane* pane = mux_.pane(query.pane);
        if (!pane) return gone();
        for (const terminal::SemanticZone& zone : terminal::semantic_zones(pane->terminal()))
            if (zone.contains(query.x, query.y)) return to_value(zone);
        return Value{};
    }

private:
    const Mux& mux_;
};

} // namespace

Reply Mux::answer(const model::Query& query) const { return std::visit(QueryAnswerer{*this}, query); }

} // namespace lunette::mux
