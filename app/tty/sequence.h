#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lunette::tty {

// A control sequence that a terminal sent, taken apart: `CSI prefix numbers intermediate final`. Numbers are
// in groups by semicolons, in parts by colons. A value of fixed size.
class ControlSequence {
public:
    static constexpr std::size_t most_groups = 32;
    static constexpr std::size_t most_parts = 4;

    // `body` is all between CSI and the final byte. Invalid when it is not of that form.
    ControlSequence(std::string_view body, char final) noexcept;

    bool valid() const noexcept { return valid_; }
    char prefix() const noexcept { return prefix_; }
    char intermediate() const noexcept { return intermediate_; }
    char final() const noexcept { return final_; }
    // Groups written, an empty one included; those beyond the bound are dropped.
    std::size_t size() const noexcept { return size_; }
    int at(std::size_t group, int fallback = 0) const noexcept { return part(group, 0, fallback); }
    // A part that is absent or empty is `fallback`.
    int part(std::size_t group, std::size_t index, int fallback = 0) const noexcept {
        return group < size_ && index < most_parts && numbers_[group][index] >= 0 ? numbers_[group][index]
                                                                                  : fallback;
    }

private:
    std::array<std::array<std::int32_t, most_parts>, most_groups> numbers_;
    std::size_t size_ = 0;
    char prefix_ = 0;
    char intermediate_ = 0;
    char final_;
    bool valid_ = true;
};

} // namespace lunette::tty
