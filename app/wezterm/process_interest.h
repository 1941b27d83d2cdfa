#pragma once

#include <lunette/bind.h>

#include <cstdint>
#include <mutex>
#include <unordered_set>

namespace lunette::wezterm {

// Asks the multiplexer, once for each pane and generation of the configuration, to keep up to date what runs
// in a pane and where. Threads: any; a mutex is held for a look-up.
class ProcessInterest {
public:
    void show(Script& script, Id pane);

private:
    static constexpr std::size_t max_panes = 4096; // more are asked for again

    std::mutex mutex_;
    std::uint64_t generation_ = 0;
    std::unordered_set<Id> panes_;
};

} // namespace lunette::wezterm
