#include "model/mouse_lookup.h"

#include <gtest/gtest.h>

namespace lunette::model {

namespace {

using On = MouseBinding::On;
using Button = MouseBinding::Button;

MouseBinding binding(On on, Button button, int streak, Modifiers modifiers, std::string action) {
    MouseBinding made;
    made.on = on;
    made.button = button;
    made.streak = streak;
    made.modifiers = {modifiers, false};
    made.action = {std::move(action), {}};
    return made;
}

std::string found(const std::vector<MouseBinding>& bindings, const MouseTrigger& trigger) {
    const MouseBinding* binding = find_mouse_binding(bindings, trigger);
    return binding ? binding->action.name : "";
}

} // namespace

TEST(MouseLookup, EverythingOfTheTriggerCounts) {
    const std::vector<MouseBinding> bindings{
        binding(On::down, Button::left, 1, Modifiers::none, "once"),
        binding(On::down, Button::left, 2, Modifiers::none, "twice"),
        binding(On::up, Button::left, 1, Modifiers::none, "up"),
        binding(On::down, Button::left, 1, Modifiers::ctrl, "with CTRL"),
    };
    EXPECT_EQ(found(bindings, {On::down, Button::left, 1}), "once");
    EXPECT_EQ(found(bindings, {On::down, Button::left, 2}), "twice");
    EXPECT_EQ(found(bindings, {On::down, Button::left, 3}), "");
    EXPECT_EQ(found(bindings, {On::up, Button::left, 1}), "up");
    EXPECT_EQ(found(bindings, {On::drag, Button::left, 1}), "");
    EXPECT_EQ(found(bindings, {On::down, Button::left, 1, Modifiers::ctrl}), "with CTRL");
    EXPECT_EQ(found(bindings, {On::down, Button::left, 1, Modifiers::ctrl | Modifiers::shift}), "");
    EXPECT_EQ(found(bindings, {On::down, Button::left, 1, Modifiers::none, true}), "");
}

TEST(MouseLookup, AWheelsStepsDoNotCount) {
    const std::vector<MouseBinding> bindings{
        binding(On::down, Button::wheel_up, 3, Modifiers::none, "wheel")};
    EXPECT_EQ(found(bindings, {On::down, Button::wheel_up, 1}), "wheel");
    EXPECT_EQ(found(bindings, {On::down, Button::wheel_down, 1}), "");
}

TEST(MouseLookup, UsersComeFirstAndThenThoseOfOneScreen) {
    std::vector<MouseBinding> bindings{binding(On::down, Button::wheel_up, 1, Modifiers::none, "default"),
                                       binding(On::down, Button::wheel_up, 1, Modifiers::none, "either")};
    bindings[0].alt_screen = false;
    MouseTrigger trigger{On::down, Button::wheel_up, 1};
    EXPECT_EQ(found(bindings, trigger), "default");
    bindings[1].by_user = true;
    EXPECT_EQ(found(bindings, trigger), "either");
    bindings.push_back(binding(On::down, Button::wheel_up, 1, Modifiers::none, "one screen"));
    bindings[2].by_user = true;
    bindings[2].alt_screen = true;
    EXPECT_EQ(found(bindings, trigger), "either");
    trigger.alt_screen = true;
    EXPECT_EQ(found(bindings, trigger), "one screen");
}

} // namespace lunette::model
