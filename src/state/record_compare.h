#pragma once

#include <utility>
#include <vector>

#include <lunette/record.h>

namespace lunette::state {

/// How the references from one record to others changed between two of its versions. A record that is
/// referred to twice is listed twice.
struct RecordEdges {
    /// The same record in the same place, in two versions.
    std::vector<std::pair<const RecordNode*, const RecordNode*>> matched;
    std::vector<const RecordNode*> added;
    std::vector<const RecordNode*> removed;

    void clear() noexcept {
        matched.clear();
        added.clear();
        removed.clear();
    }
};

/// Appends the changes of a record's own fields and what became of its references. Looks only into what the
/// two versions do not share. REQUIRES: the same id.
void compare_records(const RecordNode& before, const RecordNode& after, std::vector<Change>& changes,
                     RecordEdges& edges);

/// Appends the records that this one refers to, each as often as it does.
void append_children(const RecordNode& record, std::vector<const RecordNode*>& children);

} // namespace lunette::state
