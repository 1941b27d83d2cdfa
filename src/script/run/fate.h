#pragma once

#include <atomic>
#include <cstdint>

namespace lunette::script {

/// Of a script thread that is to end: whether it unwinds, or must not touch anything any more because nobody
/// waits for it. One of both, for ever.
class Fate {
public:
    /// Script thread, before anything else when it finds that it is to end. Does not return when freeze() was
    /// first.
    void unwind() noexcept;
    /// Any thread. False when it unwinds already, and so will end.
    bool freeze() noexcept;

private:
    enum class Choice : std::uint8_t { open, unwinds, frozen };
    std::atomic<Choice> choice_{Choice::open};
};

} // namespace lunette::script
