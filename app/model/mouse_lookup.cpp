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

} // namespace

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
