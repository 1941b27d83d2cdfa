#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lunette::tty {

// Cells that a terminal gives to the kinds of text about which terminals differ, as measured; 0: not (yet)
// known.
struct MeasuredWidths {
    int emoji_presentation = 0; // U+26A0 U+FE0F
    int joined = 0;             // a family of three, joined by U+200D
    int flag = 0;               // two regional indicators
    int ambiguous = 0;          // U+00B1
    friend bool operator==(const MeasuredWidths&, const MeasuredWidths&) = default;
};

// What an attached terminal can do, as far as known: a conservative set from its TERM, raised by its answers.
// A value.
struct Capabilities {
    enum class Colors : std::uint8_t { eight, sixteen, palette, direct };

    std::string name; // as it says itself (XTVERSION); may be empty
    Colors colors = Colors::palette;
    bool utf8 = true;
    bool kitty_keyboard = false;
    bool modify_other_keys = false; // asked for, as there is no kitty protocol
    bool synchronized_output = false;
    bool grapheme_clusters = false; // mode 2027 is on
    bool appearance_reports = false;
    bool styled_underline = false;
    bool underline_color = false;
    bool hyperlinks = true;
    bool cursor_shape = true;
    bool cursor_color = true;
    bool title = true;
    bool focus = true;
    bool clipboard = true; // OSC 52 is worth a try
    bool clipboard_confirmed = false;
    bool scroll_up_down = true; // SU and SD
    bool side_margins = false;  // DECSLRM
    // What may be asked without litter on the screen.
    bool asks_strings = true; // OSC and DCS queries
    bool asks_modes = true;   // CSI queries with a prefix
    MeasuredWidths widths;

    friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

// What the environment of a client says about its terminal.
struct TerminalHints {
    std::string term;      // TERM
    std::string colorterm; // COLORTERM
    std::string locale;    // the first of LC_ALL, LC_CTYPE, LANG that is not empty
};

// False for a terminal that cannot move its cursor (TERM=dumb).
bool is_usable(std::string_view term) noexcept;
Capabilities capabilities_of(const TerminalHints& hints);

} // namespace lunette::tty
