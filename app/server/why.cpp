#include "server/why.h"

#include <algorithm>
#include <string>
#include <utility>

namespace lunette::server {

namespace {

using wire::Json;

constexpr std::size_t names_told = 20;

std::string_view event_of(const EntryReport& entry) {
    return std::string_view{entry.name}.substr(0, entry.name.find('('));
}

Json view_json(const EntryReport& entry) {
    return {{"name", entry.name},   {"value", entry.value},    {"runs", entry.runs},
            {"dirty", entry.dirty}, {"cause", entry.cause},    {"waits_for", entry.waits_for},
            {"reads", entry.reads}, {"history", entry.history}};
}

Json handler_json(const HandlerReport& row) {
    Json impure = Json::array();
    for (const Impurity impurity : row.impure) impure.push_back(std::string{to_string(impurity)});
    return {{"event", row.event},
            {"where", row.where},
            {"requested", row.requested},
            {"runs", row.runs},
            {"avoided", row.avoided},
            {"unchanged", row.unchanged},
            {"throttled", row.throttled},
            {"speculative", row.speculative},
            {"runs_on_every_change", row.runs_on_every_change},
            {"late", row.late},
            {"killed", row.killed},
            {"errors", row.errors},
            {"last_error", row.last_error},
            {"cpu_p50", row.cpu.quantile(0.5) / 1000},
            {"cpu_max", row.cpu.max() / 1000},
            {"impure", std::move(impure)}};
}

Json unknown(const EngineReport& report, std::string_view view) {
    std::string text = "there is no view `" + std::string{view} + "`";
    std::vector<std::string> names;
    for (const EntryReport& entry : report.entries) names.push_back(entry.name);
    std::sort(names.begin(), names.end());
    if (names.empty()) return {{"error", text + ": no title handler has run"}};
    text += "; there are:";
    for (std::size_t i = 0; i < std::min(names.size(), names_told); ++i) text += "\n  " + names[i];
    if (names.size() > names_told) text += "\n  and " + std::to_string(names.size() - names_told) + " more";
    return {{"error", std::move(text)}};
}

} // namespace

Json why(const EngineReport& report, std::string_view view) {
    Json views = Json::array(), handlers = Json::array();
    std::vector<const EntryReport*> found;
    for (const EntryReport& entry : report.entries)
        if (entry.name == view || event_of(entry) == view) found.push_back(&entry);
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    for (const EntryReport* entry : found) views.push_back(view_json(*entry));
    const std::string_view event = view.substr(0, view.find('('));
    for (const HandlerReport& row : report.handlers)
        if (row.event == event) handlers.push_back(handler_json(row));
    const bool effect = view == event && !handlers.empty(); // which has no views, but counters
    if (views.empty() && !effect) return unknown(report, view);
    return {{"views", std::move(views)}, {"handlers", std::move(handlers)}};
}

} // namespace lunette::server
