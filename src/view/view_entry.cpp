#include "view/view_entry.h"

namespace lunette {

const ViewValue& ViewEntry::read() noexcept {
    const ViewValue& value = mailbox_->read();
    ++reads_.reads;
    switch (value.freshness) {
    case Freshness::fresh: ++reads_.fresh; break;
    case Freshness::stale: ++reads_.stale; break;
    case Freshness::fallback: ++reads_.fallback; break;
    }
    return value;
}

void ViewEntry::open(std::string event, Value arguments, std::string name, Value otherwise) {
    id_ = next_id();
    mailbox_ = std::make_unique<ViewMailbox>(id_, std::move(otherwise));
    reads_ = {};
    name_ = std::move(name);
    event_ = std::move(event);
    arguments_ = std::move(arguments);
}

} // namespace lunette
