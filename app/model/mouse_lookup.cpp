#include "model/mouse_lookup.h"

namespace lunette::model {

namespace {

bool is_wheel(MouseBinding::Button button) noexcept { return button >= MouseBinding::Button::wheel_up; }

bool fits(const MouseBinding& binding, const MouseTrigger& trigger) noexcept {
    return binding.on == trigger.on && binding.button == trigger.button &&
           (is_wheel(binding.button) || binding.streak == trigger.streak) && !binding.modifiers.leader &&
           binding.modifiers.set == trigger.modifiers && binding.mouse_reporting == trigger.mouse_reporting &&
           (!binding.alt_screen || *binding.alt_screen == trigger.alt_screen);
}

Value button_value(MouseBinding::Button button) {
    using Button = MouseBinding::Button;
    const auto wheel = [](const char* name) { return Value::map({{name, 1}}); };
    switch (button) {
    case Button::left: return "Left";
    case Button::middle: return "Middle";
    case Button::right: return "Right";
    case Button::none: return "None";
    case Button::wheel_up: return wheel("WheelUp");
    case Button::wheel_down: return wheel("WheelDown");
    case Button::wheel_left: return wheel("WheelLeft");
    case Button::wheel_right: return wheel("WheelRight");
    }
    return "None";
}

} // namespace

Value to_value(const MouseTrigger& trigger) {
    using On = MouseBinding::On;
    const char* on = trigger.on == On::down ? "Down" : trigger.on == On::up ? "Up" : "Drag";
    return Value::map(
        {{on, Value::map({{"streak", trigger.streak}, {"button", button_value(trigger.button)}})}});
}

const MouseBinding* find_mouse_binding(std::span<const MouseBinding> bindings,
                                       const MouseTrigger& trigger) noexcept {
    const auto rank = [](const MouseBinding& binding) {
        return (binding.by_user ? 2 : 0) + (binding.alt_screen ? 1 : 0);
    };
    const MouseBinding* best = nullptr;
    for (const MouseBinding& binding : bindings)
        if (fits(binding, trigger) && (!best || rank(binding) > rank(*best))) best = &binding;
    return best;
}

} // namespace lunette::model
