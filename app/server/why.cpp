#include "server/why.h"

#include "wezterm/handler_statistics.h"
#include "wire/value_json.h"

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
        if (row.event == event) handlers.push_back(wire::json_of<Json>(wezterm::handler_statistics(row)));
    const bool effect = view == event && !handlers.empty(); // which has no views, but counters
    if (views.empty() && !effect) return unknown(report, view);
    return {{"views", std::move(views)}, {"handlers", std::move(handlers)}};
}

} // namespace lunette::server
