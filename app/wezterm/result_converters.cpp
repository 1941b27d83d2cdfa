#include "wezterm/result_converters.h"

#include "wezterm/format_values.h"
#include "wezterm/plain_value.h"
#include "wezterm/title_value.h"

#include "model/key_assignment.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

void warn(Script& script, const std::vector<std::string>& warnings, const char* of) {
    for (const std::string& warning : warnings) script.problem(false, std::string{of} + ": " + warning);
}

// What is no title shows the default one, as in WezTerm. Logged once for each load: titles are asked for all
// the time.
Value no_title(Script& script, const std::string& what) {
    constexpr std::size_t logged_at_most = 100;
    thread_local std::pair<std::uint64_t, std::set<std::string>> logged;
    if (logged.first != script.generation()) logged = {script.generation(), {}};
    const std::string message = what + "; the default title is shown";
    script.problem(false, message);
    if (logged.second.size() < logged_at_most && logged.second.insert(message).second)
        script.log(LogLevel::warning, message);
    return {};
}

Expected<Value> tab_title(Script& script, const Value& returned) {
    std::vector<std::string> warnings;
    auto title = title_from(returned, &warnings);
    warn(script, warnings, "format-tab-title");
    if (!title) return no_title(script, "format-tab-title: " + title.error());
    if (!*title) return Value{};
    return title_value(std::move(**title));
}

Expected<Value> window_title(Script& script, const Value& returned) {
    switch (returned.kind()) {
    case Kind::nil:
    case Kind::string: return returned;
    case Kind::integer:
    case Kind::number: return Value{describe(returned)};
    default: return no_title(script, "format-window-title: string expected, got " + describe(returned, 60));
    }
}

// One wrong entry drops all, as in WezTerm; one without an action, which is how what a plugin would have made
// looks when it is not installed, is left out.
Expected<Value> palette_entries(Script& script, const Value& returned) {
    if (returned.is_nil() || (returned.kind() == Kind::map && returned.size() == 0)) return Value::list({});
    if (returned.kind() != Kind::list)
        return failure("augment-command-palette: array of entries expected, got " + describe(returned, 60));
    std::vector<Value> entries;
    for (const Value& entry : returned.items()) {
        if (entry.is_nil() || (entry.kind() == Kind::map && entry["action"].is_nil())) {
            warn(script, {"an entry without an action is left out: " + describe(entry, 80)},
                 "augment-command-palette");
            continue;
        }
        if (entry["brief"].kind() != Kind::string)
            return failure("augment-command-palette: an entry without `brief`: " + describe(entry, 80));
        auto action = model::KeyAssignment::parse(plain_value(script, entry["action"]));
        if (!action) return failure("augment-command-palette: " + action.error());
        std::vector<MapEntry> fields{{"brief", entry["brief"]}, {"action", action->to_value()}};
        for (const char* name : {"doc", "icon"})
            if (const Value& text = entry[name]; text.kind() == Kind::string) fields.push_back({name, text});
        entries.push_back(Value::map(std::move(fields)));
    }
    return Value::list(std::move(entries));
}

// Anything but a boolean asks for the default check.
Expected<Value> is_stateful(Script&, const Value& returned) {
    return returned.kind() == Kind::boolean ? returned : Value{};
}

} // namespace

void add_result_converters(EngineOptions& options) {
    options.convert_result["format-tab-title"] = tab_title;
    options.convert_result["format-window-title"] = window_title;
    options.convert_result["augment-command-palette"] = palette_entries;
    options.convert_result["mux-is-process-stateful"] = is_stateful;
}

} // namespace lunette::wezterm
