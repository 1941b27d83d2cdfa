#include "terminal/interpreter.h"

#include <fmt/format.h>

namespace lunette::terminal {

namespace {

// ITU-R BT.601 luma.
bool is_dark(Rgb rgb) { return rgb.red * 299 + rgb.green * 587 + rgb.blue * 114 < 128 * 1000; }

} // namespace

void Interpreter::reply(std::string_view bytes) {
    if (replies_.size() + bytes.size() <= max_reply_bytes)
        replies_ += bytes;
    else
        refuse(InputRefused::Kind::too_many_replies);
}

void Interpreter::report_attributes(char prefix) {
    switch (prefix) {
    // VT420 with selective erase, national character sets, horizontal scrolling, ANSI colour,
    // rectangular editing and clipboard writing; no 4, which would promise sixel.
    case 0: reply("\x1B[?64;6;9;21;22;28;52c"); break;
    // Programs read the second number as xterm's patch level; 380 has what is supported here.
    case '>': reply("\x1B[>41;380;0c"); break;
    case '=': reply("\x1BP!|00000000\x1B\\"); break;
    default: break;
    }
}

// DECREQTPARM, as xterm: no parity, 8 bits, 38400 baud.
void Interpreter::report_parameters(int kind) {
    if (kind <= 1) reply(fmt::format("\x1B[{};1;1;128;128;1;0x", kind + 2));
}

void Interpreter::report_status(int kind) {
    if (kind == 5) reply("\x1B[0n");
    if (kind != 6) return;
    const Cursor& cursor = screen_.cursor();
    const Rectangle& margins = screen_.margins();
    const bool origin = screen_.modes().origin;
    reply(fmt::format("\x1B[{};{}R", cursor.y - (origin ? margins.top : 0) + 1,
                      cursor.x - (origin ? margins.left : 0) + 1));
}

void Interpreter::report_private_status(const Params& params) {
    switch (params.at(0)) {
    case 6: {
        const Cursor& cursor = screen_.cursor();
        const Rectangle& margins = screen_.margins();
        const bool origin = screen_.modes().origin;
        reply(fmt::format("\x1B[?{};{};1R", cursor.y - (origin ? margins.top : 0) + 1,
                          cursor.x - (origin ? margins.left : 0) + 1));
        break;
    }
    case 15: reply("\x1B[?13n"); break;       // no printer
    case 25: reply("\x1B[?21n"); break;       // user-defined keys are locked
    case 26: reply("\x1B[?27;0;0;0n"); break; // a keyboard of unknown language
    case 53:                                  // no locator
    case 55: reply("\x1B[?50n"); break;
    case 56: reply("\x1B[?57;0n"); break;
    case 62: reply("\x1B[0*{"); break; // no room for macros
    case 63: reply(fmt::format("\x1BP{}!~0000\x1B\\", params.at(1))); break;
    case 75: reply("\x1B[?70n"); break; // no errors
    case 85: reply("\x1B[?83n"); break; // one session
    case 996: report_color_scheme(); break;
    default: break;
    }
}

void Interpreter::report_color_scheme() {
    reply(is_dark(palette_.background) ? "\x1B[?997;1n" : "\x1B[?997;2n");
}

void Interpreter::set_palette(const Palette& palette) {
    const bool was_dark = is_dark(palette_.background);
    configured_palette_ = palette;
    palette_ = palette;
    special_colors_.fill(palette.foreground);
    if (screen_.modes().color_scheme_reports && was_dark != is_dark(palette.background))
        report_color_scheme();
}

void Interpreter::report_mode(int number, bool private_form) {
    if (level_ < 3) return;
    ModeState state = private_form ? private_mode_state(screen_.modes(), screen_.alternate(), number)
                                   : ansi_mode_state(screen_.modes(), number);
    if (private_form && !level_has_mode(number)) state = ModeState::unknown;
    reply(fmt::format("\x1B[{}{};{}$y", private_form ? "?" : "", number, static_cast<int>(state)));
}

void Interpreter::report_size() {
    reply(fmt::format("\x1B[48;{};{};{};{}t", screen_.rows(), screen_.columns(),
                      screen_.rows() * cell_size_.height, screen_.columns() * cell_size_.width));
}

// XTWINOPS, of which only what is safe and has a meaning here: sizes and the title stack, and the title
// for who asked for that risk.
void Interpreter::window_operation(const Params& params) {
    const bool pixels_known = cell_size_.width > 0 && cell_size_.height > 0;
    switch (params.at(0)) {
    case 14:
        if (pixels_known)
            reply(fmt::format("\x1B[4;{};{}t", screen_.rows() * cell_size_.height,
                              screen_.columns() * cell_size_.width));
        break;
    case 16:
        if (pixels_known) reply(fmt::format("\x1B[6;{};{}t", cell_size_.height, cell_size_.width));
        break;
    case 18: reply(fmt::format("\x1B[8;{};{}t", screen_.rows(), screen_.columns())); break;
    case 20:
        if (preferences_.title_reports) reply("\x1B]L" + titles_.icon + "\x1B\\");
        break;
    case 21:
        if (preferences_.title_reports) reply("\x1B]l" + titles_.window + "\x1B\\");
        break;
    case 22: title_stack_.push(titles_); break;
    case 23: {
        // 0 both, 1 icon, 2 window; the entry goes whichever was wanted.
        Titles saved;
        if (!title_stack_.pop(saved)) break;
        if (params.at(1) != 1) titles_.window = std::move(saved.window);
        if (params.at(1) != 2) titles_.icon = std::move(saved.icon);
        events_.push(TitleChanged{});
        content_changed();
        break;
    }
    default: break;
    }
}

} // namespace lunette::terminal
