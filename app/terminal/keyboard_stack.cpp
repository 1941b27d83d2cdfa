#include "terminal/keyboard_stack.h"

#include <algorithm>

namespace lunette::terminal {

void KeyboardStack::push(bool alternate, int flags) noexcept {
    Stack& stack = stacks_[alternate];
    if (stack.size == Stack::capacity) {
        std::rotate(stack.values.begin(), stack.values.begin() + 1, stack.values.end());
        --stack.size;
    }
    stack.values[stack.size++] = static_cast<std::uint8_t>(flags & all_flags);
}

void KeyboardStack::pop(bool alternate, int entries) noexcept {
    Stack& stack = stacks_[alternate];
    if (static_cast<std::size_t>(std::max(entries, 0)) >= stack.size)
        stack = {};
    else
        stack.size -= static_cast<std::size_t>(std::max(entries, 0));
}

void KeyboardStack::change(bool alternate, int flags, Change how) noexcept {
    Stack& stack = stacks_[alternate];
    std::uint8_t& value = stack.values[stack.size - 1];
    const auto bits = static_cast<std::uint8_t>(flags & all_flags);
    switch (how) {
    case Change::assign: value = bits; break;
    case Change::add: value = static_cast<std::uint8_t>(value | bits); break;
    case Change::remove: value = static_cast<std::uint8_t>(value & ~bits); break;
    }
}

} // namespace lunette::terminal
