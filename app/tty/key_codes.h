#pragma once

#include "model/key.h"
#include "tty/sequence.h"

#include <optional>
#include <vector>

// How terminals encode keys: control characters, SS3, CSI with letters and numbers, CSI u of the kitty
// keyboard protocol and of xterm, xterm's modifyOtherKeys. Sources: xterm ctlseqs;
// sw.kovidgoyal.net/kitty/keyboard-protocol; rxvt's and the Linux console's own forms. Pure.
namespace lunette::tty {

// A control character or DEL on its own. `erase` is what Backspace sends.
model::KeyEvent control_key(unsigned char byte, unsigned char erase) noexcept;
// After ESC O; nothing for other letters.
std::optional<model::KeyEvent> single_shift_key(char letter) noexcept;
// After ESC [ [ (Linux console: F1 to F5).
std::optional<model::KeyEvent> linux_key(char letter) noexcept;
// A control sequence that is a key; empty for others. More than one when a key typed a text of several
// characters.
std::vector<model::KeyEvent> sequence_keys(const ControlSequence& sequence, unsigned char erase);

} // namespace lunette::tty
