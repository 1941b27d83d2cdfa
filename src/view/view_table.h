#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "state/thread_check.h"
#include "view/view_entry.h"

namespace lunette {

/// All views of one engine, by event and arguments. Records in arguments stand for their newest version: only
/// their ids count.
///
/// To drop a view: release() it, tell the script thread (which has the mailbox), and call collect() in idle
/// time; it frees what the script thread has let go of. The entry's memory stays for the next view, so a View
/// that somebody kept can tell that it was released.
///
/// Thread: the UI thread. Destroyed when the script thread is gone.
class ViewTable {
public:
    /// Null when it was not created or was released. Allocates nothing.
    ViewEntry* find(std::string_view event, const Value& arguments) noexcept;

    /// REQUIRES: find() is null; `arguments` is a list or nil. `name`: for reports; empty: made of the
    /// others.
    ViewEntry& create(std::string event, Value arguments, Value otherwise, std::string name = {});

    /// REQUIRES: an open entry of this table.
    void release(ViewEntry& entry);

    /// Frees at most `limit` of the released views that the script thread has let go of. Returns how many.
    std::size_t collect(std::size_t limit = 4);
    /// The script thread has ended without letting go of anything: frees all released views.
    std::size_t collect_all();

    /// Gives every open view a new mailbox, for another script thread. Returns the old ones, and those of
    /// released views: the thread before may go on using them.
    std::vector<std::unique_ptr<ViewMailbox>> renew(ViewMailbox::Inherits inherits);

    std::size_t size() const noexcept { return open_.size(); }
    std::size_t released() const noexcept { return released_.size(); }

    /// Calls `visit(ViewEntry&)` for each open view, in no particular order.
    template<class Visit>
    void for_each(Visit&& visit) {
        for (auto& [hash, entry] : open_) visit(*entry);
    }

private:
    static std::size_t key(std::string_view event, const Value& arguments) noexcept;
    void free(std::size_t index);

    state::ThreadCheck thread_;
    std::vector<std::unique_ptr<ViewEntry>> entries_;       ///< all that ever were
    std::unordered_multimap<std::size_t, ViewEntry*> open_; ///< by key()
    std::vector<std::unique_ptr<ViewMailbox>> released_;    ///< the script thread may still use them
    std::vector<ViewEntry*> spare_;
};

} // namespace lunette
