#pragma once

#include <cstdint>

namespace lunette::model {

// Names of keys. `character` means: see KeyEvent::code_point.
enum class Key : std::uint8_t {
    none,
    character,
    enter,
    tab,
    backspace,
    escape,
    insert,
    delete_,
    home,
    end,
    page_up,
    page_down,
    up,
    down,
    left,
    right,
    f1,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8,
    f9,
    f10,
    f11,
    f12,
    f13,
    f14,
    f15,
    f16,
    f17,
    f18,
    f19,
    f20,
    f21,
    f22,
    f23,
    f24,
    f25,
    f26,
    f27,
    f28,
    f29,
    f30,
    f31,
    f32,
    f33,
    f34,
    f35,
    keypad_0,
    keypad_1,
    keypad_2,
    keypad_3,
    keypad_4,
    keypad_5,
    keypad_6,
    keypad_7,
    keypad_8,
    keypad_9,
    keypad_decimal,
    keypad_divide,
    keypad_multiply,
    keypad_subtract,
    keypad_add,
    keypad_enter,
    keypad_equal,
    keypad_separator,
    keypad_begin,
    caps_lock,
    scroll_lock,
    num_lock,
    print_screen,
    pause,
    menu,
    // In the order of kitty's numbers, from 57428 on.
    media_play,
    media_pause,
    media_play_pause,
    media_reverse,
    media_stop,
    media_fast_forward,
    media_rewind,
    media_track_next,
    media_track_previous,
    media_record,
    lower_volume,
    raise_volume,
    mute_volume,
    left_shift,
    left_control,
    left_alt,
    left_super,
    left_hyper,
    left_meta,
    right_shift,
    right_control,
    right_alt,
    right_super,
    right_hyper,
    right_meta,
    iso_level3_shift,
    iso_level5_shift,
};

// Keys that change what others mean: bare modifiers and locks.
constexpr bool is_modifier(Key key) noexcept {
    return key == Key::caps_lock || key == Key::scroll_lock || key == Key::num_lock ||
           (key >= Key::left_shift && key <= Key::iso_level5_shift);
}

// A set of modifiers; the bit values are those of the kitty keyboard protocol and of xterm's
// "1 + bits" parameter.
enum class Modifiers : std::uint8_t {
    none = 0,
    shift = 1,
    alt = 2,
    ctrl = 4,
    super = 8,
    hyper = 16,
    meta = 32,
    caps_lock = 64,
    num_lock = 128,
};

constexpr Modifiers operator|(Modifiers a, Modifiers b) noexcept {
    return static_cast<Modifiers>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr Modifiers operator&(Modifiers a, Modifiers b) noexcept {
    return static_cast<Modifiers>(static_cast<std::uint8_t>(a) & static_cast<std::uint8_t>(b));
}
constexpr Modifiers operator~(Modifiers a) noexcept {
    return static_cast<Modifiers>(~static_cast<std::uint8_t>(a));
}
constexpr bool contains(Modifiers set, Modifiers wanted) noexcept { return (set & wanted) == wanted; }
constexpr bool any(Modifiers set) noexcept { return set != Modifiers::none; }

enum class KeyAction : std::uint8_t { press, repeat, release };

// One key, decoded from the outer terminal or made by an action such as SendKey. A value.
struct KeyEvent {
    Key key = Key::none;
    Modifiers modifiers = Modifiers::none;
    KeyAction action = KeyAction::press;
    // For Key::character: what the key types, with SHIFT already applied where that changes the
    // character ('A', '!'); CTRL and ALT are not applied (CTRL+a is 'a' with Modifiers::ctrl).
    char32_t code_point = 0;
    // The keypad's own arrow, Home, Insert and so on, which mean the same as the others.
    bool keypad = false;
    // Code points of the unshifted key and of the key in the PC-101 layout where the outer
    // terminal reports them, else 0.
    char32_t unshifted = 0;
    char32_t base_layout = 0;

    friend constexpr bool operator==(const KeyEvent&, const KeyEvent&) = default;
};

constexpr KeyEvent character_key(char32_t code_point, Modifiers modifiers = Modifiers::none) noexcept {
    KeyEvent event;
    event.key = Key::character;
    event.code_point = code_point;
    event.modifiers = modifiers;
    return event;
}

constexpr KeyEvent named_key(Key key, Modifiers modifiers = Modifiers::none) noexcept {
    KeyEvent event;
    event.key = key;
    event.modifiers = modifiers;
    return event;
}

} // namespace lunette::model
