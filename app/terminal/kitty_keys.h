#pragma once

#include "model/key.h"
#include "terminal/modes.h"

#include <string>

namespace lunette::terminal {

// Bits of Modes::kitty_flags (sw.kovidgoyal.net/kitty/keyboard-protocol, "Progressive enhancement").
namespace kitty {
inline constexpr unsigned disambiguate = 1;
inline constexpr unsigned event_types = 2;
inline constexpr unsigned alternate_keys = 4;
inline constexpr unsigned all_as_escapes = 8;
inline constexpr unsigned associated_text = 16;
} // namespace kitty

// The bytes of a key while any flag is set.
std::string encode_kitty_key(const model::KeyEvent& event, const Modes& modes);

} // namespace lunette::terminal
