#include "tty/capabilities.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace lunette::tty {

namespace {

bool starts_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_utf8_locale(std::string_view locale) {
    std::string letters;
    for (const char c : locale)
        if (std::isalnum(static_cast<unsigned char>(c)))
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return letters.find("utf8") != std::string::npos;
}

} // namespace

bool is_usable(std::string_view term) noexcept { return term != "dumb"; }

Capabilities capabilities_of(const TerminalHints& hints) {
    Capabilities can;
    const std::string_view term = hints.term;
    can.utf8 = is_utf8_locale(hints.locale);
    if (hints.colorterm == "truecolor" || hints.colorterm == "24bit" || ends_with(term, "-direct"))
        can.colors = Capabilities::Colors::direct;
    // Names that these terminals give themselves; over SSH COLORTERM is mostly lost.
    constexpr std::array<std::string_view, 7> direct{"xterm-kitty", "xterm-ghostty", "ghostty", "alacritty",
                                                     "foot",        "wezterm",       "contour"};
    if (std::any_of(direct.begin(), direct.end(),
                    [&](std::string_view name) { return starts_with(term, name); }))
        can.colors = Capabilities::Colors::direct;
    if (starts_with(term, "linux")) {
        // The Linux console (drivers/tty/vt/vt.c): older kernels show strings and queries with a prefix as
        // text.
        can.colors = Capabilities::Colors::sixteen;
        can.asks_strings = can.asks_modes = false;
        can.hyperlinks = can.cursor_shape = can.cursor_color = can.title = false;
        can.focus = can.clipboard = can.scroll_up_down = false;
    } else if (starts_with(term, "screen") && !starts_with(term, "screen.xterm")) {
        // GNU screen hands the content of a DCS to the terminal it runs in (screen's manual, "String
        // Escapes"). tmux calls itself so, too.
        can.asks_strings = false;
        can.hyperlinks = can.cursor_color = can.clipboard = can.scroll_up_down = false;
    } else if (starts_with(term, "vt1") || starts_with(term, "vt2") || term == "ansi" || term == "cons25") {
        can.colors = Capabilities::Colors::eight;
        can.asks_strings = can.asks_modes = false;
        can.hyperlinks = can.cursor_shape = can.cursor_color = can.title = false;
        can.focus = can.clipboard = can.scroll_up_down = false;
    }
    if (ends_with(term, "-16color")) can.colors = Capabilities::Colors::sixteen;
    if (ends_with(term, "-mono") || ends_with(term, "-8color")) can.colors = Capabilities::Colors::eight;
    return can;
}

} // namespace lunette::tty
