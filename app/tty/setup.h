#pragma once

#include "tty/capabilities.h"

#include <cstdint>
#include <string>

// What a terminal is told when we take it, and when we give it back. Pure.
namespace lunette::tty {

// Flags of the kitty keyboard protocol that are always asked for: disambiguate, alternate keys.
inline constexpr int own_kitty_flags = 1 | 4;

// The alternate screen, its modes, the keyboard; then the cursor is at home. What a terminal does not know it
// ignores, or the hints of its TERM say so.
std::string setup_sequence(const Capabilities& capabilities);
// Undoes all that setup_sequence() and a running session may have set.
std::string restore_sequence(const Capabilities& capabilities);

} // namespace lunette::tty
