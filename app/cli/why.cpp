#include "cli/why.h"

#include <cmath>

#include <fmt/format.h>

namespace lunette::cli {

namespace {

using Json = nlohmann::json;

constexpr std::size_t runs_told = 8;

std::string text(const Json& row, const char* field) {
    const auto found = row.find(field);
    return found != row.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number(const Json& row, const char* field) {
    const auto found = row.find(field);
    return found != row.end() && found->is_number() ? found->get<std::int64_t>() : 0;
}

std::int64_t microseconds_of(const Json& row, const char* milliseconds) {
    const auto found = row.find(milliseconds);
    return found != row.end() && found->is_number() ? std::llround(found->get<double>() * 1000) : 0;
}

std::string joined(const Json& row, const char* field) {
    std::string all;
    const auto found = row.find(field);
    if (found == row.end() || !found->is_array()) return all;
    for (const Json& item : *found)
        if (item.is_string()) all += (all.empty() ? "" : ", ") + item.get<std::string>();
    return all;
}

std::string view_text(const Json& view) {
    std::string out = fmt::format("{} = {}\n", text(view, "name"), text(view, "value"));
    const std::string waits = text(view, "waits_for");
    out += fmt::format("  ran {} times, the last time because of: {}\n", number(view, "runs"),
                       text(view, "cause"));
    if (!waits.empty())
        out += "  is out of date, and waits for " + waits + "\n";
    else
        out += "  is up to date: nothing that it read has changed since\n";
    const std::string reads = joined(view, "reads");
    out +=
        "  runs again when one of these changes: " + (reads.empty() ? std::string{"nothing"} : reads) + "\n";
    const auto history = view.find("history");
    if (history == view.end() || !history->is_array() || history->empty()) return out;
    out += "  its last runs:\n";
    const std::size_t first = history->size() > runs_told ? history->size() - runs_told : 0;
    for (std::size_t i = first; i < history->size(); ++i)
        if ((*history)[i].is_string()) out += "    " + (*history)[i].get<std::string>() + "\n";
    return out;
}

std::string handler_text(const Json& row) {
    std::string out = fmt::format("{} at {}\n", text(row, "event"), text(row, "where"));
    out += fmt::format(
        "  {} runs ({} without a new result, {} in idle time), {} us of CPU in the middle, {} at most\n",
        number(row, "runs"), number(row, "unchanged"), number(row, "speculative"),
        microseconds_of(row, "cpu_ms_p50"), microseconds_of(row, "cpu_ms_max"));
    if (number(row, "runs_on_every_change") > 0)
        out += fmt::format("  asked {} times; running for every change would have been {} runs\n",
                           number(row, "requested"), number(row, "runs_on_every_change"));
    if (const auto throttled = number(row, "throttled"); throttled > 0)
        out += fmt::format("  {} runs were put off or merged\n", throttled);
    if (number(row, "late") + number(row, "killed") + number(row, "errors") > 0)
        out += fmt::format("  {} late, {} stopped, {} failed; the last error: {}\n", number(row, "late"),
                           number(row, "killed"), number(row, "errors"), text(row, "last_error"));
    if (const std::string impure = joined(row, "impure"); !impure.empty())
        out += "  depends on more than the model: " + impure + "\n";
    return out;
}

} // namespace

std::string why_text(const Json& answer) {
    std::string out;
    for (const char* part : {"handlers", "views"}) {
        const auto rows = answer.find(part);
        if (rows == answer.end() || !rows->is_array()) continue;
        for (const Json& row : *rows)
            out += (out.empty() ? "" : "\n") + (part[0] == 'h' ? handler_text(row) : view_text(row));
    }
    return out;
}

} // namespace lunette::cli
