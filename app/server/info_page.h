#pragma once

#include "model/config_view.h"
#include "model/records.h"
#include "ui/page_view.h"

#include <lunette/engine.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::server {

// What the information page is made of.
struct InfoFacts {
    const model::OuterInfo& outer;
    std::vector<std::pair<std::string, std::string>> capabilities; // of the outer terminal: what and how
    const model::ConfigView& config;
    const LoadResult& load;
    std::string_view config_path; // empty: the bundled one
    bool prefix_is_on = true;
    bool modern_keys = false;
    std::string_view log_path{};
    const EngineReport* report = nullptr; // null: not there yet
};

// Pure.
std::vector<ui::PageView::Line> info_lines(const InfoFacts& facts);
// One line about a load: "wezterm.lua: 41 options (26 applied, 3 adapted, 12 not for a multiplexer), 38
// keys".
std::string load_summary(const model::ConfigInfo& config, std::string_view config_path);

// Statistics of the callbacks, the slowest first. Pure.
std::vector<ui::PageView::Line> callback_lines(const EngineReport& report);

// "1.2 ms", "350 us".
std::string duration_text(std::int64_t nanoseconds);
// "~/.config/…" for what lies in the home directory.
std::string home_relative(std::string_view path);

} // namespace lunette::server
