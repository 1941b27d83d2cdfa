#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace lunette::server {

// Keeps keys in order behind one that runs Lua: later ones wait for the synchronous part of its task, but no
// longer than 20 ms. A callback that took longer has no fence any more, until the next configuration. Real
// time, in nanoseconds. UI thread only.
class KeyFence {
public:
    static constexpr std::int64_t longest = 20'000'000;

    void raise(std::string event, std::uint64_t ticket, std::int64_t now);
    bool is_up() const noexcept { return ticket_ != 0; }
    const std::string& event() const noexcept { return event_; }
    std::uint64_t ticket() const noexcept { return ticket_; }
    std::int64_t deadline() const noexcept { return deadline_; }
    // The task got there.
    void lower() noexcept { ticket_ = 0; }
    // It did not in time. True when the fence was up and is now down.
    bool expire(std::int64_t now);
    void forget() {
        ticket_ = 0;
        slow_.clear();
    }

private:
    std::string event_;
    std::uint64_t ticket_ = 0;
    std::int64_t deadline_ = 0;
    std::set<std::string> slow_;
};

} // namespace lunette::server
