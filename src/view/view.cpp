#include <lunette/view.h>

#include "view/view_entry.h"

namespace lunette {

std::string_view to_string(Freshness freshness) noexcept {
    switch (freshness) {
    case Freshness::fresh: return "fresh";
    case Freshness::stale: return "stale";
    case Freshness::fallback: return "fallback";
    }
    return "?";
}

std::string_view to_string(CacheResult result) noexcept {
    switch (result) {
    case CacheResult::hit: return "hit";
    case CacheResult::computed: return "computed";
    case CacheResult::pending: return "pending";
    case CacheResult::started: return "started";
    }
    return "?";
}

View::View(ViewEntry* entry) noexcept : entry_{entry}, id_{entry ? entry->id() : 0} {}

ViewEntry* View::entry() const noexcept { return entry_ && entry_->id() == id_ ? entry_ : nullptr; }

const ViewValue& View::latest() const noexcept {
    static const ViewValue none;
    ViewEntry* open = entry();
    return open ? open->read() : none;
}

Freshness View::freshness() const noexcept {
    const ViewEntry* open = entry();
    return open ? open->freshness() : Freshness::fallback;
}

bool View::changed() noexcept {
    ViewEntry* open = entry();
    return open && open->take_changed();
}

const std::string& View::name() const noexcept {
    static const std::string none;
    const ViewEntry* open = entry();
    return open ? open->name() : none;
}

} // namespace lunette
