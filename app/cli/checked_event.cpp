#include "cli/checked_event.h"

#include "model/tab_bar_content.h"
#include "model/width.h"

#include <algorithm>

namespace lunette::cli {

namespace {

int severity(RunResult result) noexcept {
    switch (result) {
    case RunResult::none: return 0;
    case RunResult::ok: return 1;
    case RunResult::late: return 2;
    case RunResult::error: return 3;
    case RunResult::killed: return 4;
    }
    return 0;
}

template<class T>
void append_new(std::vector<T>& all, const std::vector<T>& more) {
    for (const T& item : more)
        if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(item);
}

} // namespace

void merge(std::vector<CheckedEvent>& events, const HandlerReport& row,
           const std::map<std::string, std::string>& names) {
    const auto renamed = names.find(row.event);
    const std::string& name = renamed == names.end() ? row.event : renamed->second;
    auto found = std::find_if(events.begin(), events.end(), [&](const auto& e) { return e.name == name; });
    if (found == events.end()) {
        CheckedEvent event;
        event.name = name;
        event.pure = row.pure;
        event.handlers = row.handlers;
        event.where = row.where;
        found = events.insert(events.end(), std::move(event));
    }
    // All handlers of an event run together: the event ran as often as the one that ran most.
    found->runs = std::max(found->runs, row.runs);
    // An error in one run is an error of the event, even when a later run was good.
    RunResult result = row.last;
    if (row.errors > 0 && severity(result) < severity(RunResult::error)) result = RunResult::error;
    if (row.killed > 0) result = RunResult::killed;
    if (severity(result) > severity(found->result)) found->result = result;
    if (found->error.empty()) found->error = row.last_error;
    found->cpu.merge(row.cpu);
    found->commands.insert(found->commands.end(), row.commands.begin(), row.commands.end());
    append_new(found->reads, row.reads);
    append_new(found->impure, row.impure);
}

std::vector<CheckedEvent::Shown> tab_values(const Value& view, const model::WindowInfo& window) {
    std::vector<CheckedEvent::Shown> values;
    const auto* content = view.payload<model::TabBarContent>(model::tab_bar_content_schema());
    if (!content) return values;
    for (const model::TabBarContent::Tab& tab : content->tabs) {
        std::int64_t index = tab.tab_id;
        for (std::size_t i = 0; i < window.tabs.size(); ++i)
            if (window.tabs.at(i).tab_id == tab.tab_id) index = static_cast<std::int64_t>(i);
        values.push_back({index, false, tab.title.plain(), tab.title.width()});
        if (!(tab.hovered == tab.title))
            values.push_back({index, true, tab.hovered.plain(), tab.hovered.width()});
    }
    return values;
}

std::vector<CheckedEvent::Shown> shown_text(const Value& view) {
    if (view.kind() != Kind::string) return {};
    return {{-1, false, std::string{view.text()}, model::text_width(view.text())}};
}

std::vector<CheckedEvent::Shown> palette_values(const Value& view) {
    std::vector<CheckedEvent::Shown> values;
    for (const Value& entry : view.items()) {
        const std::string_view brief = entry["brief"].text();
        values.push_back({-1, false, std::string{brief}, model::text_width(brief)});
    }
    return values;
}

} // namespace lunette::cli
