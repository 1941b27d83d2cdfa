#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <lunette/view.h>

#include "view/view_mailbox.h"

namespace lunette {

/// How often a view was read, and what the reader got.
struct ViewReads {
    std::uint64_t reads = 0;
    std::uint64_t fresh = 0;
    std::uint64_t stale = 0;
    std::uint64_t fallback = 0;
};

/// What stands behind a View: its key, its name, its counters and its mailbox. Reading allocates nothing.
///
/// Thread: the UI thread; the script thread knows only the mailbox. Owned by the ViewTable, which uses the
/// memory of a released entry again, under a new id.
class ViewEntry {
public:
    /// Of the view that the entry stands for now; 0: of none.
    Id id() const noexcept { return id_; }
    const std::string& name() const noexcept { return name_; }
    const std::string& event() const noexcept { return event_; }
    /// A list.
    const Value& arguments() const noexcept { return arguments_; }
    const ViewReads& reads() const noexcept { return reads_; }
    /// The script thread's end.
    ViewMailbox& mailbox() noexcept { return *mailbox_; }

    const ViewValue& read() noexcept;
    Freshness freshness() const noexcept { return mailbox_->freshness(); }
    bool take_changed() noexcept { return mailbox_->take_changed(); }

private:
    friend class ViewTable;

    void open(std::string event, Value arguments, std::string name, Value otherwise);

    Id id_ = 0;
    std::unique_ptr<ViewMailbox> mailbox_;
    ViewReads reads_;
    std::string name_;
    std::string event_;
    Value arguments_;
};

} // namespace lunette
