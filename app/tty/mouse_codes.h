#pragma once

#include "tty/events.h"

namespace lunette::tty {

// What xterm's button code says, coordinates aside; `release` as the encoding tells it. Pure.
MouseEvent mouse_of(int code, bool release) noexcept;

} // namespace lunette::tty
