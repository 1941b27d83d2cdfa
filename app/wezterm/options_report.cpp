#include "wezterm/options_report.h"

#include "wezterm/options.h"

#include <algorithm>

namespace lunette::wezterm {

namespace {

OptionReport report(std::string_view name) {
    if (const Option* option = find_option(name)) {
        std::string note{option->deprecated ? "deprecated; " : ""};
        return {std::string{name}, to_string(option->effect), note.append(option->note)};
    }
    return {std::string{name}, "unknown", unknown_option(name)};
}

std::vector<OptionReport> sorted(std::vector<OptionReport> reports) {
    std::sort(reports.begin(), reports.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return reports;
}

} // namespace

std::vector<OptionReport> option_report(const model::ConfigInfo& config) {
    std::vector<OptionReport> reports;
    for (const Value& name : config.set_options.items()) reports.push_back(report(name.text()));
    return sorted(std::move(reports));
}

std::vector<OptionReport> option_report(const Value& returned) {
    std::vector<OptionReport> reports;
    for (const MapEntry& entry : returned.entries())
        if (entry.key.kind() == Kind::string) reports.push_back(report(entry.key.text()));
    return sorted(std::move(reports));
}

} // namespace lunette::wezterm
