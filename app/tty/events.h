#pragma once

#include "model/key.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

// What an attached terminal tells. Values; UI thread.
namespace lunette::tty {

struct Rgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    friend constexpr bool operator==(const Rgb&, const Rgb&) = default;
};

struct MouseEvent {
    enum class Kind : std::uint8_t { move, press, release, wheel_up, wheel_down, wheel_left, wheel_right };
    Kind kind = Kind::move;
    int button = 0; // 1 left, 2 middle, 3 right, 8 and more: extra ones; 0 none or unknown
    int x = 0;      // cells from the upper left, 0-based; may be outside
    int y = 0;
    model::Modifiers modifiers = model::Modifiers::none;
    friend bool operator==(const MouseEvent&, const MouseEvent&) = default;
};

// A piece of a bracketed paste, the markers removed, controls as they came. `bytes` live during the call and
// may be empty where `first` or `last` is set.
struct PasteEvent {
    std::string_view bytes;
    bool first = false;
    bool last = false;
    friend bool operator==(const PasteEvent&, const PasteEvent&) = default;
};

struct FocusEvent {
    bool focused = false;
    friend bool operator==(const FocusEvent&, const FocusEvent&) = default;
};

// The terminal's own colours as far as known by now; told again when one more becomes known or changes.
struct ColorsEvent {
    std::optional<Rgb> foreground;
    std::optional<Rgb> background;
    std::array<std::optional<Rgb>, 16> palette{};
    std::optional<bool> dark; // as the terminal said (mode 2031), else by the background's luminance
    friend bool operator==(const ColorsEvent&, const ColorsEvent&) = default;
};

// Outer::capabilities() has changed: what is shown should be presented again.
struct CapabilitiesChanged {
    friend bool operator==(const CapabilitiesChanged&, const CapabilitiesChanged&) = default;
};

// The size of a cell in pixels has become known or changed.
struct CellSizeEvent {
    int width = 0;
    int height = 0;
    friend bool operator==(const CellSizeEvent&, const CellSizeEvent&) = default;
};

using Event = std::variant<model::KeyEvent, MouseEvent, PasteEvent, FocusEvent, ColorsEvent, CellSizeEvent,
                           CapabilitiesChanged>;

} // namespace lunette::tty
