#include "terminal/interpreter.h"

#include <fmt/format.h>

namespace lunette::terminal {

namespace {

void append_color(std::string& out, Color color, int basic, int extended) {
    switch (color.kind()) {
    case Color::Kind::default_: return;
    case Color::Kind::indexed:
        if (basic > 0 && color.index() < 8)
            out += fmt::format(";{}", basic + color.index());
        else if (basic > 0 && color.index() < 16)
            out += fmt::format(";{}", basic + 60 + color.index() - 8);
        else
            out += fmt::format(";{}:5:{}", extended, color.index());
        return;
    case Color::Kind::direct:
        out += fmt::format(";{}:2::{}:{}:{}", extended, color.rgb().red, color.rgb().green, color.rgb().blue);
        return;
    }
}

std::string sgr_of(const Style& style) {
    std::string out = "0";
    constexpr std::pair<std::uint16_t, std::string_view> codes[] = {
        {attribute::bold, ";1"},    {attribute::faint, ";2"},       {attribute::italic, ";3"},
        {attribute::blink, ";5"},   {attribute::rapid_blink, ";6"}, {attribute::inverse, ";7"},
        {attribute::conceal, ";8"}, {attribute::strike, ";9"},      {attribute::overline, ";53"}};
    for (const auto& [bits, code] : codes) {
        if (style.has(bits)) out += code;
    }
    if (style.underline == Underline::single)
        out += ";4";
    else if (style.underline != Underline::none)
        out += fmt::format(";4:{}", static_cast<int>(style.underline));
    append_color(out, style.foreground, 30, 38);
    append_color(out, style.background, 40, 48);
    append_color(out, style.underline_color, 0, 58);
    return out;
}

// ITU-R BT.601 luma.
bool is_dark(Rgb rgb) { return rgb.red * 299 + rgb.green * 587 + rgb.blue * 114 < 128 * 1000; }

} // namespace

void Interpreter::reply(std::string_view bytes) {
    if (replies_.size() + bytes.size() <= max_reply_bytes) replies_ += bytes;
}

void Interpreter::report_attributes(char prefix) {
    switch (prefix) {
    // VT220 with ANSI colour and clipboard writing; no 4, which would promise sixel.
    case 0: reply("\x1B[?62;22;52c"); break;
    // Programs read the second number as xterm's patch level; from 277 on they use SGR mouse reports.
    case '>': reply("\x1B[>1;277;0c"); break;
    case '=': reply("\x1BP!|00000000\x1B\\"); break;
    default: break;
    }
}

void Interpreter::report_status(int kind, bool private_form) {
    if (kind == 5 && !private_form) reply("\x1B[0n");
    if (kind == 6) {
        const Cursor& cursor = screen_.cursor();
        const int top = screen_.modes().origin ? screen_.region_top() : 0;
        reply(fmt::format("\x1B[{}{};{}R", private_form ? "?" : "", cursor.y - top + 1, cursor.x + 1));
    }
    if (kind == 996 && private_form) reply(is_dark(palette_.background) ? "\x1B[?997;1n" : "\x1B[?997;2n");
}

void Interpreter::report_mode(int number, bool private_form) {
    const ModeState state = private_form ? private_mode_state(screen_.modes(), screen_.alternate(), number)
                                         : ansi_mode_state(screen_.modes(), number);
    reply(fmt::format("\x1B[{}{};{}$y", private_form ? "?" : "", number, static_cast<int>(state)));
}

void Interpreter::dcs(const Sequence& head, std::string_view content) {
    screen_.end_cluster();
    if (head.prefix == 0 && head.intermediate('$') && head.final == 'q') report_setting(content);
}

// DECRQSS.
void Interpreter::report_setting(std::string_view request) {
    std::string setting;
    if (request == "m")
        setting = sgr_of(screen_.pen()) + "m";
    else if (request == " q")
        setting = fmt::format("{} q", cursor_style_);
    else if (request == "r")
        setting = fmt::format("{};{}r", screen_.region_top() + 1, screen_.region_bottom() + 1);
    if (setting.empty())
        reply("\x1BP0$r\x1B\\");
    else
        reply("\x1BP1$r" + setting + "\x1B\\");
}

} // namespace lunette::terminal
