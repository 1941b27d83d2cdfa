#include "tty/mouse_codes.h"

namespace lunette::tty {

namespace {

using model::Modifiers;

Modifiers mouse_modifiers(int code) noexcept {
    Modifiers set = Modifiers::none;
    if (code & 4) set = set | Modifiers::shift;
    if (code & 8) set = set | Modifiers::alt;
    if (code & 16) set = set | Modifiers::ctrl;
    return set;
}

} // namespace

MouseEvent mouse_of(int code, bool release) noexcept {
    MouseEvent event;
    event.modifiers = mouse_modifiers(code);
    const int low = code & 3;
    if (code & 64) {
        constexpr MouseEvent::Kind wheels[] = {MouseEvent::Kind::wheel_up, MouseEvent::Kind::wheel_down,
                                               MouseEvent::Kind::wheel_left, MouseEvent::Kind::wheel_right};
        event.kind = wheels[low];
        return event;
    }
    event.button = code & 128 ? 8 + low : low == 3 ? 0 : low + 1;
    event.kind = code & 32 ? MouseEvent::Kind::move
                 : release ? MouseEvent::Kind::release
                           : MouseEvent::Kind::press;
    return event;
}

} // namespace lunette::tty
