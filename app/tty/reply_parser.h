#pragma once

#include "tty/reply.h"
#include "tty/sequence.h"

#include <optional>
#include <string_view>
#include <vector>

// Finds replies in what a terminal sent. Whatever the text is, nothing else happens. Pure.
namespace lunette::tty {

std::optional<Reply> parse_sequence_reply(const ControlSequence& sequence);
// The content of an OSC.
std::vector<Reply> parse_osc_reply(std::string_view content);
// The content of a DCS, its parameters included.
std::vector<Reply> parse_dcs_reply(std::string_view content);
// "rgb:R/G/B" with 1 to 4 digits each, "rgba:…", "#RRGGBB".
std::optional<Rgb> parse_color(std::string_view text) noexcept;

} // namespace lunette::tty
