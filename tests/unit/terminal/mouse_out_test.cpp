#include "terminal/mouse_out.h"
#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal {
namespace {

using model::Modifiers;
using namespace testing;

MouseInput at(int x, int y, MouseButton button = MouseButton::left, MouseAction action = MouseAction::press) {
    MouseInput input;
    input.button = button;
    input.action = action;
    input.x = x;
    input.y = y;
    return input;
}

std::string sent(std::string_view modes, const MouseInput& input) {
    Terminal terminal = make_terminal(80, 24);
    feed(terminal, modes);
    return terminal.encode_mouse(input);
}

TEST(MouseOut, NothingUnlessAskedFor) {
    EXPECT_EQ(sent("", at(1, 2)), "");
    EXPECT_EQ(sent("\x1B[?1000h\x1B[?1000l", at(1, 2)), "");
}

TEST(MouseOut, LegacyPressAndRelease) {
    EXPECT_EQ(sent("\x1B[?1000h", at(0, 0)), "\x1B[M !!");
    EXPECT_EQ(sent("\x1B[?1000h", at(4, 2, MouseButton::right)), "\x1B[M\"%#");
    EXPECT_EQ(sent("\x1B[?1000h", at(0, 0, MouseButton::left, MouseAction::release)), "\x1B[M#!!");
    EXPECT_EQ(sent("\x1B[?1000h", at(0, 0, MouseButton::wheel_up)), "\x1B[M`!!");
    EXPECT_EQ(sent("\x1B[?1000h", at(222, 0)), "\x1B[M \xFF!");
    EXPECT_EQ(sent("\x1B[?1000h", at(223, 0)), "") << "a byte cannot say it";
}

TEST(MouseOut, X10TellsPressesOnlyAndNoModifiers) {
    MouseInput input = at(0, 0);
    input.modifiers = Modifiers::ctrl;
    EXPECT_EQ(sent("\x1B[?9h", input), "\x1B[M !!");
    EXPECT_EQ(sent("\x1B[?1000h", input), "\x1B[M0!!");
    EXPECT_EQ(sent("\x1B[?9h", at(0, 0, MouseButton::left, MouseAction::release)), "");
    EXPECT_EQ(sent("\x1B[?9h", at(0, 0, MouseButton::wheel_up)), "");
}

TEST(MouseOut, Motion) {
    const MouseInput drag = at(1, 1, MouseButton::left, MouseAction::motion);
    const MouseInput hover = at(1, 1, MouseButton::none, MouseAction::motion);
    EXPECT_EQ(sent("\x1B[?1000h", drag), "");
    EXPECT_EQ(sent("\x1B[?1002h", drag), "\x1B[M@\"\"");
    EXPECT_EQ(sent("\x1B[?1002h", hover), "");
    EXPECT_EQ(sent("\x1B[?1003h", hover), "\x1B[MC\"\"");
}

TEST(MouseOut, Encodings) {
    EXPECT_EQ(sent("\x1B[?1000;1006h", at(299, 9)), "\x1B[<0;300;10M");
    EXPECT_EQ(sent("\x1B[?1000;1006h", at(0, 0, MouseButton::middle, MouseAction::release)), "\x1B[<1;1;1m");
    EXPECT_EQ(sent("\x1B[?1000;1015h", at(299, 9)), "\x1B[32;300;10M");
    EXPECT_EQ(sent("\x1B[?1000;1005h", at(299, 9)), "\x1B[M \u014C*");
    EXPECT_EQ(sent("\x1B[?1000;1005h", at(2020, 9)), "") << "beyond two bytes of UTF-8";
    MouseInput input = at(3, 4);
    EXPECT_EQ(sent("\x1B[?1000;1016h", input), "\x1B[<0;4;5M") << "without pixels: cells";
    input.pixel_x = 30;
    input.pixel_y = 80;
    EXPECT_EQ(sent("\x1B[?1000;1016h", input), "\x1B[<0;31;81M");
    input.modifiers = Modifiers::shift | Modifiers::alt | Modifiers::ctrl;
    EXPECT_EQ(sent("\x1B[?1000;1006h", input), "\x1B[<28;4;5M");
}

TEST(MouseOut, WheelMovesTheCursorOnTheAlternateScreen) {
    const MouseInput up = at(0, 0, MouseButton::wheel_up);
    EXPECT_EQ(sent("", up), "");
    EXPECT_EQ(sent("\x1B[?1049h", up), "\x1B[A\x1B[A\x1B[A");
    EXPECT_EQ(sent("\x1B[?1049h\x1B[?1h", at(0, 0, MouseButton::wheel_down)), "\x1BOB\x1BOB\x1BOB");
    EXPECT_EQ(sent("\x1B[?1049h\x1B[?1007l", up), "");
    EXPECT_EQ(sent("\x1B[?1049h\x1B[?1000;1006h", up), "\x1B[<64;1;1M");
}

} // namespace
} // namespace lunette::terminal
