#pragma once

#include "tty/events.h"

#include <cstddef>
#include <functional>

namespace lunette::tty {

// Hands on a bracketed paste while it arrives, up to its end marker, which may be split anywhere. Keeps no
// text but the beginning of a marker. A value.
class PasteReader {
public:
    using Sink = std::function<void(const PasteEvent&)>;

    void begin() noexcept {
        first_ = true;
        ended_ = false;
        matched_ = 0;
    }
    // Returns where the paste ended, or `end`.
    const char* read(const char* p, const char* end, const Sink& sink);
    // The end does not come: tells that it is here, and what was kept for the beginning of a marker.
    void expire(const Sink& sink);
    bool ended() const noexcept { return ended_; }

private:
    bool first_ = true; // nothing has been told
    bool ended_ = false;
    std::size_t matched_ = 0; // bytes of the marker
};

} // namespace lunette::tty
