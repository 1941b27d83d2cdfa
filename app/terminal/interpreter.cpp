#include "terminal/interpreter.h"

#include <algorithm>
#include <utility>

namespace lunette::terminal {

Interpreter::Interpreter(const Terminal::Options& options)
    : screen_(options.columns, options.rows, options.scrollback_lines),
      version_(options.version),
      configured_palette_(Palette::standard()),
      palette_(configured_palette_),
      kitty_keyboard_(options.kitty_keyboard),
      terminal_name_(options.name),
      answerback_(options.answerback),
      now_(options.now ? options.now : [] { return std::chrono::steady_clock::now(); }) {
    special_colors_.fill(palette_.foreground);
}

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
    keyboard_ = {};
    title_stack_.clear();
    saved_modes_.clear();
    attribute_extent_ = 0;
    level_ = highest_level;
    if (progress_ != Progress{}) {
        progress_ = {};
        events_.push(ProgressChanged{});
    }
    content_changed();
}

void Interpreter::resize(int columns, int rows) {
    screen_.resize(columns, rows);
    content_changed();
    if (screen_.modes().size_reports) report_size();
}

std::optional<Terminal::TimePoint> Interpreter::held_until() {
    if (!screen_.modes().synchronized_output) return std::nullopt;
    if (now_() < hold_ends_) return hold_ends_;
    screen_.modes().synchronized_output = false;
    return std::nullopt;
}

std::vector<DamagedRow> Interpreter::take_damage() {
    if (held_until()) return {};
    hold_running_ = false;
    std::vector<DamagedRow> damaged = screen_.damage().take();
    for (DamagedRow& row : damaged) {
        // A write may have blanked the other half of a wide character beside it, or stands beside one.
        const std::span<const Cell> cells = screen_.grid().row(row.y).content();
        const auto shape = [&cells](int x) {
            return x < static_cast<int>(cells.size()) ? cells[static_cast<std::size_t>(x)].shape()
                                                      : Cell::Shape::narrow;
        };
        row.first = std::max(row.first - 1, 0);
        row.last = std::min(row.last + 1, screen_.columns() - 1);
        if (row.first > 0 && shape(row.first) == Cell::Shape::wide_tail) --row.first;
        if (row.last + 1 < screen_.columns() && shape(row.last) == Cell::Shape::wide) ++row.last;
    }
    return damaged;
}

std::string Interpreter::take_replies() { return std::exchange(replies_, {}); }

void Interpreter::refuse(InputRefused::Kind kind) {
    const unsigned bit = 1U << static_cast<unsigned>(kind);
    if ((std::exchange(refused_, refused_ | bit) & bit) == 0) events_.push(InputRefused{kind});
}

void Interpreter::line_feed() {
    screen_.line_feed();
    if (screen_.modes().newline) screen_.carriage_return();
}

void Interpreter::execute(unsigned char control) {
    screen_.end_cluster();
    switch (control) {
    case 0x05: reply(answerback_); break;
    case 0x07: events_.push(BellRang{}); break;
    case 0x08: screen_.move_back(1); break;
    case 0x09: screen_.tab(1); break;
    case 0x0A:
    case 0x0B:
    case 0x0C: line_feed(); break;
    case 0x0D: screen_.carriage_return(); break;
    case 0x0E: screen_.charsets().active = 1; break;
    case 0x0F: screen_.charsets().active = 0; break;
    default: break;
    }
}

void Interpreter::escape(const Sequence& sequence) {
    screen_.end_cluster();
    if (sequence.intermediate(0)) return escape_plain(sequence.final);
    if (designate(sequence)) return;
    if (sequence.intermediate('#') && sequence.final == '8') screen_.align();
}

// ESC ( … for sets of 94 characters, ESC - … for 96, with a second intermediate for later sets.
bool Interpreter::designate(const Sequence& sequence) {
    constexpr std::string_view sets_of_94 = "()*+";
    constexpr std::string_view sets_of_96 = "-./";
    const char first = sequence.intermediates[0];
    const char second = sequence.intermediate_count > 1 ? sequence.intermediates[1] : '\0';
    const std::size_t narrow = sets_of_94.find(first);
    const std::size_t wide = sets_of_96.find(first);
    if (narrow == sets_of_94.npos && wide == sets_of_96.npos) return false;
    const std::size_t set = narrow != sets_of_94.npos ? narrow : wide + 1;
    screen_.charsets().designated[set] =
        charset_of(second, sequence.final, wide != sets_of_96.npos, screen_.modes().national_charsets);
    return true;
}

void Interpreter::escape_plain(char final) {
    switch (final) {
    case '6': screen_.back_index(); break;
    case '7': screen_.save_cursor(); break;
    case '8': screen_.restore_cursor(); break;
    case '9': screen_.forward_index(); break;
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
    case 'V': screen_.set_protection(Protection::iso, true); break;
    case 'W': screen_.set_protection(Protection::iso, false); break;
    case 'Z': report_attributes(0); break;
    case 'c': reset(); break;
    case 'n': screen_.charsets().active = 2; break;
    case 'o': screen_.charsets().active = 3; break;
    default: break;
    }
}

} // namespace lunette::terminal
