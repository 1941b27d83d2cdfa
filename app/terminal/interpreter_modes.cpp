#include "terminal/interpreter.h"

#include <algorithm>
#include <utility>

namespace lunette::terminal {

void Interpreter::set_ansi_modes(const Params& params, bool on) {
    for (std::size_t i = 0; i < params.size(); ++i) set_ansi_flag(screen_.modes(), params.at(i), on);
}

void Interpreter::set_private_modes(const Params& params, bool on) {
    for (std::size_t i = 0; i < params.size(); ++i) set_private_mode(params.at(i), on);
}

void Interpreter::use_alternate(bool on) {
    screen_.use_alternate(on);
    apply_keyboard_stack();
}

bool Interpreter::level_has_mode(int number) const noexcept { return number != 69 || level_ >= 4; }

void Interpreter::set_private_mode(int number, bool on) {
    if (!level_has_mode(number)) return;
    switch (number) {
    case 3:
        if (!screen_.modes().columns_may_change) return;
        break;
    case 47: use_alternate(on); return;
    case 1047:
        if (!on && screen_.alternate()) screen_.erase_display(EraseSpan::all);
        use_alternate(on);
        return;
    case 1048:
        if (on)
            screen_.save_cursor();
        else
            screen_.restore_cursor();
        return;
    case 1049:
        if (on && !screen_.alternate()) {
            screen_.save_cursor();
            use_alternate(true);
            screen_.erase_display(EraseSpan::all);
        } else if (!on && screen_.alternate()) {
            use_alternate(false);
            screen_.restore_cursor();
        }
        return;
    default: break;
    }
    if (set_private_flag(screen_.modes(), number, on)) mode_changed(number, on);
}

// What setting or resetting a mode does beside changing it.
void Interpreter::mode_changed(int number, bool on) {
    switch (number) {
    case 3: // DECCOLM; the width of a pane is not the program's to change
        screen_.modes().horizontal_margins = false;
        screen_.reset_horizontal_margins();
        screen_.set_vertical_margins(0, screen_.rows() - 1);
        screen_.erase_display(EraseSpan::all);
        screen_.move_to(0, 0);
        break;
    case 5: screen_.damage().mark(0, screen_.rows() - 1); break;
    case 6: screen_.move_to_addressed(0, 0); break;
    case 69:
        if (!on) screen_.reset_horizontal_margins();
        break;
    case 2026:
        // Updates that follow each other closely still end in a picture within the time.
        if (on && !std::exchange(hold_running_, true)) hold_ends_ = now_() + max_hold;
        break;
    case 2048:
        if (on) report_size();
        break;
    default: break;
    }
}

void Interpreter::save_private_modes(const Params& params) {
    for (std::size_t i = 0; i < params.size(); ++i) {
        const int number = params.at(i);
        const ModeState state = private_mode_state(screen_.modes(), screen_.alternate(), number);
        if (state != ModeState::set && state != ModeState::reset) continue;
        std::erase_if(saved_modes_, [number](const auto& saved) { return saved.first == number; });
        saved_modes_.emplace_back(number, state == ModeState::set);
    }
}

void Interpreter::restore_private_modes(const Params& params) {
    for (std::size_t i = 0; i < params.size(); ++i) {
        const int number = params.at(i);
        const auto saved = std::find_if(saved_modes_.begin(), saved_modes_.end(),
                                        [number](const auto& entry) { return entry.first == number; });
        if (saved != saved_modes_.end()) set_private_mode(number, saved->second);
    }
}

} // namespace lunette::terminal
