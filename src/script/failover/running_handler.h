#pragma once

// A sequence lock whose words are all atomic. `sequence_` is odd while the words are written. Each word is
// stored with release after the odd number, and loaded with acquire before the number is looked at again: a
// reader that got a new word also sees that the number has moved.

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "script/failover/offender.h"

namespace lunette::script {

/// An offender in the form in which it is shown to other threads.
class HandlerLabel {
public:
    static constexpr std::size_t words = 32;

    explicit HandlerLabel(const Offender& offender) noexcept;

    std::uint64_t id() const noexcept { return id_; } ///< never reused
    const std::array<std::uint64_t, words>& bits() const noexcept { return bits_; }
    static Offender decode(const std::array<std::uint64_t, words>& bits);

private:
    std::uint64_t id_;
    std::array<std::uint64_t, words> bits_{};
};

/// Which handler runs, or ran last, for whoever has to name it when it does not come back.
class RunningHandler {
public:
    /// Script thread. One comparison when it is the same as before.
    void set(const HandlerLabel& label) noexcept;

    /// Any thread; nothing when it is being set just now.
    std::optional<Offender> get() const;

private:
    std::uint64_t current_ = 0; ///< script thread
    std::atomic<std::uint64_t> sequence_{0};
    std::array<std::atomic<std::uint64_t>, HandlerLabel::words> bits_{};
};

} // namespace lunette::script
