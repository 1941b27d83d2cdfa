#pragma once

#include "mux/mux.h"

#include <cstdint>
#include <deque>

namespace lunette::cli {

// Times keys from when they were meant to be pressed to the frame that shows their echo. For one pane whose
// program writes back each byte: the n-th key of a line is shown when the cursor has passed column n. UI
// thread.
class EchoProbe {
public:
    EchoProbe(mux::Mux& mux, Id pane) : mux_{mux}, pane_{pane} {}

    // The next key goes to a line of its own when this one is full: then nothing is timed.
    bool line_is_full() const;
    void line_ended();
    void typed(std::int64_t intended_ns);
    // A frame was shown at `now_ns`. Calls `echoed(latency)` for each key that is on it.
    template<class F>
    void frame_shown(std::int64_t now_ns, F echoed) {
        while (!waiting_.empty() && is_shown(waiting_.front())) {
            echoed(now_ns - waiting_.front().intended_ns);
            waiting_.pop_front();
        }
    }
    std::size_t waiting() const noexcept { return waiting_.size(); }

private:
    struct Key {
        std::int64_t line = 0;
        int column = 0; // of the cursor behind its echo
        std::int64_t intended_ns = 0;
    };
    bool is_shown(const Key& key) const;
    std::int64_t cursor_line() const;

    mux::Mux& mux_;
    Id pane_;
    std::deque<Key> waiting_;
    std::int64_t line_ = -1; // -1: where the cursor is when the first key is typed
    int column_ = 0;
};

} // namespace lunette::cli
