#pragma once

#include "model/config_view.h"
#include "ui/page_view.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// What the page of all keys is made of.
struct HelpFacts {
    const model::ConfigView& config;
    bool prefix_is_on = true;
    bool modern_keys = false;                            // as of KeyArrival
    std::string_view outer_program{};                    // what the terminal calls itself
    const std::map<std::string, std::string>& callbacks; // event -> file:line
};

// All keys with what they do; of those that cannot arrive in this terminal, or that it may keep, the way
// round. Pure.
std::vector<ui::PageView::Line> help_lines(const HelpFacts& facts);

// Another way to an action: "CTRL+b c", else the palette. `prefix_is_on`: whether that counts.
std::string way_round(const model::KeyAssignment& action, const model::ConfigView& config, bool prefix_is_on);

} // namespace lunette::server
