#include "terminal/keys_out.h"

#include <gtest/gtest.h>

namespace lunette::terminal {
namespace {

using model::character_key;
using model::Key;
using model::KeyAction;
using model::KeyEvent;
using model::Modifiers;
using model::named_key;

std::string encoded(const KeyEvent& event) { return encode_key(event, Modes{}); }

TEST(KeysOut, Characters) {
    EXPECT_EQ(encoded(character_key('a')), "a");
    EXPECT_EQ(encoded(character_key('A', Modifiers::shift)), "A");
    EXPECT_EQ(encoded(character_key(U'é')), "é");
    EXPECT_EQ(encoded(character_key('x', Modifiers::alt)), "\x1Bx");
    EXPECT_EQ(encoded(character_key(U'é', Modifiers::alt)), "\x1Bé");
}

TEST(KeysOut, ControlCharacters) {
    EXPECT_EQ(encoded(character_key('a', Modifiers::ctrl)), "\x01");
    EXPECT_EQ(encoded(character_key('A', Modifiers::ctrl | Modifiers::shift)), "\x01");
    EXPECT_EQ(encoded(character_key('c', Modifiers::ctrl | Modifiers::alt)), "\x1B\x03");
    EXPECT_EQ(encoded(character_key(' ', Modifiers::ctrl)), std::string(1, '\0'));
    EXPECT_EQ(encoded(character_key('[', Modifiers::ctrl)), "\x1B");
    EXPECT_EQ(encoded(character_key('/', Modifiers::ctrl)), "\x1F");
    EXPECT_EQ(encoded(character_key('8', Modifiers::ctrl)), "\x7F");
    EXPECT_EQ(encoded(character_key(';', Modifiers::ctrl)), ";") << "no control character: the key itself";
}

TEST(KeysOut, EditingKeys) {
    EXPECT_EQ(encoded(named_key(Key::enter)), "\r");
    EXPECT_EQ(encoded(named_key(Key::tab)), "\t");
    EXPECT_EQ(encoded(named_key(Key::tab, Modifiers::shift)), "\x1B[Z");
    EXPECT_EQ(encoded(named_key(Key::backspace)), "\x7F");
    EXPECT_EQ(encoded(named_key(Key::backspace, Modifiers::ctrl)), "\b");
    EXPECT_EQ(encoded(named_key(Key::backspace, Modifiers::alt)), "\x1B\x7F");
    EXPECT_EQ(encoded(named_key(Key::escape)), "\x1B");
    EXPECT_EQ(encoded(named_key(Key::delete_)), "\x1B[3~");
    EXPECT_EQ(encoded(named_key(Key::page_up, Modifiers::shift)), "\x1B[5;2~");
    EXPECT_EQ(encoded(named_key(Key::insert, Modifiers::ctrl | Modifiers::alt)), "\x1B[2;7~");
}

TEST(KeysOut, CursorKeysFollowTheirMode) {
    Modes modes;
    EXPECT_EQ(encode_key(named_key(Key::up), modes), "\x1B[A");
    EXPECT_EQ(encode_key(named_key(Key::home), modes), "\x1B[H");
    modes.application_cursor = true;
    EXPECT_EQ(encode_key(named_key(Key::up), modes), "\x1BOA");
    EXPECT_EQ(encode_key(named_key(Key::end), modes), "\x1BOF");
    EXPECT_EQ(encode_key(named_key(Key::left, Modifiers::ctrl), modes), "\x1B[1;5D");
}

TEST(KeysOut, FunctionKeys) {
    EXPECT_EQ(encoded(named_key(Key::f1)), "\x1BOP");
    EXPECT_EQ(encoded(named_key(Key::f4, Modifiers::shift)), "\x1B[1;2S");
    EXPECT_EQ(encoded(named_key(Key::f5)), "\x1B[15~");
    EXPECT_EQ(encoded(named_key(Key::f6)), "\x1B[17~");
    EXPECT_EQ(encoded(named_key(Key::f12, Modifiers::ctrl)), "\x1B[24;5~");
    EXPECT_EQ(encoded(named_key(Key::f20)), "\x1B[34~");
}

TEST(KeysOut, KeypadFollowsItsMode) {
    Modes modes;
    EXPECT_EQ(encode_key(named_key(Key::keypad_5), modes), "5");
    EXPECT_EQ(encode_key(named_key(Key::keypad_enter), modes), "\r");
    modes.application_keypad = true;
    EXPECT_EQ(encode_key(named_key(Key::keypad_5), modes), "\x1BOu");
    EXPECT_EQ(encode_key(named_key(Key::keypad_enter), modes), "\x1BOM");
    EXPECT_EQ(encode_key(named_key(Key::keypad_5, Modifiers::num_lock), modes), "5");
}

TEST(KeysOut, SomeKeysSendNothing) {
    KeyEvent released = character_key('a');
    released.action = KeyAction::release;
    EXPECT_EQ(encoded(released), "");
    EXPECT_EQ(encoded(named_key(Key::caps_lock)), "");
    EXPECT_EQ(encoded(named_key(Key::none)), "");
}

TEST(KeysOut, EveryKeyThatEverHadBytesSendsSomething) {
    for (int key = static_cast<int>(Key::enter); key <= static_cast<int>(Key::keypad_begin); ++key) {
        const bool only_kitty = key >= static_cast<int>(Key::f25) && key <= static_cast<int>(Key::f35);
        EXPECT_EQ(encoded(named_key(static_cast<Key>(key))).empty(), only_kitty) << key;
    }
}

TEST(KeysOut, PasteIsWrappedAndCannotEndItself) {
    Modes modes;
    EXPECT_EQ(encode_paste("a\nb\r\nc\td", modes), "a\rb\rc\td");
    EXPECT_EQ(encode_paste("x\x1B[31m\x03\x7Fy", modes), "x[31my");
    const std::string mixed = "a\nb\r\nc\rd";
    EXPECT_EQ(encode_paste(mixed, modes, PastedNewlines::as_they_are), mixed);
    EXPECT_EQ(encode_paste(mixed, modes, PastedNewlines::line_feed), "a\nb\nc\nd");
    EXPECT_EQ(encode_paste(mixed, modes, PastedNewlines::both), "a\r\nb\r\nc\r\nd");
    modes.bracketed_paste = true;
    EXPECT_EQ(encode_paste("hi", modes), "\x1B[200~hi\x1B[201~");
    EXPECT_EQ(encode_paste("a\x1B[201~rm -rf\n", modes), "\x1B[200~arm -rf\r\x1B[201~");
    const std::string nested = encode_paste("\x1B[20\x1B[201~1~x", modes);
    EXPECT_EQ(nested.find("\x1B[201~"), nested.size() - 6) << "what a removal joins is no end either";
    const std::string c1 = encode_paste("a\xC2\x9B"
                                        "201~b",
                                        modes);
    EXPECT_EQ(c1, "\x1B[200~a201~b\x1B[201~") << "the 8-bit form of CSI";
}

TEST(KeysOut, FocusOnlyWhenAsked) {
    Modes modes;
    EXPECT_EQ(encode_focus(true, modes), "");
    modes.focus_events = true;
    EXPECT_EQ(encode_focus(true, modes), "\x1B[I");
    EXPECT_EQ(encode_focus(false, modes), "\x1B[O");
}

} // namespace
} // namespace lunette::terminal
