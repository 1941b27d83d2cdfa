#pragma once

#include "model/key.h"
#include "terminal/modes.h"
#include "terminal/preferences.h"

#include <string>
#include <string_view>

// From input events to the bytes a program in a pane expects: as xterm sends them, or after the
// kitty keyboard protocol where the program asked for it.
namespace lunette::terminal {

// Empty for keys that send nothing: releases and bare modifiers, unless the program wants them.
std::string encode_key(const model::KeyEvent& event, const Modes& modes);

// Pasted text: newlines become `newlines`, other controls but tab and any embedded end of a bracketed
// paste are removed; wrapped in ESC[200~ … ESC[201~ when the program asked for it.
std::string encode_paste(std::string_view text, const Modes& modes,
                         PastedNewlines newlines = PastedNewlines::carriage_return);

// Empty unless the program asked for focus events.
std::string encode_focus(bool focused, const Modes& modes);

} // namespace lunette::terminal
