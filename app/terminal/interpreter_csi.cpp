#include "terminal/interpreter.h"

#include "terminal/sgr.h"

#include <algorithm>

namespace lunette::terminal {

void Interpreter::csi(const Sequence& sequence) {
    const Params& params = sequence.params;
    // The most frequent one; it moves nothing, so a following mark still joins.
    if (sequence.final == 'm' && sequence.prefix == 0 && sequence.intermediate_count == 0) {
        apply_sgr(screen_.pen(), params);
        screen_.pen_changed();
        return;
    }
    screen_.end_cluster();
    if (sequence.intermediate_count > 0) return csi_intermediate(sequence);
    switch (sequence.prefix) {
    case 0: return csi_plain(sequence.final, params);
    case '?': return csi_private(sequence.final, params);
    default: break;
    }
    if (csi_keyboard(sequence.prefix, sequence.final, params)) return;
    if (sequence.final == 'c' && params.at(0) == 0)
        report_attributes(sequence.prefix);
    else if (sequence.prefix == '>' && sequence.final == 'q' && params.at(0) == 0)
        reply("\x1BP>|" + version_ + "\x1B\\");
}

void Interpreter::csi_plain(char final, const Params& params) {
    if (csi_cursor(final, params) || csi_edit(final, params)) return;
    switch (final) {
    case 'c':
        if (params.at(0) == 0) report_attributes(0);
        break;
    case 'g': clear_tab_stops(params.at(0)); break;
    case 'h': set_ansi_modes(params, true); break;
    case 'l': set_ansi_modes(params, false); break;
    case 'n': report_status(params.at(0)); break;
    case 'r':
        screen_.set_vertical_margins(params.count(0) - 1,
                                     params.at(1) > 0 ? params.at(1) - 1 : screen_.rows() - 1);
        break;
    case 's':
        if (screen_.modes().horizontal_margins)
            screen_.set_horizontal_margins(params.count(0) - 1,
                                           params.at(1) > 0 ? params.at(1) - 1 : screen_.columns() - 1);
        else
            screen_.save_cursor();
        break;
    case 't': window_operation(params); break;
    case 'u': screen_.restore_cursor(); break;
    case 'x': report_parameters(params.at(0)); break;
    default: break;
    }
}

bool Interpreter::csi_cursor(char final, const Params& params) {
    const int n = params.count(0);
    const Cursor& cursor = screen_.cursor();
    const bool origin = screen_.modes().origin;
    const int left = origin ? screen_.margins().left : 0;
    const int top = origin ? screen_.margins().top : 0;
    switch (final) {
    case 'A':
    case 'k': screen_.move_vertically(-n); break;
    case 'B': screen_.move_vertically(n); break;
    case 'e': screen_.move_to_addressed(cursor.x - left, cursor.y - top + n); break;
    case 'C': screen_.move_horizontally(n); break;
    case 'a': screen_.move_to_addressed(cursor.x - left + n, cursor.y - top); break;
    case 'D':
    case 'j': screen_.move_back(n); break;
    case 'E':
        screen_.move_vertically(n);
        screen_.carriage_return();
        break;
    case 'F':
        screen_.move_vertically(-n);
        screen_.carriage_return();
        break;
    case 'G':
    case '`': screen_.move_to_addressed(n - 1, cursor.y - top); break;
    case 'H':
    case 'f': screen_.move_to_addressed(params.count(1) - 1, n - 1); break;
    case 'I': screen_.tab(n); break;
    case 'Z': screen_.back_tab(n); break;
    case 'd': screen_.move_to_addressed(cursor.x - left, n - 1); break;
    default: return false;
    }
    return true;
}

bool Interpreter::csi_edit(char final, const Params& params) {
    const int n = params.count(0);
    const auto erase = static_cast<EraseSpan>(std::clamp(params.at(0), 0, 2));
    switch (final) {
    case '@': screen_.insert_characters(n); break;
    case 'J':
        if (params.at(0) == 3)
            screen_.scrollback().clear();
        else if (params.at(0) < 3)
            screen_.erase_display(erase);
        break;
    case 'K':
        if (params.at(0) < 3) screen_.erase_line(erase);
        break;
    case 'L': screen_.insert_lines(n); break;
    case 'M': screen_.delete_lines(n); break;
    case 'P': screen_.delete_characters(n); break;
    case 'S': screen_.scroll_up(n); break;
    case 'T':
        // With more parameters it would be highlight mouse tracking.
        if (params.size() <= 1) screen_.scroll_down(n);
        break;
    case '^': screen_.scroll_down(n); break;
    case 'X': screen_.erase_characters(n); break;
    case 'b': screen_.repeat_last(n); break;
    default: return false;
    }
    return true;
}

void Interpreter::csi_private(char final, const Params& params) {
    if (csi_keyboard('?', final, params)) return;
    switch (final) {
    case 'J':
        if (params.at(0) < 3) screen_.erase_display(static_cast<EraseSpan>(params.at(0)), Erasing::selective);
        break;
    case 'K':
        if (params.at(0) < 3) screen_.erase_line(static_cast<EraseSpan>(params.at(0)), Erasing::selective);
        break;
    case 'W': // DECST8C
        if (params.at(0) == 5) screen_.reset_tab_stops();
        break;
    case 'h': set_private_modes(params, true); break;
    case 'l': set_private_modes(params, false); break;
    case 'n': report_private_status(params); break;
    case 'r': restore_private_modes(params); break;
    case 's': save_private_modes(params); break;
    default: break;
    }
}

void Interpreter::csi_intermediate(const Sequence& sequence) {
    const Params& params = sequence.params;
    const auto is = [&sequence](char prefix, char intermediate, char final) {
        return sequence.prefix == prefix && sequence.intermediate(intermediate) && sequence.final == final;
    };
    if (is(0, ' ', 'q'))
        set_cursor_style(params.at(0));
    else if (is(0, ' ', '@'))
        screen_.scroll_left(params.count(0));
    else if (is(0, ' ', 'A'))
        screen_.scroll_right(params.count(0));
    else if (is(0, '!', 'p'))
        screen_.soft_reset();
    else if (is(0, '$', 'p'))
        report_mode(params.at(0), false);
    else if (is('?', '$', 'p'))
        report_mode(params.at(0), true);
    else if (is(0, '"', 'p'))
        set_conformance(params);
    else if (is(0, '"', 'q') && params.at(0) <= 2)
        screen_.set_protection(Protection::dec, params.at(0) == 1);
    else if (is(0, '\'', '}'))
        screen_.insert_columns(params.count(0));
    else if (is(0, '\'', '~'))
        screen_.delete_columns(params.count(0));
    else if (sequence.prefix == 0 && sequence.intermediate_count == 1)
        csi_rectangle(sequence.intermediates[0], sequence.final, params);
}

void Interpreter::clear_tab_stops(int kind) {
    if (kind == 0) screen_.set_tab_stop(false);
    if (kind == 3) screen_.clear_tab_stops();
}

void Interpreter::set_cursor_style(int style) {
    if (style < 0 || style > 6) return;
    constexpr CursorShape shapes[] = {CursorShape::default_,  CursorShape::block,     CursorShape::block,
                                      CursorShape::underline, CursorShape::underline, CursorShape::bar,
                                      CursorShape::bar};
    cursor_style_ = style;
    cursor_shape_ = shapes[style];
    screen_.modes().cursor_blink = style % 2 == 1;
}

// DECSCL, up to the level of DA1. Below 3 DECRQM is unknown and below 4 mode 69; all else is always
// understood. Asking for a level is a reset.
void Interpreter::set_conformance(const Params& params) {
    if (params.at(0) < 61 || params.at(0) > 65) return;
    level_ = std::min(params.at(0) - 60, highest_level);
    screen_.soft_reset();
    screen_.move_to(0, 0);
    screen_.erase_display(EraseSpan::all);
}

} // namespace lunette::terminal
