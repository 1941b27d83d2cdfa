#pragma once

#include <cassert>
#include <thread>

namespace lunette::state {

/// Asserts that a class, or one side of it, is used by one thread only: the first that calls check(). Costs
/// nothing in release builds.
class ThreadCheck {
public:
    void check() const noexcept {
#ifndef NDEBUG
        if (owner_ == std::thread::id{}) owner_ = std::this_thread::get_id();
        assert(owner_ == std::this_thread::get_id() && "used on a second thread");
#endif
    }

private:
#ifndef NDEBUG
    mutable std::thread::id owner_;
#endif
};

} // namespace lunette::state
