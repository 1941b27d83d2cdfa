#pragma once

#include "model/key_name.h"

#include <cstdint>
#include <string_view>

namespace lunette::server {

// Which terminals can send a chord to the programs inside of them.
struct KeyArrival {
    enum class From : std::uint8_t {
        any,            // the encoding of all terminals has it
        modern,         // kitty's keyboard protocol or modifyOtherKeys
        modern_desktop, // likewise, where the desktop leaves SUPER to applications
        none,
    };
    From from = From::any;
    bool may_be_kept = false; // many terminals have a function of their own on it

    // Whether one that does, or does not, speak a modern protocol can send it.
    bool possible(bool modern) const noexcept { return from == From::any || (modern && from != From::none); }
    // For people; empty when there is nothing to say.
    std::string_view note() const noexcept;
};

KeyArrival arrival_of(const model::KeyChord& chord) noexcept;

} // namespace lunette::server
