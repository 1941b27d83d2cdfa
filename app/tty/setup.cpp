#include "tty/setup.h"

#include <fmt/format.h>

namespace lunette::tty {

std::string setup_sequence(const Capabilities& can) {
    std::string out;
    if (can.title) out += "\x1B[22;2t";
    // The alternate screen; cursor keys and keypad as CSI and text; no wrapping: a character in the last
    // column moves nothing. Bracketed paste.
    out += "\x1B[?1049h\x1B[?1l\x1B>\x1B[?7l\x1B[r\x1B[m\x1B[?25h";
    if (can.asks_modes) out += fmt::format("\x1B[?2004h\x1B[>{}u", own_kitty_flags);
    if (can.focus) out += "\x1B[?1004h";
    return out + "\x1B[H\x1B[2J";
}

std::string restore_sequence(const Capabilities& can) {
    std::string out;
    if (can.synchronized_output || can.asks_modes) out += "\x1B[?2026l";
    if (can.asks_modes)
        out += "\x1B[?69l\x1B[<u\x1B[>4m\x1B[?2004l\x1B[?2031l\x1B[?1003l\x1B[?1002l\x1B[?1000l\x1B[?1006l";
    if (can.focus) out += "\x1B[?1004l";
    if (can.hyperlinks) out += "\x1B]8;;\x1B\\";
    if (can.cursor_color) out += "\x1B]112\x1B\\";
    if (can.cursor_shape) out += "\x1B[0 q";
    out += "\x1B[r\x1B[m\x1B[?7h\x1B[?25h\x1B[?1049l";
    if (can.title) out += "\x1B[23;2t";
    return out;
}

} // namespace lunette::tty
