#include "server/key_fence.h"

#include <utility>

namespace lunette::server {

void KeyFence::raise(std::string event, std::uint64_t ticket, std::int64_t now) {
    if (ticket == 0 || slow_.contains(event)) return;
    event_ = std::move(event);
    ticket_ = ticket;
    deadline_ = now + longest;
}

bool KeyFence::expire(std::int64_t now) {
    if (!is_up() || now < deadline_) return false;
    slow_.insert(event_);
    ticket_ = 0;
    return true;
}

} // namespace lunette::server
