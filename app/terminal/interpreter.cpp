#include "terminal/interpreter.h"

#include "terminal/sgr.h"

#include <algorithm>
#include <utility>

namespace lunette::terminal {

Interpreter::Interpreter(const Terminal::Options& options)
    : screen_(options.columns, options.rows, options.scrollback_lines),
      version_(options.version),
      configured_palette_(Palette::standard()),
      palette_(configured_palette_) {}

void Interpreter::feed(std::string_view bytes) {
    // Between slices nobody but cells holds ids, so the tables can be swept.
    constexpr std::size_t slice_bytes = 64 * 1024;
    const Cursor before = screen_.cursor();
    while (!bytes.empty()) {
        parser_.feed(bytes.substr(0, slice_bytes), *this);
        bytes.remove_prefix(std::min(slice_bytes, bytes.size()));
        screen_.sweep_if_needed();
    }
    const Cursor& after = screen_.cursor();
    if (screen_.damage().take_touched() || before.x != after.x || before.y != after.y) content_changed();
}

void Interpreter::reset() {
    screen_.reset();
    screen_.scrollback().clear();
    palette_ = configured_palette_;
    cursor_shape_ = CursorShape::default_;
    cursor_style_ = 0;
    title_stack_.clear();
    saved_modes_.clear();
    if (progress_ != Progress{}) {
        progress_ = {};
        events_.push(ProgressChanged{});
    }
    content_changed();
}

void Interpreter::set_palette(const Palette& palette) {
    configured_palette_ = palette;
    palette_ = palette;
}

std::string Interpreter::take_replies() { return std::exchange(replies_, {}); }

void Interpreter::execute(unsigned char control) {
    screen_.end_cluster();
    switch (control) {
    case 0x07: events_.push(BellRang{}); break;
    case 0x08: screen_.backspace(); break;
    case 0x09: screen_.tab(1); break;
    case 0x0A:
    case 0x0B:
    case 0x0C:
        screen_.line_feed();
        if (screen_.modes().newline) screen_.carriage_return();
        break;
    case 0x0D: screen_.carriage_return(); break;
    case 0x0E: screen_.charsets().active = 1; break;
    case 0x0F: screen_.charsets().active = 0; break;
    default: break;
    }
}

void Interpreter::designate(std::size_t set, char final) {
    Charset charset = Charset::ascii;
    if (final == '0') charset = Charset::dec_graphics;
    if (final == 'A') charset = Charset::british;
    screen_.charsets().designated[set] = charset;
}

void Interpreter::escape(const Sequence& sequence) {
    screen_.end_cluster();
    if (sequence.intermediate(0)) return escape_plain(sequence.final);
    if (sequence.intermediate('#') && sequence.final == '8') {
        screen_.soft_reset();
        screen_.move_to(0, 0);
        screen_.fill_with('E');
        return;
    }
    constexpr std::string_view designators = "()*+";
    const std::size_t set = designators.find(sequence.intermediates[0]);
    if (sequence.intermediate_count == 1 && set != std::string_view::npos) designate(set, sequence.final);
}

void Interpreter::escape_plain(char final) {
    switch (final) {
    case '7': screen_.save_cursor(); break;
    case '8': screen_.restore_cursor(); break;
    case '=': screen_.modes().application_keypad = true; break;
    case '>': screen_.modes().application_keypad = false; break;
    case 'D': screen_.line_feed(); break;
    case 'E':
        screen_.line_feed();
        screen_.carriage_return();
        break;
    case 'H': screen_.set_tab_stop(true); break;
    case 'M': screen_.reverse_line_feed(); break;
    case 'N': screen_.charsets().single_shift = 2; break;
    case 'O': screen_.charsets().single_shift = 3; break;
    case 'Z': report_attributes(0); break;
    case 'c': reset(); break;
    case 'n': screen_.charsets().active = 2; break;
    case 'o': screen_.charsets().active = 3; break;
    default: break;
    }
}

void Interpreter::csi(const Sequence& sequence) {
    const Params& params = sequence.params;
    // The most frequent one; it moves nothing, so a following mark still joins.
    if (sequence.final == 'm' && sequence.prefix == 0 && sequence.intermediate_count == 0) {
        apply_sgr(screen_.pen(), params);
        screen_.pen_changed();
        return;
    }
    screen_.end_cluster();
    const auto is = [&sequence](char prefix, char intermediate, char final) {
        return sequence.prefix == prefix && sequence.intermediate(intermediate) && sequence.final == final;
    };
    if (sequence.prefix == 0 && sequence.intermediate_count == 0)
        csi_plain(sequence.final, params);
    else if (sequence.prefix == '?' && sequence.intermediate_count == 0)
        csi_private(sequence.final, params);
    else if (is(0, ' ', 'q'))
        set_cursor_style(params.at(0));
    else if (is(0, '!', 'p'))
        screen_.soft_reset();
    else if (is(0, '$', 'p'))
        report_mode(params.at(0), false);
    else if (is('?', '$', 'p'))
        report_mode(params.at(0), true);
    else if (is('>', 0, 'c') || is('=', 0, 'c'))
        report_attributes(sequence.prefix);
    else if (is('>', 0, 'q') && params.at(0) == 0)
        reply("\x1BP>|" + version_ + "\x1B\\");
}

void Interpreter::csi_plain(char final, const Params& params) {
    if (csi_cursor(final, params) || csi_edit(final, params)) return;
    switch (final) {
    case 'c':
        if (params.at(0) == 0) report_attributes(0);
        break;
    case 'h': set_ansi_modes(params, true); break;
    case 'l': set_ansi_modes(params, false); break;
    case 'n': report_status(params.at(0), false); break;
    case 'r':
        screen_.set_region(params.count(0) - 1, params.at(1) > 0 ? params.at(1) - 1 : screen_.rows() - 1);
        break;
    case 's': screen_.save_cursor(); break;
    case 't': window_operation(params); break;
    case 'u': screen_.restore_cursor(); break;
    default: break;
    }
}

bool Interpreter::csi_cursor(char final, const Params& params) {
    const int n = params.count(0);
    const Cursor& cursor = screen_.cursor();
    const int top = screen_.modes().origin ? screen_.region_top() : 0;
    switch (final) {
    case 'A':
    case 'k': screen_.move_vertically(-n); break;
    case 'B': screen_.move_vertically(n); break;
    case 'e': screen_.move_to_addressed(cursor.x, cursor.y - top + n); break;
    case 'C':
    case 'a': screen_.move_horizontally(n); break;
    case 'D':
    case 'j': screen_.move_horizontally(-n); break;
    case 'E':
        screen_.move_vertically(n);
        screen_.carriage_return();
        break;
    case 'F':
        screen_.move_vertically(-n);
        screen_.carriage_return();
        break;
    case 'G':
    case '`': screen_.move_to(n - 1, cursor.y); break;
    case 'H':
    case 'f': screen_.move_to_addressed(params.count(1) - 1, n - 1); break;
    case 'I': screen_.tab(n); break;
    case 'Z': screen_.back_tab(n); break;
    case 'd': screen_.move_to_addressed(cursor.x, n - 1); break;
    case 'g':
        if (params.at(0) == 0) screen_.set_tab_stop(false);
        if (params.at(0) == 3) screen_.clear_tab_stops();
        break;
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
    switch (final) {
    case 'J':
    case 'K': csi_edit(final, params); break; // selective: nothing is ever protected
    case 'h': set_private_modes(params, true); break;
    case 'l': set_private_modes(params, false); break;
    case 'n': report_status(params.at(0), true); break;
    case 'r': restore_private_modes(params); break;
    case 's': save_private_modes(params); break;
    default: break;
    }
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

} // namespace lunette::terminal
