#include "server/capability_texts.h"

namespace lunette::server {

namespace {

std::string yes_or_no(bool yes) { return yes ? "yes" : "no"; }

std::string colors_text(tty::Capabilities::Colors colors) {
    using Colors = tty::Capabilities::Colors;
    switch (colors) {
    case Colors::eight: return "8";
    case Colors::sixteen: return "16";
    case Colors::palette: return "256";
    case Colors::direct: return "direct (24 bit)";
    }
    return {};
}

std::string cells_text(int cells) { return cells == 0 ? "?" : std::to_string(cells); }

} // namespace

std::vector<std::pair<std::string, std::string>> capability_texts(const tty::Capabilities& can) {
    const std::string keys = can.kitty_keyboard ? "kitty's protocol"
                             : can.modify_other_keys
                                 ? "modifyOtherKeys"
                                 : "legacy: CTRL+SHIFT and a letter is CTRL and the letter";
    const std::string underline =
        std::string{can.styled_underline ? "styled" : "plain"} + (can.underline_color ? ", colored" : "");
    const std::string widths = cells_text(can.widths.emoji_presentation) + " emoji, " +
                               cells_text(can.widths.joined) + " joined, " + cells_text(can.widths.flag) +
                               " flag, " + cells_text(can.widths.ambiguous) + " ambiguous (cells, measured)";
    return {{"colors", colors_text(can.colors)},
            {"keyboard", keys},
            {"UTF-8", yes_or_no(can.utf8)},
            {"widths", widths},
            {"synchronized output", yes_or_no(can.synchronized_output)},
            {"grapheme clusters", yes_or_no(can.grapheme_clusters)},
            {"underlines", underline},
            {"hyperlinks", yes_or_no(can.hyperlinks)},
            {"focus reports", yes_or_no(can.focus)},
            {"clipboard (OSC 52)", can.clipboard_confirmed ? "yes"
                                   : can.clipboard         ? "tried, not confirmed"
                                                           : "no"}};
}

} // namespace lunette::server
