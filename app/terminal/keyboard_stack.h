#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace lunette::terminal {

// The kitty keyboard protocol's stacks of enhancement flags, one for each screen
// (sw.kovidgoyal.net/kitty/keyboard-protocol). A value of fixed size: pushing onto a full stack
// drops the oldest entry.
class KeyboardStack {
public:
    static constexpr std::uint8_t all_flags = 31;
    enum class Change : std::uint8_t { assign = 1, add = 2, remove = 3 };

    std::uint8_t flags(bool alternate) const noexcept { return stacks_[alternate].top(); }
    void push(bool alternate, int flags) noexcept;
    // An emptied stack has no flags set.
    void pop(bool alternate, int entries) noexcept;
    void change(bool alternate, int flags, Change how) noexcept;

private:
    struct Stack {
        static constexpr std::size_t capacity = 16;
        std::array<std::uint8_t, capacity> values{};
        std::size_t size = 1;
        std::uint8_t top() const noexcept { return values[size - 1]; }
    };
    std::array<Stack, 2> stacks_;
};

} // namespace lunette::terminal
