#pragma once

#include <chrono>
#include <vector>

#include "script/io/child_register.h"

namespace lunette::script {

/// Children of script threads that were given up: ends them, but for those that are to live on, and collects
/// them all, so that none stays a zombie.
///
/// Thread: UI thread.
class Orphans {
public:
    /// Waits a moment for what was killed.
    ~Orphans();
    Orphans() = default;
    Orphans(const Orphans&) = delete;
    Orphans& operator=(const Orphans&) = delete;

    /// False when it has to be tried again.
    bool take(ChildRegister& children);
    /// Those that are over. Does not wait.
    void collect();
    bool empty() const noexcept { return killed_.empty() && living_.empty(); }

private:
    std::vector<pid_t> killed_;
    std::vector<pid_t> living_;
    std::chrono::steady_clock::time_point next_look_{}; ///< at the living
};

} // namespace lunette::script
