#include "tty/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace lunette::tty {

namespace {

using Colors = Capabilities::Colors;

// Rows (1-based) of the samples: the report of the cursor says of which sample it is. None is in the
// first row, as such a report would read like F3.
constexpr int utf8_row = 2;
constexpr int emoji_row = 3;
constexpr int joined_row = 4;
constexpr int flag_row = 5;
constexpr int ambiguous_row = 6;
constexpr int least_columns = 12;

bool has_room(int columns, int rows) noexcept { return columns >= least_columns && rows >= ambiguous_row; }

std::string sample(int row, std::string_view text) { return fmt::format("\x1B[{};1H{}\x1B[6n", row, text); }

bool contains(std::string_view text, std::string_view part) noexcept {
    return text.find(part) != std::string_view::npos;
}

// Terminals that do not answer all questions, by the name that they give.
void apply_name(Capabilities& can) noexcept {
    constexpr std::array<std::string_view, 9> modern{"kitty",   "ghostty", "WezTerm", "foot",   "alacritty",
                                                     "Contour", "iTerm2",  "rio",     "Lunette"};
    if (std::none_of(modern.begin(), modern.end(), [&](std::string_view name) {
            return std::string_view{can.name}.substr(0, name.size()) == name;
        }))
        return;
    can.colors = Colors::direct;
    can.styled_underline = can.underline_color = true;
    can.hyperlinks = can.clipboard = true;
}

// What DECRQSS says of the rendition set before it.
void apply_rendition(Capabilities& can, std::string_view setting) noexcept {
    if (contains(setting, "48:2:1:2:3") || contains(setting, "48:2::1:2:3") ||
        contains(setting, "48;2;1;2;3"))
        can.colors = Colors::direct;
    if (contains(setting, "4:3")) can.styled_underline = true;
    if (contains(setting, "58:2:") || contains(setting, "58;2;")) can.underline_color = true;
}

void apply_mode(Capabilities& can, const ModeReply& mode) noexcept {
    const bool known = mode.state >= 1 && mode.state <= 3;
    switch (mode.mode) {
    case 69: can.side_margins = known; break;
    case 2026: can.synchronized_output = known; break;
    case 2027: can.grapheme_clusters = mode.state == 1 || mode.state == 3; break;
    case 2031: can.appearance_reports = known; break;
    default: break;
    }
}

void apply_cursor(Capabilities& can, const CursorReply& cursor) noexcept {
    const int width = cursor.column - 1;
    if (width < 1 || width >= least_columns) return;
    switch (cursor.row) {
    case utf8_row: can.utf8 = width == 1; break;
    case emoji_row: can.widths.emoji_presentation = width; break;
    case joined_row: can.widths.joined = width; break;
    case flag_row: can.widths.flag = width; break;
    case ambiguous_row: can.widths.ambiguous = width; break;
    default: break;
    }
}

void apply_termcap(Capabilities& can, const TermcapReply& termcap) noexcept {
    if (!termcap.valid) return;
    if (termcap.name == "RGB" || termcap.name == "Tc") can.colors = Colors::direct;
    if (termcap.name == "Smulx") can.styled_underline = true;
    if (termcap.name == "Setulc") can.underline_color = true;
    if (termcap.name == "Ms") can.clipboard = can.clipboard_confirmed = true;
}

} // namespace

std::string width_samples(int columns, int rows) {
    if (!has_room(columns, rows)) return {};
    return sample(emoji_row, "\u26A0\uFE0F") +
           sample(joined_row, "\U0001F468\u200D\U0001F469\u200D\U0001F467") +
           sample(flag_row, "\U0001F1E9\U0001F1EA") + sample(ambiguous_row, "\u00B1");
}

std::string probe_sequence(const Capabilities& can, int columns, int rows) {
    std::string out;
    if (has_room(columns, rows)) out += sample(utf8_row, "\u00E9");
    if (can.utf8) out += width_samples(columns, rows);
    if (can.asks_modes) {
        out += "\x1B[?u\x1B[>0q\x1B[16t";
        for (const int mode : {69, 2026, 2027, 2031}) out += fmt::format("\x1B[?{}$p", mode);
    }
    if (can.asks_strings) {
        // Each rendition by itself: a terminal may ignore a sequence because of a part that it does not know.
        out += "\x1B[48;2;1;2;3m\x1B[4:3m\x1B[58:2::1:2:3m\x1BP$qm\x1B\\\x1B[m";
        // XTGETTCAP, names in hexadecimal: RGB Smulx Setulc Ms.
        for (const std::string_view name : {"524742", "536D756C78", "536574756C63", "4D73"})
            out += fmt::format("\x1BP+q{}\x1B\\", name);
        out += "\x1B]10;?\x1B\\\x1B]11;?\x1B\\";
        for (int i = 0; i < 16; ++i) out += fmt::format("\x1B]4;{};?\x1B\\", i);
    }
    return out + "\x1B[c";
}

void apply_reply(Capabilities& can, const Reply& reply) {
    if (const auto* mode = std::get_if<ModeReply>(&reply)) apply_mode(can, *mode);
    if (const auto* cursor = std::get_if<CursorReply>(&reply)) apply_cursor(can, *cursor);
    if (const auto* termcap = std::get_if<TermcapReply>(&reply)) apply_termcap(can, *termcap);
    if (std::holds_alternative<KittyFlagsReply>(reply)) can.kitty_keyboard = true;
    if (const auto* version = std::get_if<VersionReply>(&reply)) {
        can.name = version->text;
        apply_name(can);
    }
    if (const auto* setting = std::get_if<SettingReply>(&reply))
        if (setting->valid && !setting->text.empty() && setting->text.back() == 'm')
            apply_rendition(can, setting->text);
    if (const auto* attributes = std::get_if<AttributesReply>(&reply))
        if (std::count(attributes->attributes.begin(), attributes->attributes.end(), 52) > 0)
            can.clipboard = can.clipboard_confirmed = true;
}

} // namespace lunette::tty
