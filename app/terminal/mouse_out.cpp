#include "terminal/mouse_out.h"

#include "model/utf8.h"

#include <fmt/format.h>

#include <algorithm>

namespace lunette::terminal {

namespace {

using model::Modifiers;

bool is_wheel(MouseButton button) noexcept {
    return button >= MouseButton::wheel_up && button <= MouseButton::wheel_right;
}

// The low bits of a report (xterm ctlseqs, "Mouse Tracking"): 3 is no button, 64 on wheels, 128 on
// the buttons beyond.
int button_code(MouseButton button) noexcept {
    switch (button) {
    case MouseButton::none: return 3;
    case MouseButton::left: return 0;
    case MouseButton::middle: return 1;
    case MouseButton::right: return 2;
    case MouseButton::wheel_up: return 64;
    case MouseButton::wheel_down: return 65;
    case MouseButton::wheel_left: return 66;
    case MouseButton::wheel_right: return 67;
    case MouseButton::back: return 128;
    case MouseButton::forward: return 129;
    }
    return 3;
}

bool wanted(const MouseInput& input, MouseTracking tracking) noexcept {
    switch (tracking) {
    case MouseTracking::off: return false;
    case MouseTracking::x10:
        return input.action == MouseAction::press && input.button >= MouseButton::left &&
               input.button <= MouseButton::right;
    case MouseTracking::press_release: break;
    case MouseTracking::button_motion:
        if (input.action == MouseAction::motion && input.button != MouseButton::none) return true;
        break;
    case MouseTracking::any_motion: return input.action != MouseAction::release || !is_wheel(input.button);
    }
    if (input.action == MouseAction::motion) return false;
    return input.action == MouseAction::press || !is_wheel(input.button);
}

int modifier_bits(Modifiers modifiers) noexcept {
    int bits = 0;
    if (model::contains(modifiers, Modifiers::shift)) bits |= 4;
    if (model::contains(modifiers, Modifiers::alt) || model::contains(modifiers, Modifiers::meta)) bits |= 8;
    if (model::contains(modifiers, Modifiers::ctrl)) bits |= 16;
    return bits;
}

// One byte, or a code point of two bytes in mode 1005; nothing fits beyond.
bool append_coordinate(std::string& out, int value, bool utf8) {
    const int code = value + 32;
    if (code > (utf8 ? 0x7FF : 0xFF)) return false;
    if (utf8)
        model::append_utf8(out, static_cast<char32_t>(code));
    else
        out += static_cast<char>(code);
    return true;
}

std::string encode_wheel_as_keys(MouseButton button, int lines, const Modes& modes) {
    if (button != MouseButton::wheel_up && button != MouseButton::wheel_down) return {};
    const char letter = button == MouseButton::wheel_up ? 'A' : 'B';
    std::string bytes;
    for (int i = 0; i < lines; ++i) {
        bytes += modes.application_cursor ? "\x1BO" : "\x1B[";
        bytes += letter;
    }
    return bytes;
}

} // namespace

std::string encode_mouse(const MouseInput& input, const Modes& modes, bool alternate_screen) {
    if (modes.mouse_tracking == MouseTracking::off) {
        const bool scrolls = alternate_screen && modes.alternate_scroll && input.action == MouseAction::press;
        return scrolls ? encode_wheel_as_keys(input.button, input.wheel_lines, modes) : std::string{};
    }
    if (!wanted(input, modes.mouse_tracking)) return {};
    int code = button_code(input.button);
    if (modes.mouse_tracking != MouseTracking::x10) code |= modifier_bits(input.modifiers);
    if (input.action == MouseAction::motion) code |= 32;
    const int x = std::max(input.x, 0) + 1;
    const int y = std::max(input.y, 0) + 1;
    const bool release = input.action == MouseAction::release;
    switch (modes.mouse_encoding) {
    case MouseEncoding::sgr: return fmt::format("\x1B[<{};{};{}{}", code, x, y, release ? 'm' : 'M');
    case MouseEncoding::sgr_pixels: {
        // An outer terminal without pixels: cells instead (mode 1016 becomes 1006).
        const bool known = input.pixel_x >= 0 && input.pixel_y >= 0;
        return fmt::format("\x1B[<{};{};{}{}", code, known ? input.pixel_x + 1 : x,
                           known ? input.pixel_y + 1 : y, release ? 'm' : 'M');
    }
    case MouseEncoding::legacy:
    case MouseEncoding::utf8:
    case MouseEncoding::urxvt: break;
    }
    // These do not tell which button was released.
    if (release) code = (code & ~(3 | 64 | 128)) | 3;
    if (modes.mouse_encoding == MouseEncoding::urxvt) return fmt::format("\x1B[{};{};{}M", code + 32, x, y);
    const bool utf8 = modes.mouse_encoding == MouseEncoding::utf8;
    std::string bytes = "\x1B[M";
    if (!append_coordinate(bytes, code, utf8) || !append_coordinate(bytes, x, utf8) ||
        !append_coordinate(bytes, y, utf8))
        return {};
    return bytes;
}

} // namespace lunette::terminal
