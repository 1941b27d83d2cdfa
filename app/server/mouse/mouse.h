#pragma once

#include "model/key.h"

#include <cstdint>

namespace lunette::server {

struct Mouse {
    enum class Kind : std::uint8_t {
        move,
        press,
        release,
        wheel_up,
        wheel_down,
        wheel_left,
        wheel_right,
        leave
    };
    enum class Button : std::uint8_t { none, left, middle, right, back, forward };
    Kind kind = Kind::move;
    int x = 0; // cells of the outer, from 0
    int y = 0;
    Button button = Button::none; // of press, release, and movement with one held
    model::Modifiers modifiers = model::Modifiers::none;
};

constexpr bool is_wheel(Mouse::Kind kind) noexcept {
    return kind >= Mouse::Kind::wheel_up && kind <= Mouse::Kind::wheel_right;
}

} // namespace lunette::server
