#pragma once

#include "server/loop_io.h"

#include <cstddef>
#include <cstdint>

namespace lunette::server {

// Reads what programs print, in pieces, one of each pane after the other, until somebody types, or for so
// long; then all else is looked at. A pane that got a key comes first: the others are left alone until it has
// answered, for a millisecond at most.
class PaneReader {
public:
    explicit PaneReader(LoopIo& io) : io_{io} {}

    // This pane got a key: what it prints next is shown at once.
    void typed(Id pane) noexcept;

    struct Result {
        bool any = false;      // there is something new to show
        bool answered = false; // by the pane that got a key
    };
    // What the last wait found.
    Result read(mux::Mux& mux);

    // Something is left that can be read now.
    bool has_more() const noexcept { return has_more_; }

private:
    LoopIo& io_;
    std::size_t first_ = 0;     // the pane that is read first takes turns
    Id typed_ = 0;              // which got a key and has not printed anything since
    std::int64_t patience_ = 0; // until when that pane is waited for
    bool has_more_ = false;
};

} // namespace lunette::server
