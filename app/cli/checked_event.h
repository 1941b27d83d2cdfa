#pragma once

#include "cli/check.h"

#include "model/records.h"

#include <map>
#include <string>
#include <vector>

// From the engine's report and its views to what `check` says about an event.
namespace lunette::cli {

// Adds a handler's row to its event's, which is made when it is the first. `names`: what an event is called
// when it is not by its own name.
void merge(std::vector<CheckedEvent>& events, const HandlerReport& row,
           const std::map<std::string, std::string>& names);

// Of a "tab-bar" view: each tab as it is, and under the mouse where that is another text.
std::vector<CheckedEvent::Shown> tab_values(const Value& view, const model::WindowInfo& window);
std::vector<CheckedEvent::Shown> shown_text(const Value& view);
std::vector<CheckedEvent::Shown> palette_values(const Value& view);

} // namespace lunette::cli
