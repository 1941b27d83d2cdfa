#pragma once

#include "copy/text_rows.h"
#include "copy/words.h"

#include <cstdint>
#include <optional>
#include <string>

// Where the cursor of copy mode goes, beside words. All stay inside of the terminal's rows.
namespace lunette::copy {

model::CellPoint left_of(TextRows& rows, model::CellPoint from);
model::CellPoint right_of(TextRows& rows, model::CellPoint from);
// The first and the last character of a row that show something; its first cell when there is none.
model::CellPoint start_of_content(TextRows& rows, std::int64_t y);
model::CellPoint end_of_content(TextRows& rows, std::int64_t y);

// To a character of the same row, as vim's f, F, t and T.
struct Jump {
    bool forward = true;
    bool before = false; // stops one cell short of it
    std::string text;
};
// `again`: one that stopped short before does not find the same character. Nothing: there is none.
std::optional<model::CellPoint> jump_from(TextRows& rows, model::CellPoint from, const Jump& jump,
                                          bool again);

// Rows that are looked at for the beginning of a zone.
inline constexpr std::int64_t most_zone_rows = 20'000;

enum class ZoneStep : std::uint8_t { backward, forward };
// The beginning of the next semantic zone (OSC 133), of this type if there is one; backwards first that of
// the zone that the cursor is in. Nothing: there is none.
std::optional<model::CellPoint> zone_from(TextRows& rows, model::CellPoint from, ZoneStep step,
                                          std::optional<terminal::Semantic> type);

} // namespace lunette::copy
