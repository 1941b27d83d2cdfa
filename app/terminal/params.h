#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace lunette::terminal {

// Numeric parameters of a control sequence, with the sub-parameters that follow colons. Parameters
// beyond the bound are dropped; values are clamped. A value of fixed size.
class Params {
public:
    static constexpr std::size_t capacity = 32;
    static constexpr std::int32_t max_value = 65535;

    void clear() noexcept {
        size_ = 0;
        open_ = false;
        colons_ = 0;
    }
    // A run of digits may come in pieces: what the parameter is so far, and what it is now.
    std::int32_t begin_digits() noexcept {
        if (!open_) open(false);
        return full_ || values_[size_ - 1] < 0 ? 0 : values_[size_ - 1];
    }
    void end_digits(std::int32_t value) noexcept {
        if (!full_) values_[size_ - 1] = value;
    }
    // A separator: closes the current parameter and begins the next one.
    void separator(bool colon) noexcept {
        if (!open_) open(false);
        open(colon);
    }

    std::size_t size() const noexcept { return size_; }
    // A missing or absent parameter is `fallback`.
    std::int32_t at(std::size_t index, std::int32_t fallback = 0) const noexcept {
        return index < size_ && values_[index] >= 0 ? values_[index] : fallback;
    }
    // For counts and positions: missing and 0 are 1.
    std::int32_t count(std::size_t index) const noexcept { return std::max(1, at(index, 1)); }
    // True when the parameter follows a colon, so belongs to the one before it.
    bool is_sub(std::size_t index) const noexcept { return index < size_ && (colons_ >> index & 1) != 0; }
    // One past the last sub-parameter of the parameter at `index`.
    std::size_t group_end(std::size_t index) const noexcept {
        std::size_t end = index + 1;
        while (is_sub(end)) ++end;
        return end;
    }

private:
    void open(bool colon) noexcept {
        open_ = true;
        full_ = size_ == capacity;
        if (full_) return;
        values_[size_] = -1;
        if (colon) colons_ |= 1U << size_;
        ++size_;
    }

    std::array<std::int32_t, capacity> values_;
    std::uint32_t colons_ = 0;
    std::uint8_t size_ = 0;
    bool open_ = false;
    bool full_ = false;
};
static_assert(Params::capacity <= 32, "one bit per parameter");

} // namespace lunette::terminal
