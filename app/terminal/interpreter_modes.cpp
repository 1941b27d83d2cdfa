#include "terminal/interpreter.h"

#include <algorithm>

namespace lunette::terminal {

void Interpreter::set_ansi_modes(const Params& params, bool on) {
    for (std::size_t i = 0; i < params.size(); ++i) set_ansi_flag(screen_.modes(), params.at(i), on);
}

void Interpreter::set_private_modes(const Params& params, bool on) {
    for (std::size_t i = 0; i < params.size(); ++i) set_private_mode(params.at(i), on);
}

void Interpreter::set_private_mode(int number, bool on) {
    switch (number) {
    case 47: screen_.use_alternate(on); return;
    case 1047:
        if (!on && screen_.alternate()) screen_.erase_display(EraseSpan::all);
        screen_.use_alternate(on);
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
            screen_.use_alternate(true);
            screen_.erase_display(EraseSpan::all);
        } else if (!on && screen_.alternate()) {
            screen_.use_alternate(false);
            screen_.restore_cursor();
        }
        return;
    default: break;
    }
    if (!set_private_flag(screen_.modes(), number, on)) return;
    if (number == 6) screen_.move_to_addressed(0, 0);
    if (number == 5) screen_.damage().mark(0, screen_.rows() - 1);
}

void Interpreter::save_private_modes(const Params& params) {
    for (std::size_t i = 0; i < params.size(); ++i) {
        const int number = params.at(i);
        const ModeState state = private_mode_state(screen_.modes(), screen_.alternate(), number);
        if (state == ModeState::unknown) continue;
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
