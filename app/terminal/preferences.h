#pragma once

#include <cstdint>

namespace lunette::terminal {

enum class CursorShape : std::uint8_t { default_, block, underline, bar };

// What a pasted line ends with.
enum class PastedNewlines : std::uint8_t { as_they_are, line_feed, carriage_return, both };

// The user's wishes that programs do not set. A value.
struct Preferences {
    // The cursor until a program chooses one; default_ is the outer terminal's own.
    CursorShape cursor_shape = CursorShape::default_;
    bool cursor_blinks = false;
    bool cursor_is_steady = false; // whatever programs ask for
    // Answers CSI 21 t. A program could type what another one wrote into the title.
    bool title_reports = false;
    PastedNewlines pasted_newlines = PastedNewlines::carriage_return;

    friend bool operator==(const Preferences&, const Preferences&) = default;
};

} // namespace lunette::terminal
