#include "terminal/keys_out.h"
#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal {
namespace {

using model::character_key;
using model::Key;
using model::KeyAction;
using model::KeyEvent;
using model::Modifiers;
using model::named_key;
using namespace testing;

std::string encoded(const KeyEvent& event, unsigned flags) {
    Modes modes;
    modes.kitty_flags = static_cast<std::uint8_t>(flags);
    return encode_key(event, modes);
}

KeyEvent with_action(KeyEvent event, KeyAction action) {
    event.action = action;
    return event;
}

// Expectations from the protocol's page: "Disambiguate escape codes" and "Quickstart".
TEST(KittyKeys, Disambiguate) {
    EXPECT_EQ(encoded(character_key('a'), 1), "a");
    EXPECT_EQ(encoded(character_key('A', Modifiers::shift), 1), "A");
    EXPECT_EQ(encoded(character_key(U'é'), 1), "é");
    EXPECT_EQ(encoded(named_key(Key::escape), 1), "\x1B[27u");
    EXPECT_EQ(encoded(character_key('i', Modifiers::ctrl), 1), "\x1B[105;5u");
    EXPECT_EQ(encoded(character_key('a', Modifiers::alt), 1), "\x1B[97;3u");
    EXPECT_EQ(encoded(character_key('A', Modifiers::alt | Modifiers::shift), 1), "\x1B[97;4u");
    EXPECT_EQ(encoded(character_key('k', Modifiers::super), 1), "\x1B[107;9u");
    EXPECT_EQ(encoded(named_key(Key::keypad_5), 1), "5");
    EXPECT_EQ(encoded(named_key(Key::keypad_enter), 1), "\x1B[57414u");
}

TEST(KittyKeys, EnterTabAndBackspaceStayUnlessModified) {
    EXPECT_EQ(encoded(named_key(Key::enter), 1), "\r");
    EXPECT_EQ(encoded(named_key(Key::tab), 1), "\t");
    EXPECT_EQ(encoded(named_key(Key::backspace), 1), "\x7F");
    EXPECT_EQ(encoded(named_key(Key::enter, Modifiers::num_lock), 1), "\r");
    EXPECT_EQ(encoded(named_key(Key::enter, Modifiers::shift), 1), "\x1B[13;2u");
    EXPECT_EQ(encoded(named_key(Key::tab, Modifiers::ctrl), 1), "\x1B[9;5u");
    EXPECT_EQ(encoded(with_action(named_key(Key::enter), KeyAction::release), 3), "");
    EXPECT_EQ(encoded(named_key(Key::enter), 8), "\x1B[13u");
    EXPECT_EQ(encoded(with_action(named_key(Key::enter), KeyAction::release), 10), "\x1B[13;1:3u");
}

TEST(KittyKeys, FunctionalKeys) {
    EXPECT_EQ(encoded(named_key(Key::up), 1), "\x1B[A");
    EXPECT_EQ(encoded(named_key(Key::up, Modifiers::ctrl), 1), "\x1B[1;5A");
    EXPECT_EQ(encoded(named_key(Key::f1), 1), "\x1B[P");
    EXPECT_EQ(encoded(named_key(Key::f3), 1), "\x1B[13~");
    EXPECT_EQ(encoded(named_key(Key::f5), 1), "\x1B[15~");
    EXPECT_EQ(encoded(named_key(Key::f12, Modifiers::shift), 1), "\x1B[24;2~");
    EXPECT_EQ(encoded(named_key(Key::f13), 1), "\x1B[57376u");
    EXPECT_EQ(encoded(named_key(Key::f24), 1), "\x1B[57387u");
    EXPECT_EQ(encoded(named_key(Key::delete_), 1), "\x1B[3~");
    EXPECT_EQ(encoded(named_key(Key::menu), 1), "\x1B[57363u");
    EXPECT_EQ(encoded(named_key(Key::caps_lock), 1), "") << "bare locks only with all keys as escape codes";
    EXPECT_EQ(encoded(named_key(Key::caps_lock), 8), "\x1B[57358u");
}

TEST(KittyKeys, KeysWithoutBytesOfTheirOwn) {
    EXPECT_EQ(encoded(named_key(Key::f25), 1), "\x1B[57388u");
    EXPECT_EQ(encoded(named_key(Key::f35), 1), "\x1B[57398u");
    EXPECT_EQ(encoded(named_key(Key::media_play), 1), "\x1B[57428u");
    EXPECT_EQ(encoded(named_key(Key::media_track_next, Modifiers::ctrl), 1), "\x1B[57435;5u");
    EXPECT_EQ(encoded(named_key(Key::mute_volume), 1), "\x1B[57440u");
    EXPECT_EQ(encoded(named_key(Key::mute_volume), 0), "") << "no legacy form";
    EXPECT_EQ(encoded(named_key(Key::left_shift, Modifiers::shift), 1), "")
        << "only with all keys as escape codes";
    EXPECT_EQ(encoded(named_key(Key::left_shift, Modifiers::shift), 8), "\x1B[57441;2u");
    EXPECT_EQ(encoded(with_action(named_key(Key::right_meta), KeyAction::release), 10), "\x1B[57452;1:3u");
    EXPECT_EQ(encoded(named_key(Key::iso_level5_shift), 9), "\x1B[57454u");
}

TEST(KittyKeys, TheKeypadsOwnArrows) {
    const auto keypad = [](Key key) {
        KeyEvent event = named_key(key);
        event.keypad = true;
        return event;
    };
    EXPECT_EQ(encoded(keypad(Key::left), 1), "\x1B[57417u");
    EXPECT_EQ(encoded(keypad(Key::delete_), 1), "\x1B[57426u");
    EXPECT_EQ(encoded(keypad(Key::left), 0), "\x1B[D") << "one key in the plain encoding";
    EXPECT_EQ(encoded(named_key(Key::keypad_separator), 24), "\x1B[57416;;44u");
}

TEST(KittyKeys, EventTypes) {
    EXPECT_EQ(encoded(with_action(character_key('a'), KeyAction::release), 1), "");
    EXPECT_EQ(encoded(with_action(character_key('a'), KeyAction::repeat), 3), "a");
    EXPECT_EQ(encoded(with_action(character_key('a'), KeyAction::release), 3), "\x1B[97;1:3u");
    EXPECT_EQ(encoded(with_action(named_key(Key::up), KeyAction::repeat), 3), "\x1B[1;1:2A");
    EXPECT_EQ(encoded(with_action(named_key(Key::up, Modifiers::shift), KeyAction::release), 3),
              "\x1B[1;2:3A");
    EXPECT_EQ(encoded(character_key('a', Modifiers::ctrl), 2), "\x01") << "presses as ever";
    EXPECT_EQ(encoded(with_action(character_key('a', Modifiers::ctrl), KeyAction::release), 2),
              "\x1B[97;5:3u");
}

TEST(KittyKeys, AlternatesAndText) {
    KeyEvent shifted = character_key('A', Modifiers::shift | Modifiers::ctrl);
    EXPECT_EQ(encoded(shifted, 5), "\x1B[97:65;6u");
    KeyEvent cyrillic = character_key(U'с', Modifiers::ctrl);
    cyrillic.unshifted = U'с';
    cyrillic.base_layout = 'c';
    EXPECT_EQ(encoded(cyrillic, 5), "\x1B[1089::99;5u");
    EXPECT_EQ(encoded(character_key('a'), 24), "\x1B[97;;97u");
    EXPECT_EQ(encoded(character_key('A', Modifiers::shift), 24), "\x1B[97;2;65u");
    EXPECT_EQ(encoded(character_key('A', Modifiers::shift), 28), "\x1B[97:65;2;65u");
    EXPECT_EQ(encoded(character_key('a', Modifiers::ctrl), 24), "\x1B[97;5u");
    EXPECT_EQ(encoded(named_key(Key::keypad_7), 24), "\x1B[57406;;55u");
}

TEST(KittyKeys, StackPerScreen) {
    Terminal terminal = make_terminal(20, 5);
    const auto flags = [&terminal] {
        terminal.take_replies();
        feed(terminal, "\x1B[?u");
        return terminal.take_replies();
    };
    EXPECT_EQ(flags(), "\x1B[?0u");
    feed(terminal, "\x1B[>1u");
    EXPECT_EQ(flags(), "\x1B[?1u");
    feed(terminal, "\x1B[=2;2u");
    EXPECT_EQ(flags(), "\x1B[?3u");
    feed(terminal, "\x1B[=1;3u");
    EXPECT_EQ(flags(), "\x1B[?2u");
    feed(terminal, "\x1B[?1049h");
    EXPECT_EQ(flags(), "\x1B[?0u");
    EXPECT_EQ(terminal.modes().kitty_flags, 0);
    feed(terminal, "\x1B[>31u\x1B[?1049l");
    EXPECT_EQ(flags(), "\x1B[?2u");
    EXPECT_EQ(terminal.modes().kitty_flags, 2);
    feed(terminal, "\x1B[>5u\x1B[<u");
    EXPECT_EQ(flags(), "\x1B[?2u");
    feed(terminal, "\x1B[<99u");
    EXPECT_EQ(flags(), "\x1B[?0u");
    feed(terminal, "\x1B[>9u\x1B"
                   "c");
    EXPECT_EQ(flags(), "\x1B[?0u") << "RIS empties the stacks";
}

TEST(KittyKeys, ReleasesThatNobodyTellsAreNotPromised) {
    Terminal terminal = make_terminal(20, 5);
    terminal.set_key_releases(false);
    feed(terminal, "\x1B[>31u\x1B[?u");
    EXPECT_EQ(terminal.take_replies(), "\x1B[?29u");
    terminal.set_key_releases(true);
    feed(terminal, "\x1B[?u");
    EXPECT_EQ(terminal.take_replies(), "\x1B[?31u");
}

TEST(KittyKeys, StackIsBounded) {
    Terminal terminal = make_terminal(20, 5);
    for (int i = 0; i < 1000; ++i) feed(terminal, "\x1B[>" + std::to_string(i % 8) + "u");
    EXPECT_EQ(terminal.modes().kitty_flags, 999 % 8);
    feed(terminal, "\x1B[<3u");
    EXPECT_EQ(terminal.modes().kitty_flags, 996 % 8);
    feed(terminal, "\x1B[<65535u");
    EXPECT_EQ(terminal.modes().kitty_flags, 0);
}

TEST(KittyKeys, CanBeForbidden) {
    Terminal::Options options;
    options.kitty_keyboard = false;
    Terminal terminal{options};
    feed(terminal, "\x1B[>1u\x1B[?u");
    EXPECT_EQ(terminal.take_replies(), "");
    EXPECT_EQ(terminal.modes().kitty_flags, 0);
}

TEST(OtherKeys, Levels) {
    Terminal terminal = make_terminal(20, 5);
    const KeyEvent control_semicolon = character_key(';', Modifiers::ctrl);
    const KeyEvent control_i = character_key('i', Modifiers::ctrl);
    EXPECT_EQ(terminal.encode_key(control_semicolon), ";");
    feed(terminal, "\x1B[>4;1m");
    EXPECT_EQ(terminal.encode_key(control_semicolon), "\x1B[27;5;59~");
    EXPECT_EQ(terminal.encode_key(control_i), "\t");
    EXPECT_EQ(terminal.encode_key(named_key(Key::tab, Modifiers::ctrl)), "\t");
    feed(terminal, "\x1B[>4;2m\x1B[?4m");
    EXPECT_EQ(terminal.take_replies(), "\x1B[>4;2m");
    EXPECT_EQ(terminal.encode_key(control_i), "\x1B[27;5;105~");
    EXPECT_EQ(terminal.encode_key(named_key(Key::enter, Modifiers::shift)), "\x1B[27;2;13~");
    EXPECT_EQ(terminal.encode_key(character_key('A', Modifiers::shift)), "A");
    EXPECT_EQ(terminal.encode_key(character_key('x')), "x");
    feed(terminal, "\x1B[>4;1f");
    EXPECT_EQ(terminal.encode_key(control_i), "\x1B[105;5u");
    feed(terminal, "\x1B[>4m");
    EXPECT_EQ(terminal.encode_key(control_i), "\t");
    feed(terminal, "\x1B[>4;2m\x1B[>4n");
    EXPECT_EQ(terminal.encode_key(control_i), "\t");
}

} // namespace
} // namespace lunette::terminal
