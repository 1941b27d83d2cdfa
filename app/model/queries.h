#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

// What a snapshot does not hold: asked of the multiplexer, answered at the end of a loop turn. Rows are
// stable: counted from the first one that the pane ever had, as in PaneInfo.
namespace lunette::model {

// The last lines of the viewport and the scrollback above it. Answer: a string, without trailing blanks.
struct PaneText {
    Id pane = 0;
    std::optional<std::int64_t> lines; // nothing: as many as the viewport has rows
    bool logical = false;              // wrapped rows are one line
    bool escapes = false;              // with SGR sequences and hyperlinks
};

// Answer: a string.
struct PaneRegion {
    Id pane = 0;
    std::int64_t start_x = 0;
    std::int64_t start_y = 0;
    std::int64_t end_x = 0; // inclusive
    std::int64_t end_y = 0;
};

// Answer: a string, "" without a selection.
struct SelectionText {
    Id pane = 0;
    bool escapes = false;
};

// Answer: a list of SemanticZone maps {start_x, start_y, end_x, end_y, semantic_type}.
struct SemanticZones {
    Id pane = 0;
    std::optional<std::string> type; // "Output", "Input", "Prompt"; nothing: all
};

// Answer: the zone that the cell lies in, or nil.
struct SemanticZoneAt {
    Id pane = 0;
    std::int64_t x = 0;
    std::int64_t y = 0;
};

using Query = std::variant<PaneText, PaneRegion, SelectionText, SemanticZones, SemanticZoneAt>;

} // namespace lunette::model
