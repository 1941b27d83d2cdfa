#pragma once

#include "model/records.h"

#include <string>
#include <string_view>
#include <vector>

namespace lunette::wezterm {

struct OptionReport {
    std::string name;
    std::string_view effect; // "applied", "adapted", "accepted", "unknown"
    std::string note;
};

// For `check`: what becomes of the options that a configuration sets. Sorted by name. Any thread.
std::vector<OptionReport> option_report(const model::ConfigInfo& config);
// The same from what a main file returned.
std::vector<OptionReport> option_report(const Value& returned);

} // namespace lunette::wezterm
