#pragma once

#include "model/regex.h"
#include "terminal/logical_lines.h"
#include "terminal/terminal.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace lunette::terminal {

// One of `hyperlink_rules`: text that matches is a link. In `format`, $0 stands for the match, $1 for its
// first group and so on.
struct LinkRule {
    model::Regex regex;
    std::string format = "$0";
    std::size_t highlight = 0; // the group that is the link on the screen
};

// Rules beyond these are left out; text beyond these rows of a line is not looked at.
inline constexpr std::size_t most_link_rules = 64;
inline constexpr std::int64_t most_link_rows = 64;

struct FoundLink {
    std::string uri;
    // Cells that show it, as far as they follow each other in one line. Both ends belong to it.
    LogicalLines::Position first;
    LogicalLines::Position last;
    bool implicit = false; // by a rule, not by OSC 8
};

// The link at a cell, for the mouse: one that the program made (OSC 8), else what the rules find in its
// line; the longest where several do. `row` is a stable one. Cost: bounded by the rows of a line that are
// looked at and by Regex.
std::optional<FoundLink> find_link(const Terminal& terminal, std::span<LinkRule> rules, std::int64_t x,
                                   std::int64_t row);

} // namespace lunette::terminal
